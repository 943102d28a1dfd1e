import { useQuery } from '@apollo/client/react';
import { Anchor, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { TransferShownFragment } from '~/generated/graphql';
import { Facts } from '~/ui/facts';
import { formatAmount, formatDay, formatMoment } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { SectionCard } from '~/ui/section-card';
import { CONTRACT_TRANSFER, TRANSFER } from './operations';

type Crumb = { readonly label: string; readonly to: string };

/** For those who keep the books. */
export function LedgerTransferPage() {
  const { t } = useTranslation('ledger');
  const { slug = '', transferId = '' } = useParams();
  const query = useQuery(TRANSFER, { variables: { id: transferId } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ ledgerTransfer }) => (
        <TransferView
          transfer={ledgerTransfer}
          crumbs={[{ label: t('accounts.title'), to: `/ledger/${slug}` }]}
          pathOf={(id) => `/ledger/${slug}/transfers/${id}`}
          accountPathOf={(id) => `/ledger/${slug}/${id}`}
        />
      )}
    </Loaded>
  );
}

/** For those who may read the entries of a contract. */
export function ContractTransferPage() {
  const { t } = useTranslation('ledger');
  const { ref = '', transferId = '' } = useParams();
  const query = useQuery(CONTRACT_TRANSFER, { variables: { contractRef: ref, id: transferId } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ contractTransfer }) => (
        <TransferView
          transfer={contractTransfer}
          crumbs={[
            { label: t('contract.back'), to: `/contracts/${ref}` },
            { label: t('contract.title', { ref }), to: `/contracts/${ref}/entries` },
          ]}
          pathOf={(id) => `/contracts/${ref}/transfers/${id}`}
          accountPathOf={null}
        />
      )}
    </Loaded>
  );
}

interface TransferViewProps {
  readonly transfer: TransferShownFragment;
  readonly crumbs: readonly Crumb[];
  readonly pathOf: (transferId: string) => string;
  /** Null where accounts are not the viewer's to open. */
  readonly accountPathOf: ((accountId: string) => string) | null;
}

function TransferView({ transfer, crumbs, pathOf, accountPathOf }: TransferViewProps) {
  const { t } = useTranslation('ledger');
  const other = (
    id: string | null | undefined,
    words: string,
  ): readonly (readonly [string, React.ReactNode])[] =>
    id
      ? [
          [
            words,
            <Anchor key={id} component={Link} to={pathOf(id)}>
              {t('transfer.open')}
            </Anchor>,
          ],
        ]
      : [];
  return (
    <Page title={transfer.description} kicker={t('transfer.kicker')} crumbs={[...crumbs]}>
      <Stack gap="lg">
        <SectionCard title={t('transfer.what')}>
          <Facts
            rows={[
              [t('transfer.kind'), transfer.kind],
              [t('transfer.state'), t(`transfer.states.${transfer.state as 'posted'}`)],
              [t('transfer.valueDate'), formatDay(transfer.valueDate)],
              [t('transfer.bookedAt'), formatMoment(transfer.bookedAt)],
              ...(transfer.reference
                ? [
                    [
                      t('transfer.about'),
                      transfer.reference.startsWith('CSM-') ? (
                        <Anchor component={Link} to={`/contracts/${transfer.reference}`}>
                          {transfer.reference}
                        </Anchor>
                      ) : (
                        transfer.reference
                      ),
                    ] as const,
                  ]
                : []),
              ...other(transfer.reversesId, t('transfer.reverses')),
              ...other(transfer.reversedById, t('transfer.reversedBy')),
              ...other(transfer.pendingId, t('transfer.ends')),
              ...other(transfer.endedById, t('transfer.endedBy')),
            ]}
          />
        </SectionCard>
        <SectionCard title={t('transfer.entries')} hint={t('transfer.hint')}>
          <Entries transfer={transfer} accountPathOf={accountPathOf} />
        </SectionCard>
      </Stack>
    </Page>
  );
}

function Entries({ transfer, accountPathOf }: Pick<TransferViewProps, 'transfer' | 'accountPathOf'>) {
  const { t } = useTranslation('ledger');
  return (
    <Table horizontalSpacing={4} className="cw-number">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('transfer.account')}</Table.Th>
          <Table.Th scope="col" ta="right">
            {t('transfer.debit')}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {t('transfer.credit')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {transfer.entries.map((entry) => {
          const amount = BigInt(entry.amountMinor);
          const words = formatAmount({
            amountMinor: `${amount < 0n ? -amount : amount}`,
            currency: entry.currency,
          });
          return (
            <Table.Tr key={entry.id}>
              <Table.Th scope="row" fw={400}>
                {accountPathOf && entry.accountId ? (
                  <Anchor component={Link} to={accountPathOf(entry.accountId)}>
                    {entry.accountName}
                  </Anchor>
                ) : (
                  entry.accountName
                )}
                <Text size="sm" c="dimmed" className="cw-mono">
                  {breakable(entry.accountCode)}
                  {entry.state !== transfer.state && `, ${entry.state}`}
                </Text>
              </Table.Th>
              <Table.Td ta="right">{amount > 0n && words}</Table.Td>
              <Table.Td ta="right">{amount < 0n && words}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

/** A long code may be broken where its parts meet, and nowhere else. */
function breakable(code: string): string {
  return code.replaceAll(':', ':\u200b');
}
