import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { IconHeartHandshake } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractDetailsFragment, PledgeLineFragment } from '~/generated/graphql';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { formatAmount, formatDay, formatMoment } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { PAYMENTS } from './operations';
import { PaymentDialog } from './payment-dialog';
import { PledgeStateTag } from './state-tag';
import { WithdrawPledgeDialog } from './withdraw-pledge-dialog';

/** Every pledge is public: who, how much, what has arrived. */
export function PledgesCard({ contract }: { readonly contract: ContractDetailsFragment }) {
  const { t } = useTranslation('contracting');
  const viewer = useViewer();
  const [paying, setPaying] = useState<PledgeLineFragment | null>(null);
  const [withdrawing, setWithdrawing] = useState<PledgeLineFragment | null>(null);
  const payments = usePayments(contract);
  const mayRecord = contract.viewerCan.includes('recordPayment');
  const mayWithdraw = contract.viewerCan.includes('withdrawPledge');
  return (
    <SectionCard title={t('pledges.title')} hint={t('pledges.hint')}>
      {contract.pledges.length === 0 ? (
        <EmptyState icon={IconHeartHandshake} title={t('pledges.emptyTitle')} order={3}>
          {contract.state === 'draft' ? t('pledges.emptyDraft') : t('pledges.empty')}
        </EmptyState>
      ) : (
        <Rows>
          {contract.pledges.map((pledge) => {
            const lives = pledge.state === 'pledged' || pledge.state === 'active';
            const own = hasRole(viewer, pledge.community.id, 'coordinator', 'treasurer');
            return (
              <Row
                key={pledge.id}
                end={
                  <Group gap="xs">
                    {mayRecord && lives && (
                      <Button variant="default" size="sm" mih={44} onClick={() => setPaying(pledge)}>
                        {t('payment.button')}
                      </Button>
                    )}
                    {mayWithdraw && own && pledge.state === 'pledged' && (
                      <Button
                        variant="subtle"
                        color="brick"
                        size="sm"
                        mih={44}
                        onClick={() => setWithdrawing(pledge)}
                      >
                        {t('withdrawPledge.button')}
                      </Button>
                    )}
                  </Group>
                }
              >
                <Group gap="xs">
                  <Text fw={600}>{pledge.community.name}</Text>
                  <PledgeStateTag state={pledge.state} />
                </Group>
                <Text size="sm" c="dimmed" className="cw-number">
                  {t('pledges.sentence', {
                    amount: formatAmount(pledge.amount),
                    received: formatAmount(pledge.received),
                    when: formatMoment(pledge.pledgedAt),
                  })}
                </Text>
                {payments.get(pledge.id)?.map((payment) => (
                  <Text key={payment.id} size="sm" c="dimmed" className="cw-number">
                    {t('pledges.payment', {
                      amount: formatAmount(payment.amount),
                      day: formatDay(payment.valueDate),
                    })}
                  </Text>
                ))}
              </Row>
            );
          })}
        </Rows>
      )}
      {paying && <PaymentDialog key={paying.id} pledge={paying} opened close={() => setPaying(null)} />}
      {withdrawing && (
        <WithdrawPledgeDialog
          key={withdrawing.id}
          pledge={withdrawing}
          opened
          close={() => setWithdrawing(null)}
        />
      )}
    </SectionCard>
  );
}

/** Only those who keep the books ask for payments; for others the sum received is what is public. */
function usePayments(contract: ContractDetailsFragment) {
  const { data } = useQuery(PAYMENTS, {
    variables: { ref: contract.ref },
    skip: !contract.viewerCan.includes('recordPayment'),
  });
  return new Map((data?.contract?.pledges ?? []).map((pledge) => [pledge.id, pledge.payments] as const));
}
