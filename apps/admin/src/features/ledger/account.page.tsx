import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Card, Group, Text } from '@mantine/core';
import { IconDownload, IconReceipt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import type { LedgerAccountQuery, LedgerEntriesQuery } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { formatAmount, formatDay, formatMoment } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { MoreButton } from '~/ui/more-button';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';
import { ACCOUNT, ENTRIES } from './operations';

type Account = LedgerAccountQuery['ledgerAccount'];
type Entry = LedgerEntriesQuery['ledgerEntries']['nodes'][number];

export function AccountPage() {
  const { t } = useTranslation('ledger');
  const { slug = '', accountId = '' } = useParams();
  const community = useQuery(COMMUNITY, { variables: { slug } });
  const query = useQuery(ACCOUNT, { variables: { id: accountId }, fetchPolicy: 'cache-and-network' });
  if (community.data && !community.data.community) return <NotFoundPage />;
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ ledgerAccount: account }) => (
        <Page
          title={account.name}
          kicker={<span className="cw-mono">{account.code}</span>}
          lead={t('account.balance', {
            amount: formatAmount({ amountMinor: account.balanceMinor, currency: account.currency }),
          })}
          actions={
            <Button
              component="a"
              variant="default"
              href={`/books/accounts/${account.id}.csv`}
              download
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {t('account.csv')}
            </Button>
          }
          crumbs={[
            { label: community.data?.community?.name ?? slug, to: `/communities/${slug}` },
            { label: t('accounts.title'), to: `/ledger/${slug}` },
          ]}
        >
          <Entries account={account} slug={slug} />
        </Page>
      )}
    </Loaded>
  );
}

function Entries({ account, slug }: { readonly account: Account; readonly slug: string }) {
  const { t } = useTranslation('ledger');
  const query = useQuery(ENTRIES, {
    variables: { accountId: account.id, first: 20 },
    fetchPolicy: 'cache-and-network',
  });
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
                <Row key={entry.id} end={<Amounts account={account} entry={entry} />}>
                  <EntryWords entry={entry} slug={slug} />
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

function EntryWords({ entry, slug }: { readonly entry: Entry; readonly slug: string }) {
  const { t } = useTranslation('ledger');
  const to = (transferId: string): string => `/ledger/${slug}/transfers/${transferId}`;
  const { reversesId, reversedById } = entry;
  return (
    <>
      <Group gap="xs">
        <Anchor component={Link} to={to(entry.transferId)} fw={600}>
          {entry.description}
        </Anchor>
        {entry.state !== 'posted' && (
          <Tag tone={entry.state === 'pending' ? 'wait' : 'plain'}>{entry.state}</Tag>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('account.when', { day: formatDay(entry.valueDate), booked: formatMoment(entry.bookedAt) })}
      </Text>
      {reversesId && (
        <Text size="sm">
          <Anchor component={Link} to={to(reversesId)} inherit>
            {t('transfer.reverses')}
          </Anchor>
        </Text>
      )}
      {reversedById && (
        <Text size="sm">
          <Anchor component={Link} to={to(reversedById)} inherit>
            {t('transfer.reversedBy')}
          </Anchor>
        </Text>
      )}
    </>
  );
}

/** What the entry adds to the account on its normal side, and what the account held after it. */
function Amounts({ account, entry }: { readonly account: Account; readonly entry: Entry }) {
  const { t } = useTranslation('ledger');
  const { currency, normalSide } = account;
  const added = normalSide === 'debit' ? BigInt(entry.amountMinor) : -BigInt(entry.amountMinor);
  return (
    <div style={{ textAlign: 'right', marginLeft: 'auto' }}>
      <Text fw={600} className="cw-number">
        {formatAmount({ amountMinor: `${added}`, currency })}
      </Text>
      <Text size="sm" c="dimmed" className="cw-number">
        {t('account.after', { amount: formatAmount({ amountMinor: entry.balanceMinor, currency }) })}
      </Text>
    </div>
  );
}
