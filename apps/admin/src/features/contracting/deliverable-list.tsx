import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tier } from '~/generated/graphql';
import { formatAmount, formatDay, formatNumber, type Amount } from '~/ui/format';
import { Tag, type Tone } from '~/ui/tag';
import classes from './contract.module.css';

/** A deliverable as the page and the draft's preview show it. */
export interface ShownDeliverable {
  readonly tier: Tier;
  readonly quantity: number;
  readonly dueOn: string;
  readonly unitPrice: Amount;
  readonly receiver: { readonly name: string };
  readonly productVersion: { readonly label: string; readonly product: { readonly name: string } };
}

const TONES: Readonly<Record<Tier, Tone>> = { free: 'go', fair: 'calm', premium: 'wait' };

export function TierTag({ tier }: { readonly tier: Tier }) {
  const { t } = useTranslation('contracting');
  return <Tag tone={TONES[tier]}>{t(`tier.${tier}`)}</Tag>;
}

interface DeliverableListProps {
  readonly deliverables: readonly ShownDeliverable[];
  /** How a price is shown; as plain words where it is left out. */
  readonly price?: (words: string) => ReactNode;
}

/** What will be made, for whom, by when, at which price: one sentence for each line. */
export function DeliverableList({ deliverables, price = (words) => words }: DeliverableListProps) {
  const { t } = useTranslation('contracting');
  return (
    <ol className={classes.deliverables}>
      {deliverables.map((each, index) => (
        <li key={index}>
          <div>
            <Group gap="xs">
              <Text fw={600}>
                {t('promised.what', {
                  quantity: formatNumber(each.quantity),
                  product: each.productVersion.product.name,
                  label: each.productVersion.label,
                })}
              </Text>
              <TierTag tier={each.tier} />
            </Group>
            <Text size="sm" c="dimmed">
              {t('promised.forWhom', {
                receiver: each.receiver.name,
                day: each.dueOn ? formatDay(each.dueOn) : '…',
              })}
            </Text>
          </div>
          <Text className={`${classes.price} cw-number`}>
            {BigInt(each.unitPrice.amountMinor) === 0n
              ? t('promised.noPrice')
              : price(t('promised.price', { price: formatAmount(each.unitPrice) }))}
          </Text>
        </li>
      ))}
    </ol>
  );
}
