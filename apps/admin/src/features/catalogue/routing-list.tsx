import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatList } from '~/ui/format';
import classes from './routing-list.module.css';

export interface RoutingStep {
  readonly position: number;
  readonly name: string;
  readonly workCentre: string;
  readonly setupMinutes: number;
  readonly unitMinutes: number;
  readonly after: readonly number[];
  readonly instructions?: string | null;
}

/** Steps in their order, with what each waits for in words: the graph, readable by everyone. */
export function RoutingList({ steps }: { readonly steps: readonly RoutingStep[] }) {
  const { t } = useTranslation('catalogue');
  const nameOf = (position: number): string => {
    const step = steps.find((each) => each.position === position);
    return t('routing.ref', { position, name: step?.name || '…' });
  };
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li
          key={step.position}
          className={classes.step}
          style={{ ['--depth' as string]: depthOf(step, steps) }}
        >
          <span className={classes.number} aria-hidden>
            {step.position}
          </span>
          <div>
            <Text fw={600}>{step.name || '…'}</Text>
            <Text size="sm" c="dimmed">
              {step.workCentre} · {t('routing.minutes', { setup: step.setupMinutes, unit: step.unitMinutes })}
            </Text>
            <Text size="sm">
              {step.after.length === 0
                ? t('routing.atOnce')
                : t('routing.after', { list: formatList(step.after.map(nameOf)) })}
            </Text>
            {step.instructions && (
              <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
                {step.instructions}
              </Text>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

const DEPTH_MAX = 4;

/** How many steps must come before, at most; the indentation shows it. Bounded, for a draft may hold a circle. */
function depthOf(step: RoutingStep, steps: readonly RoutingStep[], left = DEPTH_MAX): number {
  if (left === 0) return 0;
  const before = steps.filter((each) => step.after.includes(each.position));
  return before.length === 0 ? 0 : 1 + Math.max(...before.map((each) => depthOf(each, steps, left - 1)));
}
