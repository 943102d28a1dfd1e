import { ActionIcon, NumberInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './board.module.css';

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly error?: string | undefined;
}

/** A count that a gloved thumb can set. */
export function Stepper({ label, value, max, onChange, error }: StepperProps) {
  const { t } = useTranslation('workshop');
  const set = (next: number): void => onChange(Math.min(max, Math.max(0, Math.trunc(next))));
  return (
    <div className={classes.stepper}>
      <ActionIcon
        size={56}
        variant="default"
        aria-label={t('step.less', { label })}
        onClick={() => set(value - 1)}
      >
        <IconMinus size={24} aria-hidden />
      </ActionIcon>
      <NumberInput
        label={label}
        value={value}
        min={0}
        max={max}
        size="lg"
        hideControls
        allowDecimal={false}
        allowNegative={false}
        inputMode="numeric"
        error={error}
        onChange={(next) => set(typeof next === 'number' ? next : Number(next) || 0)}
      />
      <ActionIcon
        size={56}
        variant="default"
        aria-label={t('step.more', { label })}
        onClick={() => set(value + 1)}
      >
        <IconPlus size={24} aria-hidden />
      </ActionIcon>
    </div>
  );
}
