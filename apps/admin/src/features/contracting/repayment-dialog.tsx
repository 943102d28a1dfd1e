import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Dialog } from '~/ui/dialog';
import { editableAmount, formatAmount, parseAmount, today } from '~/ui/format';
import { AmountInput, DayInput, FormFailure } from '~/ui/form-parts';
import { checkedBy, focusFirstError } from '~/ui/validation';
import { RECORD_REPAYMENT } from './obligation-operations';
import type { DeedDialogProps } from './pledge-deeds';
import { owedOf } from './remains';
import { useDeed } from './use-deed';

/** The next instalment stands in the field already; any part, or all that is owed, may be returned. */
export function RepaymentDialog({ pledge, close }: DeedDialogProps) {
  const { t } = useTranslation(['obligations', 'contracting']);
  const owed = owedOf(pledge);
  const { currency } = owed;
  const community = pledge.community.name;
  const form = useForm({
    initialValues: {
      amount: editableAmount(pledge.obligation.nextDue?.open ?? owed),
      valueDate: today(),
    },
    validate: checkedBy((check, values) => {
      const amountMinor = parseAmount(values.amount, currency);
      if (amountMinor === null || amountMinor <= 0n)
        check.refuse('amount', t('contracting:amountProblem', { currency }));
      check.day('valueDate', values.valueDate, t('repayment.dayName'));
    }),
  });
  const record = useDeed(RECORD_REPAYMENT, {
    form,
    close,
    pledgeOf: (data) => data.recordRepayment,
    said: () => {
      const amountMinor = `${parseAmount(form.getValues().amount, currency) ?? 0n}`;
      return t('repayment.done', { amount: formatAmount({ amountMinor, currency }), community });
    },
  });
  const submit = form.onSubmit(({ amount, valueDate }) => {
    const amountMinor = parseAmount(amount, currency);
    if (amountMinor !== null)
      void record.run({
        pledgeId: pledge.id,
        amount: { amountMinor: `${amountMinor}`, currency },
        valueDate,
      });
  }, focusFirstError);
  return (
    <Dialog opened close={close} title={t('repayment.title', { community })}>
      <FormFailure failure={record.failure} />
      <Text>{t('repayment.what', { owed: formatAmount(owed) })}</Text>
      <form noValidate onSubmit={submit}>
        <Stack>
          <AmountInput label={t('repayment.amount')} currency={currency} {...form.getInputProps('amount')} />
          <DayInput
            label={t('repayment.day')}
            description={t('repayment.dayHint')}
            {...form.getInputProps('valueDate')}
          />
          <Button type="submit" loading={record.busy}>
            {t('repayment.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
