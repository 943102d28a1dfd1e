import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isDay } from '#kernel';
import { Dialog } from '~/ui/dialog';
import { formatAmount, today } from '~/ui/format';
import { FormFailure } from '~/ui/form-parts';
import { checkedBy, focusFirstError } from '~/ui/validation';
import { DEFER_REPAYMENT } from './obligation-operations';
import type { DeedDialogProps } from './pledge-deeds';
import { checkReason, ReasonInput } from './reason-input';
import { owedOf } from './remains';
import { checkRhythm, rhythmOf, type RhythmValues } from './rhythm';
import { RhythmFields } from './rhythm-fields';
import { rhythmWords } from './schedule-words';
import { useDeed } from './use-deed';

interface DeferValues extends RhythmValues {
  readonly reason: string;
}

/** A new schedule for what is owed, read back in words while it is typed. */
export function DeferDialog({ pledge, close }: DeedDialogProps) {
  const { t } = useTranslation('obligations');
  const community = pledge.community.name;
  const form = useForm<DeferValues>({
    initialValues: { instalments: '', firstDueOn: '', everyMonths: 1, reason: '' },
    validate: checkedBy((check, values) => {
      checkRhythm(check, values);
      if (isDay(values.firstDueOn) && values.firstDueOn < today())
        check.refuse('firstDueOn', t('rhythm.firstDueOnPast'));
      checkReason(check, values.reason);
    }),
  });
  const defer = useDeed(DEFER_REPAYMENT, {
    form,
    close,
    pledgeOf: (data) => data.deferRepayment,
    said: () => t('defer.done', { community }),
  });
  const rhythm = rhythmOf(form.values);
  const submit = form.onSubmit((values) => {
    const given = rhythmOf(values);
    if (given) void defer.run({ pledgeId: pledge.id, ...given, reason: values.reason });
  }, focusFirstError);
  return (
    <Dialog opened close={close} title={t('defer.title', { community })}>
      <FormFailure failure={defer.failure} />
      <Text>{t('defer.what', { owed: formatAmount(owedOf(pledge)) })}</Text>
      <form noValidate onSubmit={submit}>
        <Stack>
          <RhythmFields inputProps={(name) => form.getInputProps(name)} />
          <Text size="sm" aria-live="polite">
            {rhythm && `${rhythmWords(t, rhythm)}.`}
          </Text>
          <ReasonInput {...form.getInputProps('reason')} />
          <Button type="submit" loading={defer.busy}>
            {t('defer.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
