import { Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { parseMilli } from '#kernel';
import type { ContractLineFragment, ContractThresholdFragment } from '~/generated/graphql';
import { formatAmount, formatDecimal } from '~/ui/format';
import classes from './threshold-bars.module.css';

export type BarThreshold = Pick<
  ContractThresholdFragment,
  'kind' | 'unit' | 'quantity' | 'pledged' | 'received' | 'words'
>;

interface ThresholdBarsProps {
  readonly funding: ContractLineFragment['funding'];
  readonly thresholds: readonly BarThreshold[];
  readonly compact?: boolean;
}

interface Bar {
  readonly words: string;
  readonly sentence: string;
  readonly received: string;
  readonly pledgedPercent: number;
  readonly receivedPercent: number;
}

/** For each threshold: what was pledged against it, and inside of it what has arrived. */
export function ThresholdBars({ funding, thresholds, compact = false }: ThresholdBarsProps) {
  const { t } = useTranslation('instruments');
  const bars = thresholds.map((each) => (each.kind === 'money' ? moneyBar(t, funding) : otherBar(t, each)));
  return (
    <Stack gap="sm">
      {bars.length === 0 && <Text size={compact ? 'sm' : 'md'}>{t('bar.none')}</Text>}
      {bars.map((bar) => (
        <div key={bar.words}>
          <div
            className={classes.bar}
            role="progressbar"
            aria-label={t('bar.label', { words: bar.words })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.min(100, bar.pledgedPercent)}
            aria-valuetext={bar.sentence}
          >
            <div className={classes.pledged} style={{ width: `${Math.min(100, bar.pledgedPercent)}%` }} />
            <div className={classes.received} style={{ width: `${Math.min(100, bar.receivedPercent)}%` }} />
          </div>
          <Text size={compact ? 'sm' : 'md'} mt={6} className="cw-number">
            {bar.sentence}
          </Text>
          {!compact && (
            <Text size="sm" c="dimmed" className="cw-number">
              {bar.received}
            </Text>
          )}
        </div>
      ))}
      {!compact && (
        <Text size="sm" c="dimmed">
          {t('bar.pledges', { count: funding.pledgeCount })}
        </Text>
      )}
    </Stack>
  );
}

function moneyBar(
  t: TFunction<'instruments'>,
  { threshold, pledged, received }: ThresholdBarsProps['funding'],
): Bar {
  const wanted = BigInt(threshold.amountMinor);
  const pledgedPercent = percentOf(BigInt(pledged.amountMinor), wanted);
  return {
    words: formatAmount(threshold),
    sentence: t('bar.sentenceMoney', {
      pledged: formatAmount(pledged),
      threshold: formatAmount(threshold),
      percent: pledgedPercent,
    }),
    received: t('bar.receivedMoney', { received: formatAmount(received) }),
    pledgedPercent,
    receivedPercent: percentOf(BigInt(received.amountMinor), wanted),
  };
}

function otherBar(t: TFunction<'instruments'>, each: BarThreshold): Bar {
  const { words, unit } = each;
  const wanted = parseMilli(each.quantity) ?? 0n;
  const pledgedPercent = percentOf(parseMilli(each.pledged) ?? 0n, wanted);
  const received = formatDecimal(each.received);
  return {
    words,
    sentence: t('bar.sentence', {
      pledged: formatDecimal(each.pledged),
      unit,
      words,
      percent: pledgedPercent,
    }),
    received:
      each.kind === 'hours'
        ? t('bar.receivedHours', { received })
        : t('bar.receivedGoods', { received, unit }),
    pledgedPercent,
    receivedPercent: percentOf(parseMilli(each.received) ?? 0n, wanted),
  };
}

/** Whole per cent of a threshold, never 100 before it is met. */
function percentOf(given: bigint, wanted: bigint): number {
  return wanted <= 0n ? 0 : Number((given * 100n) / wanted);
}
