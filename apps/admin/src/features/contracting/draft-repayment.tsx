import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SectionCard } from '~/ui/section-card';
import classes from './draft-editor.module.css';
import type { DraftForm } from './draft-fields';
import { RhythmFields } from './rhythm-fields';

/** The schedule that the books follow; the terms say the same in words. */
export function DraftRepayment({ form }: { readonly form: DraftForm }) {
  const { t } = useTranslation('obligations');
  return (
    <SectionCard title={t('rhythm.editorTitle')} hint={t('rhythm.editorHint')}>
      <div className={classes.fields}>
        <RhythmFields inputProps={(name) => form.getInputProps(`repayment.${name}`)} />
        <TextInput
          label={t('rhythm.interest')}
          description={t('rhythm.interestHint')}
          inputMode="decimal"
          autoComplete="off"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('repayment.interestBasisPointsPerYear')}
        />
      </div>
    </SectionCard>
  );
}
