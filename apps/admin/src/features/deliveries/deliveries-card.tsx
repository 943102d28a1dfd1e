import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractShown } from '~/features/contracting/use-contract';
import { formatDay } from '~/ui/format';
import { ListSkeleton, Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag } from '~/ui/tag';
import { AcceptDialog, RefuseDialog } from './answer-dialogs';
import { DELIVERIES } from './operations';
import { DeliveryDialog } from './delivery-dialog';
import { productOfLine, type DeliveryShown } from './delivery-words';
import { SalesDialog } from './sales-dialog';

type Open = 'delivery' | 'sales' | { readonly kind: 'accept' | 'refuse'; readonly delivery: DeliveryShown };

/** What was handed over, and what those who received it said. */
export function DeliveriesCard({ contract }: { readonly contract: ContractShown }) {
  const { t } = useTranslation('deliveries');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const query = useQuery(DELIVERIES, { variables: { ref: contract.ref } });
  return (
    <SectionCard title={t('title')} hint={t('hint')}>
      <Loaded query={query} skeleton={<ListSkeleton rows={2} height={56} />}>
        {({ contract: read }) => (
          <>
            {read?.deliveries.length === 0 && <Text>{t('empty')}</Text>}
            <Rows label={t('title')}>
              {(read?.deliveries ?? []).map((each) => (
                <Row
                  key={each.id}
                  end={
                    each.viewerCan.includes('answerDelivery') && (
                      <Group gap="xs">
                        <Button onClick={() => setOpen({ kind: 'accept', delivery: each })}>
                          {t('accept.button')}
                        </Button>
                        <Button variant="default" onClick={() => setOpen({ kind: 'refuse', delivery: each })}>
                          {t('refuse.button')}
                        </Button>
                      </Group>
                    )
                  }
                >
                  <Group gap="xs">
                    <Text className="cw-number">
                      {t('what', {
                        count: each.quantity,
                        product: productOfLine(contract, each.line),
                        receiver: each.receiver.name,
                      })}
                    </Text>
                    <DeliveryTag isAccepted={each.isAccepted ?? null} />
                  </Group>
                  <Text size="sm" c="dimmed" className="cw-number">
                    {formatDay(each.deliveredOn)}
                  </Text>
                  {[each.note, each.reason].map(
                    (words) =>
                      words && (
                        <Text key={words} size="sm" c="dimmed">
                          {words}
                        </Text>
                      ),
                  )}
                </Row>
              ))}
            </Rows>
            <Group gap="sm" mt="md">
              {read?.viewerCanDeliver.includes('recordDelivery') && (
                <Button onClick={() => setOpen('delivery')}>{t('record.button')}</Button>
              )}
              {read?.viewerCanDeliver.includes('recordPremiumSales') && sharesSales(contract) && (
                <Button variant="default" onClick={() => setOpen('sales')}>
                  {t('sales.button')}
                </Button>
              )}
            </Group>
          </>
        )}
      </Loaded>
      {open === 'delivery' && <DeliveryDialog contract={contract} close={close} />}
      {open === 'sales' && <SalesDialog contract={contract} close={close} />}
      {typeof open === 'object' && open?.kind === 'accept' && (
        <AcceptDialog contract={contract} delivery={open.delivery} close={close} />
      )}
      {typeof open === 'object' && open?.kind === 'refuse' && (
        <RefuseDialog contract={contract} delivery={open.delivery} close={close} />
      )}
    </SectionCard>
  );
}

/** Premium sales matter to a contract that returns a share of them. */
function sharesSales(contract: ContractShown): boolean {
  return contract.offers.some(({ premiumShareBasisPoints }) => Boolean(premiumShareBasisPoints));
}

function DeliveryTag({ isAccepted }: { readonly isAccepted: boolean | null }) {
  const { t } = useTranslation('deliveries');
  if (isAccepted === null) return <Tag tone="wait">{t('state.waiting')}</Tag>;
  return isAccepted ? (
    <Tag tone="go">{t('state.accepted')}</Tag>
  ) : (
    <Tag tone="stop">{t('state.refused')}</Tag>
  );
}
