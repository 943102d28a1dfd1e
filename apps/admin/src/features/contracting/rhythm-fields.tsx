import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '~/ui/form-parts';

interface RhythmFieldsProps {
  readonly inputProps: (name: 'instalments' | 'firstDueOn' | 'everyMonths') => object;
}

/** In how many parts, from when on, how often. */
export function RhythmFields({ inputProps }: RhythmFieldsProps) {
  const { t } = useTranslation('obligations');
  return (
    <>
      <NumberInput
        label={t('rhythm.instalments')}
        min={1}
        allowDecimal={false}
        {...inputProps('instalments')}
      />
      <DayInput label={t('rhythm.firstDueOn')} {...inputProps('firstDueOn')} />
      <NumberInput
        label={t('rhythm.everyMonths')}
        min={1}
        allowDecimal={false}
        {...inputProps('everyMonths')}
      />
    </>
  );
}
