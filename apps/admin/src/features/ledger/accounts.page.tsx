import { useQuery } from '@apollo/client/react';
import { Anchor, Card, Text } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import { EmptyState } from '~/ui/empty-state';
import { formatAmount } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { BooksMenu } from './books-menu';
import { ACCOUNTS } from './operations';

export function AccountsPage() {
  const { t } = useTranslation('ledger');
  const { slug = '' } = useParams();
  const query = useQuery(COMMUNITY, { variables: { slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community }) =>
        community ? (
          <Page
            title={t('accounts.title')}
            kicker={community.name}
            lead={t('accounts.lead')}
            actions={<BooksMenu slug={slug} />}
            crumbs={[{ label: community.name, to: `/communities/${slug}` }]}
          >
            <Accounts communityId={community.id} slug={slug} />
          </Page>
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

function Accounts({ communityId, slug }: { readonly communityId: string; readonly slug: string }) {
  const { t } = useTranslation('ledger');
  const query = useQuery(ACCOUNTS, { variables: { communityId }, fetchPolicy: 'cache-and-network' });
  return (
    <Loaded query={query}>
      {({ ledgerAccounts: accounts }) =>
        accounts.length === 0 ? (
          <EmptyState icon={IconCash} title={t('accounts.emptyTitle')}>
            {t('accounts.empty')}
          </EmptyState>
        ) : (
          <Card>
            <Rows label={t('accounts.title')}>
              {accounts.map((account) => {
                const { currency } = account;
                return (
                  <Row
                    key={account.id}
                    end={
                      <div style={{ textAlign: 'right', marginLeft: 'auto' }}>
                        <Anchor
                          component={Link}
                          to={`/ledger/${slug}/${account.id}`}
                          fw={600}
                          className="cw-number"
                          aria-label={t('accounts.open', {
                            amount: formatAmount({ amountMinor: account.balanceMinor, currency }),
                            account: account.name,
                          })}
                        >
                          {formatAmount({ amountMinor: account.balanceMinor, currency })}
                        </Anchor>
                        {BigInt(account.pendingMinor) !== 0n && (
                          <Text size="sm" c="dimmed" className="cw-number">
                            {t('accounts.pending', {
                              amount: formatAmount({ amountMinor: account.pendingMinor, currency }),
                            })}
                          </Text>
                        )}
                      </div>
                    }
                  >
                    <Anchor component={Link} to={`/ledger/${slug}/${account.id}`}>
                      {account.name}
                    </Anchor>
                    <Text size="sm" c="dimmed" className="cw-mono">
                      {account.code}
                    </Text>
                  </Row>
                );
              })}
            </Rows>
          </Card>
        )
      }
    </Loaded>
  );
}
