import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import { WaiveContributionDialog } from '~/features/instruments/contribution-dialogs';
import { ReceiptDialog, ReturnDialog } from '~/features/instruments/quantity-dialog';
import { DeferDialog } from './defer-dialog';
import { PaymentDialog } from './payment-dialog';
import { WaiveDialog } from './reason-dialogs';
import { RepaymentDialog } from './repayment-dialog';
import { WithdrawPledgeDialog } from './withdraw-pledge-dialog';
import { WriteOffDialog } from './write-off-dialog';
import type { ContractShown, PledgeShown } from './use-contract';

/** It stands in front of the page for as long as it is rendered. */
export interface DeedDialogProps {
  readonly pledge: PledgeShown;
  readonly close: () => void;
}

type Deed =
  | 'payment'
  | 'withdraw'
  | 'repayment'
  | 'waive'
  | 'defer'
  | 'writeOff'
  | 'receipt'
  | 'giveBack'
  | 'waiveContribution';

const TAKES_AWAY: readonly Deed[] = ['withdraw', 'writeOff', 'waive', 'waiveContribution'];

interface PledgeDeedsProps {
  readonly contract: ContractShown;
  readonly pledge: PledgeShown;
}

/** What this person may do about a pledge now, by the server's own lists. */
export function PledgeDeeds({ contract, pledge }: PledgeDeedsProps) {
  const { t } = useTranslation(['obligations', 'contracting', 'instruments']);
  const [deed, setDeed] = useState<Deed | null>(null);
  const deeds = useDeedsOf(contract, pledge);
  const close = (): void => setDeed(null);
  if (deeds.length === 0) return null;
  const labels: Readonly<Record<Deed, string>> = {
    payment: t('contracting:payment.button'),
    withdraw: t('contracting:withdrawPledge.button'),
    repayment: t('repayment.button'),
    waive: t('waive.button'),
    defer: t('defer.button'),
    writeOff: t('writeOff.button'),
    receipt: t('instruments:receipt.button'),
    giveBack: t('instruments:giveBack.button'),
    waiveContribution: t('instruments:waive.button'),
  };
  return (
    <Group
      gap="xs"
      mt="xs"
      role="group"
      aria-label={t('pledge.actions', { community: pledge.community.name })}
    >
      {deeds.map((each) => {
        const takesAway = TAKES_AWAY.includes(each);
        return (
          <Button
            key={each}
            variant={takesAway ? 'subtle' : 'default'}
            {...(takesAway && { color: 'brick' })}
            size="sm"
            mih={44}
            onClick={() => setDeed(each)}
          >
            {labels[each]}
          </Button>
        );
      })}
      {deed === 'payment' && <PaymentDialog pledge={pledge} opened close={close} />}
      {deed === 'withdraw' && <WithdrawPledgeDialog pledge={pledge} opened close={close} />}
      {deed === 'repayment' && <RepaymentDialog pledge={pledge} close={close} />}
      {deed === 'waive' && <WaiveDialog pledge={pledge} close={close} />}
      {deed === 'defer' && <DeferDialog pledge={pledge} close={close} />}
      {deed === 'receipt' && <ReceiptDialog pledge={pledge} close={close} />}
      {deed === 'giveBack' && <ReturnDialog pledge={pledge} close={close} />}
      {deed === 'waiveContribution' && <WaiveContributionDialog pledge={pledge} close={close} />}
      {deed === 'writeOff' && <WriteOffDialog pledge={pledge} close={close} />}
    </Group>
  );
}

function useDeedsOf(contract: ContractShown, pledge: PledgeShown): Deed[] {
  const viewer = useViewer();
  const lives = pledge.state === 'pledged' || pledge.state === 'active';
  const own = hasRole(viewer, pledge.community.id, 'coordinator', 'treasurer');
  const may: Readonly<Record<Deed, boolean>> = {
    payment: lives && pledge.contribution === 'money' && contract.viewerCan.includes('recordPayment'),
    repayment: pledge.viewerCan.includes('recordRepayment'),
    waive: pledge.viewerCan.includes('waivePledge'),
    defer: pledge.viewerCan.includes('deferRepayment'),
    writeOff: pledge.viewerCan.includes('writeOffLoan'),
    receipt: pledge.viewerCan.includes('recordReceipt'),
    giveBack: pledge.viewerCan.includes('recordReturn'),
    waiveContribution: pledge.viewerCan.includes('waiveContribution'),
    withdraw: own && pledge.state === 'pledged' && contract.viewerCan.includes('withdrawPledge'),
  };
  return (Object.keys(may) as Deed[]).filter((deed) => may[deed]);
}
