import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SheetLineFragment } from '~/generated/graphql';

/** How the contribution is paired with a return, and what it is where it is no money. */
export function InstrumentWords({ row }: { readonly row: SheetLineFragment }) {
  const { t } = useTranslation('sheet');
  return (
    <>
      {t(`instrument.${row.instrument}`)}
      {row.goods && (
        <Text size="sm" c="dimmed" lineClamp={1} maw="10rem">
          {row.goods.item}
        </Text>
      )}
    </>
  );
}
