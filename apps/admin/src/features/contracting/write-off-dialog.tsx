import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Dialog } from '~/ui/dialog';
import { formatAmount, parseAmount } from '~/ui/format';
import { AmountInput, FormFailure } from '~/ui/form-parts';
import { checkedBy, focusFirstError } from '~/ui/validation';
import { WRITE_OFF_LOAN } from './obligation-operations';
import type { DeedDialogProps } from './pledge-deeds';
import { checkReason, ReasonInput } from './reason-input';
import { owedOf } from './remains';
import { useDeed } from './use-deed';

/** The amount stays empty: how much is forgiven is for the supporter to say. */
export function WriteOffDialog({ pledge, close }: DeedDialogProps) {
  const { t } = useTranslation(['obligations', 'contracting']);
  const owed = owedOf(pledge);
  const { currency } = owed;
  const community = pledge.community.name;
  const form = useForm({
    initialValues: { amount: '', reason: '' },
    validate: checkedBy((check, values) => {
      const amountMinor = parseAmount(values.amount, currency);
      if (amountMinor === null || amountMinor <= 0n)
        check.refuse('amount', t('contracting:amountProblem', { currency }));
      checkReason(check, values.reason);
    }),
  });
  const forgive = useDeed(WRITE_OFF_LOAN, {
    form,
    close,
    pledgeOf: (data) => data.writeOffLoan,
    said: () => {
      const amountMinor = `${parseAmount(form.getValues().amount, currency) ?? 0n}`;
      return t('writeOff.done', { amount: formatAmount({ amountMinor, currency }), community });
    },
  });
  const submit = form.onSubmit(({ amount, reason }) => {
    const amountMinor = parseAmount(amount, currency);
    if (amountMinor !== null)
      void forgive.run({ pledgeId: pledge.id, amount: { amountMinor: `${amountMinor}`, currency }, reason });
  }, focusFirstError);
  return (
    <Dialog opened close={close} title={t('writeOff.title', { community })}>
      <FormFailure failure={forgive.failure} />
      <Text>{t('writeOff.what', { owed: formatAmount(owed) })}</Text>
      <form noValidate onSubmit={submit}>
        <Stack>
          <AmountInput label={t('writeOff.amount')} currency={currency} {...form.getInputProps('amount')} />
          <ReasonInput {...form.getInputProps('reason')} />
          <Button type="submit" color="brick" loading={forgive.busy}>
            {t('writeOff.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
