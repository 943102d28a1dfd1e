import { Anchor, Button, Group, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PaymentsQuery } from '~/generated/graphql';
import { formatAmount, formatDay } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';
import { useMaySeeEntries } from './may-see-entries';
import { ReversePaymentDialog, ReverseRepaymentDialog, type Mistake } from './reason-dialogs';
import { rhythmWords } from './schedule-words';
import type { ContractShown, PledgeShown } from './use-contract';

export type Payments = NonNullable<PaymentsQuery['contract']>['pledges'][number]['payments'];
type Event = PledgeShown['obligation']['events'][number];

interface Happening extends Mistake {
  readonly recordedAt: string;
  readonly what: string;
  readonly transferId?: string | null | undefined;
  readonly reason?: string | null | undefined;
  readonly takenBack: boolean;
  readonly reverses: 'payment' | 'repayment' | null;
}

interface PledgeHistoryProps {
  readonly contract: ContractShown;
  readonly pledge: PledgeShown;
  readonly payments: Payments;
}

/** What happened to a pledge, the oldest first; a correction stands beside what it corrects. */
export function PledgeHistory({ contract, pledge, payments }: PledgeHistoryProps) {
  const { t } = useTranslation('obligations');
  const maySee = useMaySeeEntries(contract);
  const [wrong, setWrong] = useState<Happening | null>(null);
  const happenings = historyOf(t, pledge, payments);
  const label = t('history.title', { community: pledge.community.name });
  if (happenings.length === 0) return <Text size="sm">{t('history.none')}</Text>;
  return (
    <>
      <Rows label={label}>
        {happenings.map((each) => {
          const day = formatDay(each.valueDate);
          return (
            <Row
              key={each.id}
              end={
                each.reverses && (
                  <Button
                    variant="subtle"
                    color="brick"
                    size="sm"
                    mih={44}
                    aria-label={t('history.reverseLabel', { what: each.what, day })}
                    onClick={() => setWrong(each)}
                  >
                    {t('history.reverse')}
                  </Button>
                )
              }
            >
              <Group gap="xs">
                <Text size="sm" className="cw-number">
                  {maySee && each.transferId ? (
                    <Anchor
                      component={Link}
                      to={`/contracts/${contract.ref}/transfers/${each.transferId}`}
                      aria-label={t('history.transfer', { what: each.what, day })}
                      inherit
                    >
                      {each.what}
                    </Anchor>
                  ) : (
                    each.what
                  )}
                </Text>
                {each.takenBack && <Tag>{t('history.takenBack')}</Tag>}
              </Group>
              <Text size="sm" c="dimmed" className="cw-number">
                {day}
              </Text>
              {each.reason && (
                <Text size="sm" c="dimmed">
                  {t('history.reason', { reason: each.reason })}
                </Text>
              )}
            </Row>
          );
        })}
      </Rows>
      {wrong?.reverses === 'payment' && (
        <ReversePaymentDialog pledge={pledge} mistake={wrong} close={() => setWrong(null)} />
      )}
      {wrong?.reverses === 'repayment' && (
        <ReverseRepaymentDialog pledge={pledge} mistake={wrong} close={() => setWrong(null)} />
      )}
    </>
  );
}

function historyOf(
  t: TFunction<'obligations'>,
  { viewerCan, obligation }: PledgeShown,
  payments: Payments,
): Happening[] {
  // Only the latest payment can be taken back: a later one was reckoned with it.
  const latest = viewerCan.includes('reversePayment')
    ? payments.findLast(({ isReversed }) => !isReversed)
    : undefined;
  const arrived = payments.map((payment) => ({
    ...payment,
    what: t('history.payment', { amount: formatAmount(payment.amount) }),
    takenBack: payment.isReversed,
    reverses: payment === latest ? ('payment' as const) : null,
  }));
  const mayReverse = viewerCan.includes('reverseRepayment');
  const events = obligation.events.map((event) => ({
    ...event,
    what: eventWords(t, event),
    takenBack: event.isReversed,
    reverses: mayReverse && event.kind === 'repayment' && !event.isReversed ? ('repayment' as const) : null,
  }));
  return [...arrived, ...events].sort((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt));
}

function eventWords(t: TFunction<'obligations'>, event: Event): string {
  const amount = formatAmount(event.amount);
  const interest = event.interest.amountMinor === '0' ? null : formatAmount(event.interest);
  switch (event.kind) {
    case 'repayment':
      return interest
        ? t('history.repaymentWithInterest', { amount, interest })
        : t('history.repayment', { amount });
    case 'write_off':
      return interest
        ? t('history.writeOffWithInterest', { amount, interest })
        : t('history.write_off', { amount });
    case 'waiver':
      return t('history.waiver', { amount });
    case 'reversal':
      return event.reversesPaymentId
        ? t('history.reversalOfPayment', { amount })
        : t('history.reversalOfRepayment', { amount });
    case 'deferral':
      return deferralWords(t, event);
    case 'units':
    case 'free_units':
    case 'unit_waiver':
    case 'free_unit_waiver':
      return t(`history.${event.kind}`, { count: event.units });
  }
}

function deferralWords(t: TFunction<'obligations'>, { instalments, firstDueOn, everyMonths }: Event): string {
  if (!instalments || !firstDueOn || !everyMonths) return t('history.deferral');
  return `${t('history.deferral')}: ${rhythmWords(t, { instalments, firstDueOn, everyMonths })}`;
}
