import { Card, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SheetTotalsQuery } from '~/generated/graphql';
import { formatAmount } from '~/ui/format';
import classes from './sheet.module.css';

type Total = SheetTotalsQuery['sheetTotals'][number];
const SUMS = ['pledged', 'received', 'awaited', 'repaid', 'owed'] as const;

/** The sums of all that is filtered, not only of the rows on the screen, and what the ledger says to them. */
export function SheetTotals({ totals }: { readonly totals: readonly Total[] }) {
  const { t } = useTranslation('sheet');
  return (
    <Stack gap="sm">
      {totals.map((total) => (
        <Card key={total.currency} component="section" aria-label={t('totals', { currency: total.currency })}>
          <dl className={classes.sums}>
            {SUMS.map((name) => (
              <div key={name} data-strong={name === 'owed'}>
                <dt>{t(`column.${name}`)}</dt>
                <dd className="cw-number">{formatAmount(total[name])}</dd>
              </div>
            ))}
          </dl>
          <Group gap={6} mt="xs">
            <Text size="sm" c="dimmed">
              {t('count', { count: total.pledges })}
            </Text>
            {total.books && <InBooks books={total.books} />}
          </Group>
        </Card>
      ))}
    </Stack>
  );
}

function InBooks({ books }: { readonly books: NonNullable<Total['books']> }) {
  const { t } = useTranslation('sheet');
  const Icon = books.agrees ? IconCircleCheck : IconAlertTriangle;
  return (
    <Text size="sm" component="span" className={classes.books} data-agrees={books.agrees}>
      <Icon size={18} aria-hidden />
      {books.agrees
        ? t('books.agrees')
        : t('books.differs', { owed: formatAmount(books.owed), awaited: formatAmount(books.awaited) })}
    </Text>
  );
}
