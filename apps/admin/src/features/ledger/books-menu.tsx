import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const FORMATS = ['hledger', 'ledger', 'beancount', 'csv'] as const;

/** The books leave whole, in the form that the treasurer's own program reads. */
export function BooksMenu({ slug }: { readonly slug: string }) {
  const { t } = useTranslation('ledger');
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          {t('books.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} component="a" href={`/books/${slug}.${format}`} download mih={44}>
            {t(`books.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
