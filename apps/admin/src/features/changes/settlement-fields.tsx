import { Fieldset, Stack, Text, type TextInputProps } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { RhythmFields } from '~/features/contracting/rhythm-fields';
import type { PledgeShown } from '~/features/contracting/use-contract';
import { formatAmount } from '~/ui/format';
import { AmountInput } from '~/ui/form-parts';
import classes from './changes.module.css';
import { PARTS, minorOf, unexplainedMinor, type LineValues, type SettlementValues } from './settlement-form';

interface SettlementFieldsProps {
  readonly form: UseFormReturnType<SettlementValues>;
  readonly index: number;
  readonly pledge: PledgeShown;
}

/** What becomes of what is owed for one pledge; the sentence below says what is still unexplained. */
export function SettlementFields({ form, index, pledge }: SettlementFieldsProps) {
  const { t } = useTranslation('changes');
  const { owed } = pledge.obligation;
  const { currency } = owed;
  const line = form.values.settlement[index] as LineValues;
  const path = `settlement.${index}`;
  const stays = (minorOf(line.due, currency) ?? 0n) > 0n;
  const forgives = (minorOf(line.forgiven, currency) ?? 0n) > 0n;
  return (
    <Fieldset
      className={classes.line}
      legend={t('end.owedTo', { amount: formatAmount(owed), community: pledge.community.name })}
    >
      <Stack>
        <div className={classes.parts}>
          {PARTS.map((part) => (
            <AmountInput
              key={part}
              label={t(`end.partLabel.${part}`)}
              currency={currency}
              {...partProps(form, path, part)}
            />
          ))}
        </div>
        <Text size="sm" aria-live="polite" className="cw-number">
          {unexplainedWords(t, unexplainedMinor(line, owed), currency)}
        </Text>
        {stays && <RhythmFields inputProps={(name) => form.getInputProps(`${path}.plan.${name}`)} />}
        {(stays || forgives) && (
          <Text size="sm" c="dimmed">
            {t('end.supporterAsked', { community: pledge.community.name })}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}

/** The sum of all three is refused at the first; whichever is changed, it is to be looked at again. */
function partProps(form: UseFormReturnType<SettlementValues>, path: string, part: (typeof PARTS)[number]) {
  const { onChange, ...props } = form.getInputProps(`${path}.${part}`) as TextInputProps;
  return {
    ...props,
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      onChange?.(event);
      form.clearFieldError(`${path}.repaid`);
    },
  };
}

function unexplainedWords(
  t: ReturnType<typeof useTranslation<'changes'>>['t'],
  missing: bigint | null,
  currency: string,
): string {
  if (missing === null) return '';
  if (missing === 0n) return t('end.explained');
  const amount = formatAmount({ amountMinor: `${missing < 0n ? -missing : missing}`, currency });
  return t(missing > 0n ? 'end.unexplained' : 'end.tooMuch', { amount });
}
