import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { PledgeLineFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { editableAmount, formatAmount, parseAmount, today } from '~/ui/format';
import { AmountInput, DayInput, FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { RECORD_PAYMENT } from './operations';

/** What is still to come on a pledge stands in the field already: mostly that is what arrived. */
export function PaymentDialog({
  pledge,
  opened,
  close,
}: DialogProps & { readonly pledge: PledgeLineFragment }) {
  const { t } = useTranslation('contracting');
  const { currency } = pledge.amount;
  const open = BigInt(pledge.amount.amountMinor) - BigInt(pledge.received.amountMinor);
  const form = useForm({
    initialValues: {
      amount: open > 0n ? editableAmount({ amountMinor: open.toString(), currency }) : '',
      valueDate: today(),
    },
    validate: checkedBy((check, values) => {
      const amountMinor = parseAmount(values.amount, currency);
      if (amountMinor === null || amountMinor <= 0n) check.refuse('amount', t('amountProblem', { currency }));
      check.day('valueDate', values.valueDate, t('payment.dayName'));
    }),
  });
  const record = useIntent(RECORD_PAYMENT, {
    refetch: ['Contract', 'Payments'],
    done: () => {
      toastDone(t('payment.done', { community: pledge.community.name }));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
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
    <Dialog opened={opened} close={close} title={t('payment.title', { community: pledge.community.name })}>
      <FormFailure failure={record.failure} />
      <Text>
        {t('payment.what', { amount: formatAmount(pledge.amount), received: formatAmount(pledge.received) })}
      </Text>
      <form noValidate onSubmit={submit}>
        <Stack>
          <AmountInput label={t('payment.amount')} currency={currency} {...form.getInputProps('amount')} />
          <DayInput
            label={t('payment.day')}
            description={t('payment.dayHint')}
            {...form.getInputProps('valueDate')}
          />
          <Button type="submit" loading={record.busy}>
            {t('payment.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
