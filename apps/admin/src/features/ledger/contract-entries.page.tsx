import { useQuery } from '@apollo/client/react';
import { Anchor, Card, Group, Text } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { ContractFigure } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { formatAmount, formatDay, formatMoment } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Loaded } from '~/ui/loaded';
import { MoreButton } from '~/ui/more-button';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';
import { CONTRACT_ENTRIES } from './operations';

const FIGURES: readonly ContractFigure[] = [
  'pledged',
  'received',
  'owed',
  'repaid',
  'interest',
  'forgiven',
  'outstanding',
  'waived',
];

/** What stands behind the figures of a contract; the server says who may see it. */
export function ContractEntriesPage() {
  const { t } = useTranslation('ledger');
  const { ref = '' } = useParams();
  const [search] = useSearchParams();
  const asked = search.get('figure');
  const figure = FIGURES.find((each) => each === asked) ?? null;
  const supporter = search.get('supporter');
  const query = useQuery(CONTRACT_ENTRIES, { variables: { contractRef: ref, figure, supporter, first: 20 } });
  const filtered = figure !== null || supporter !== null;
  return (
    <Page
      title={figure ? t(`contract.figure.${figure}`, { ref }) : t('contract.title', { ref })}
      lead={t('contract.lead')}
      actions={
        filtered && (
          <LinkButton to={`/contracts/${ref}/entries`} variant="default">
            {t('contract.all')}
          </LinkButton>
        )
      }
      crumbs={[{ label: t('contract.back'), to: `/contracts/${ref}` }]}
    >
      <Loaded query={query}>
        {({ contractEntries: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <EmptyState icon={IconReceipt} title={t('contract.emptyTitle')}>
              {t('contract.empty')}
            </EmptyState>
          ) : (
            <Card>
              <Rows label={t('contract.entries')}>
                {nodes.map((entry) => (
                  <Row
                    key={entry.id}
                    end={
                      <Text fw={600} className="cw-number" ml="auto">
                        {formatAmount(entry)}
                      </Text>
                    }
                  >
                    <Group gap="xs">
                      <Anchor
                        component={Link}
                        to={`/contracts/${ref}/transfers/${entry.transferId}`}
                        fw={600}
                      >
                        {entry.description}
                      </Anchor>
                      {entry.state !== 'posted' && (
                        <Tag tone={entry.state === 'pending' ? 'wait' : 'plain'}>{entry.state}</Tag>
                      )}
                    </Group>
                    <Text size="sm">{entry.accountName}</Text>
                    <Text size="sm" c="dimmed" className="cw-mono">
                      {entry.accountCode}
                    </Text>
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
    </Page>
  );
}
