import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '~/ui/link-button';
import { Page } from '~/ui/page';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')} lead={t('notFound.lead')} width="narrow">
      <Group>
        <LinkButton to="/">{t('notFound.home')}</LinkButton>
        <LinkButton to="/contracts" variant="default">
          {t('notFound.contracts')}
        </LinkButton>
      </Group>
    </Page>
  );
}
