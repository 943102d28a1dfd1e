import { useQuery } from '@apollo/client/react';
import { Card, Group, Text } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import type { LedgerAccountsQuery } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { formatAmount, formatDay, formatMoment } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { MoreButton } from '~/ui/more-button';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';
import { ACCOUNTS, ENTRIES } from './operations';

type Account = LedgerAccountsQuery['ledgerAccounts'][number];

export function AccountPage() {
  const { t } = useTranslation('ledger');
  const { slug = '', accountId = '' } = useParams();
  const community = useQuery(COMMUNITY, { variables: { slug } });
  const id = community.data?.community?.id ?? '';
  const accounts = useQuery(ACCOUNTS, { variables: { communityId: id }, skip: id === '' });
  const account = accounts.data?.ledgerAccounts.find((each) => each.id === accountId);
  if (community.data && !community.data.community) return <NotFoundPage />;
  return (
    <Loaded query={accounts} skeleton={<PageSkeleton />}>
      {() =>
        account ? (
          <Page
            title={account.name}
            kicker={<span className="cw-mono">{account.code}</span>}
            lead={t('account.balance', {
              amount: formatAmount({ amountMinor: account.balanceMinor, currency: account.currency }),
            })}
            crumbs={[
              { label: community.data?.community?.name ?? slug, to: `/communities/${slug}` },
              { label: t('accounts.title'), to: `/ledger/${slug}` },
            ]}
          >
            <Entries account={account} />
          </Page>
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

function Entries({ account }: { readonly account: Account }) {
  const { t } = useTranslation('ledger');
  const query = useQuery(ENTRIES, { variables: { accountId: account.id, first: 20 } });
  return (
    <Loaded query={query}>
      {({ ledgerEntries: { nodes, pageInfo } }) =>
        nodes.length === 0 ? (
          <EmptyState icon={IconReceipt} title={t('account.emptyTitle')}>
            {t('account.empty')}
          </EmptyState>
        ) : (
          <Card>
            <Rows label={t('account.entries')}>
              {nodes.map((entry) => (
                <Row
                  key={entry.id}
                  end={
                    <Text fw={600} className="cw-number" ml="auto">
                      {formatAmount({ amountMinor: entry.amountMinor, currency: account.currency })}
                    </Text>
                  }
                >
                  <Group gap="xs">
                    <Text fw={600}>{entry.description}</Text>
                    {entry.state !== 'posted' && (
                      <Tag tone={entry.state === 'pending' ? 'wait' : 'plain'}>{entry.state}</Tag>
                    )}
                  </Group>
                  <Text size="sm" c="dimmed">
                    {t('account.when', {
                      day: formatDay(entry.valueDate),
                      booked: formatMoment(entry.bookedAt),
                    })}
                  </Text>
                </Row>
              ))}
            </Rows>
            <MoreButton page={pageInfo} fetchMore={query.fetchMore} />
          </Card>
        )
      }
    </Loaded>
  );
}
