import { useQuery } from '@apollo/client/react';
import { Group, Text } from '@mantine/core';
import { IconHeartHandshake } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import { agreedWords, pledgeSentence } from '~/features/instruments/given-words';
import { EmptyState } from '~/ui/empty-state';
import { formatAmount, formatDay, formatMoment, today } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag } from '~/ui/tag';
import { Figure } from './figure';
import { ObligationDetails } from './obligation-details';
import { PAYMENTS } from './operations';
import { PledgeDeeds } from './pledge-deeds';
import { owedOf } from './remains';
import { PledgeStateTag } from './state-tag';
import type { ContractShown, PledgeShown } from './use-contract';

/** Every pledge is public: who, how much, what has arrived, and what went back. */
export function PledgesCard({ contract }: { readonly contract: ContractShown }) {
  const { t } = useTranslation('contracting');
  const { t: instruments } = useTranslation('instruments');
  const payments = usePayments(contract);
  const of = (pledge: PledgeShown) => ({ contract, supporter: pledge.community.slug });
  const lineWords = (position: number): string =>
    contract.deliverables.find((each) => each.position === position)?.productVersion.product.name ?? '…';
  return (
    <SectionCard title={t('pledges.title')} hint={t('pledges.hint')}>
      {contract.pledges.length === 0 ? (
        <EmptyState icon={IconHeartHandshake} title={t('pledges.emptyTitle')} order={3}>
          {contract.state === 'draft' ? t('pledges.emptyDraft') : t('pledges.empty')}
        </EmptyState>
      ) : (
        <Rows>
          {contract.pledges.map((pledge) => (
            <Row key={pledge.id}>
              <Group gap="xs">
                <Text fw={600}>{pledge.community.name}</Text>
                <Tag>{instruments(`instrument.${pledge.instrument}`)}</Tag>
                <PledgeStateTag state={pledge.state} />
              </Group>
              <Text size="sm" c="dimmed" className="cw-number">
                {pledge.contribution === 'money' ? (
                  <Trans
                    t={t}
                    i18nKey="pledges.sentence"
                    values={{ when: formatMoment(pledge.pledgedAt) }}
                    components={{
                      amount: <Figure {...of(pledge)} amount={pledge.amount} figure="pledged" />,
                      received: <Figure {...of(pledge)} amount={pledge.received} figure="received" />,
                    }}
                  />
                ) : (
                  pledgeSentence(pledge)
                )}
              </Text>
              {agreedWords(pledge, lineWords).map((words) => (
                <Text key={words} size="sm" c="dimmed">
                  {words}
                </Text>
              ))}
              <Owed contract={contract} pledge={pledge} />
              <PledgeDeeds contract={contract} pledge={pledge} />
              {(pledge.state === 'active' || pledge.state === 'fulfilled') && (
                <ObligationDetails
                  contract={contract}
                  pledge={pledge}
                  payments={payments.get(pledge.id) ?? []}
                />
              )}
            </Row>
          ))}
        </Rows>
      )}
    </SectionCard>
  );
}

function Owed({ contract, pledge }: { readonly contract: ContractShown; readonly pledge: PledgeShown }) {
  const { t } = useTranslation('obligations');
  const owed = owedOf(pledge);
  const { nextDue } = pledge.obligation;
  if (owed.amountMinor === '0') return null;
  return (
    <Text size="sm" className="cw-number">
      <Trans
        t={t}
        i18nKey="pledge.owed"
        components={{
          amount: (
            <Figure contract={contract} amount={owed} figure="owed" supporter={pledge.community.slug} />
          ),
        }}
      />{' '}
      {nextDue &&
        t(nextDue.dueOn < today() ? 'pledge.overdue' : 'pledge.next', {
          amount: formatAmount(nextDue.open),
          day: formatDay(nextDue.dueOn),
        })}
    </Text>
  );
}

/** Only those who keep the books ask for payments; for others the sum received is what is public. */
function usePayments(contract: ContractShown) {
  const { data } = useQuery(PAYMENTS, {
    variables: { ref: contract.ref },
    skip: !contract.viewerCan.includes('recordPayment'),
  });
  return new Map((data?.contract?.pledges ?? []).map((pledge) => [pledge.id, pledge.payments] as const));
}
