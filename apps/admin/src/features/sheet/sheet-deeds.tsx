import { useQuery } from '@apollo/client/react';
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CONTRACT } from '~/features/contracting/operations';
import { PaymentDialog } from '~/features/contracting/payment-dialog';
import { RepaymentDialog } from '~/features/contracting/repayment-dialog';
import type { SheetLineFragment } from '~/generated/graphql';

type Deed = 'payment' | 'repayment';

interface SheetDeedsProps {
  readonly row: SheetLineFragment;
  readonly done: () => void;
}

/** Records what arrived or left from the row itself, by the dialogs of the contract's page. */
export function SheetDeeds({ row, done }: SheetDeedsProps) {
  const { t } = useTranslation('sheet');
  const [deed, setDeed] = useState<Deed | null>(null);
  if (row.contractState !== 'active') return null;
  const possible: Readonly<Record<Deed, boolean>> = {
    payment: row.state === 'active' && !row.goods,
    repayment: row.isRepayable,
  };
  const close = (): void => {
    setDeed(null);
    done();
  };
  return (
    <Group gap={6}>
      {(['payment', 'repayment'] as const)
        .filter((each) => possible[each])
        .map((each) => (
          <Button
            key={each}
            variant="default"
            size="sm"
            mih={44}
            px="sm"
            aria-label={t(`deed.${each}Of`, { community: row.supporter.name, ref: row.contractRef })}
            loading={deed === each}
            onClick={() => setDeed(each)}
          >
            {t(`deed.${each}`)}
          </Button>
        ))}
      {deed && <DeedDialog row={row} deed={deed} close={close} />}
    </Group>
  );
}

/** The contract is asked for only when something is to be recorded, so that a long sheet stays quick. */
function DeedDialog({
  row,
  deed,
  close,
}: {
  readonly row: SheetLineFragment;
  readonly deed: Deed;
  readonly close: () => void;
}) {
  const { data } = useQuery(CONTRACT, { variables: { ref: row.contractRef }, fetchPolicy: 'network-only' });
  const pledge = data?.contract?.pledges.find(({ id }) => id === row.id);
  if (!pledge) return null;
  return deed === 'payment' ? (
    <PaymentDialog pledge={pledge} opened close={close} />
  ) : (
    <RepaymentDialog pledge={pledge} close={close} />
  );
}
