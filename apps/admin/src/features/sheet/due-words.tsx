import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SheetLineFragment } from '~/generated/graphql';
import { formatAmount, formatDayShort } from '~/ui/format';
import { Tag } from '~/ui/tag';

/** What is to be returned next, and when; overdue in words. */
export function DueWords({ row }: { readonly row: SheetLineFragment }) {
  const { t } = useTranslation('sheet');
  if (!row.dueOn || !row.due) return null;
  return (
    <>
      <Text component="span" className="cw-number" inherit>
        {t('dueWords', { amount: formatAmount(row.due), day: formatDayShort(row.dueOn) })}
      </Text>{' '}
      {row.isOverdue && <Tag tone="stop">{t('due.overdue')}</Tag>}
    </>
  );
}
