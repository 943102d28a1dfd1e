import { useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconFileTypeCsv, IconFileTypePdf, IconReceipt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StatementAccountsQuery } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { Loaded } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { STATEMENT_ACCOUNTS } from './operations';

type Account = StatementAccountsQuery['statementAccounts'][number];

/** Statements of account that this person may read, by supporter and fablab, year by year. */
export function StatementsPage() {
  const { t } = useTranslation('statements');
  const query = useQuery(STATEMENT_ACCOUNTS, { fetchPolicy: 'cache-and-network' });
  return (
    <Page title={t('title')} lead={t('lead')} width="narrow">
      <Loaded query={query}>
        {({ statementAccounts: accounts }) =>
          accounts.length === 0 ? (
            <EmptyState icon={IconReceipt} title={t('empty.title')}>
              {t('empty.text')}
            </EmptyState>
          ) : (
            <Stack gap="lg">
              {accounts.map((account) => (
                <AccountCard key={`${account.supporter.id} ${account.fablab.id}`} account={account} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function AccountCard({ account: { supporter, fablab, years } }: { readonly account: Account }) {
  const { t } = useTranslation('statements');
  const names = { supporter: supporter.name, fablab: fablab.name };
  return (
    <SectionCard title={t('between', names)}>
      <Rows label={t('between', names)}>
        {years.map((year, index) => (
          <Row
            key={year}
            end={
              <Group gap="xs" wrap="nowrap">
                <FileButton supporter={supporter} fablab={fablab} year={year} format="pdf" />
                <FileButton supporter={supporter} fablab={fablab} year={year} format="csv" />
              </Group>
            }
          >
            <Text fw={600}>{year}</Text>
            {index === 0 && (
              <Text size="sm" c="dimmed">
                {t('untilToday')}
              </Text>
            )}
          </Row>
        ))}
      </Rows>
    </SectionCard>
  );
}

interface FileButtonProps {
  readonly supporter: Account['supporter'];
  readonly fablab: Account['fablab'];
  readonly year: number;
  readonly format: 'pdf' | 'csv';
}

function FileButton({ supporter, fablab, year, format }: FileButtonProps) {
  const { t } = useTranslation('statements');
  const Icon = format === 'pdf' ? IconFileTypePdf : IconFileTypeCsv;
  return (
    <Button
      component="a"
      href={`/statements/${supporter.slug}/${year}.${format}?fablab=${fablab.slug}`}
      download
      variant="default"
      h={48}
      leftSection={<Icon size={20} aria-hidden />}
      aria-label={t('download', { year, format: format.toUpperCase(), supporter: supporter.name })}
    >
      {format.toUpperCase()}
    </Button>
  );
}
