import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContractLineFragment } from '~/generated/graphql';
import { formatAmount } from '~/ui/format';
import classes from './funding-bar.module.css';

/** Whole per cent of a threshold, never 100 before it is met. */
export function percentOf(part: string, whole: string): number {
  const [given, wanted] = [BigInt(part), BigInt(whole)];
  if (wanted <= 0n) return 100;
  return Number((given * 100n) / wanted);
}

interface FundingBarProps {
  readonly funding: ContractLineFragment['funding'];
  readonly compact?: boolean;
}

/** What was pledged against the threshold, and inside of it what has arrived. */
export function FundingBar({ funding, compact = false }: FundingBarProps) {
  const { t } = useTranslation('contracting');
  const pledged = percentOf(funding.pledged.amountMinor, funding.threshold.amountMinor);
  const received = percentOf(funding.received.amountMinor, funding.threshold.amountMinor);
  const sentence = t('funding.sentence', {
    pledged: formatAmount(funding.pledged),
    threshold: formatAmount(funding.threshold),
    percent: pledged,
  });
  return (
    <div>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={t('funding.label')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, pledged)}
        aria-valuetext={sentence}
      >
        <div className={classes.pledged} style={{ width: `${Math.min(100, pledged)}%` }} />
        <div className={classes.received} style={{ width: `${Math.min(100, received)}%` }} />
      </div>
      <Text size={compact ? 'sm' : 'md'} mt={6} className="cw-number">
        {sentence}
      </Text>
      {!compact && (
        <Text size="sm" c="dimmed" className="cw-number">
          {t('funding.received', { received: formatAmount(funding.received), count: funding.pledgeCount })}
        </Text>
      )}
    </div>
  );
}
