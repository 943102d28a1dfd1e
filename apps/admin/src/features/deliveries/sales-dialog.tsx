import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ContractShown } from '~/features/contracting/use-contract';
import { Dialog } from '~/ui/dialog';
import { parseAmount, today } from '~/ui/format';
import { AmountInput, DayInput, FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { RECORD_PREMIUM_SALES } from './operations';

interface SalesDialogProps {
  readonly contract: ContractShown;
  readonly close: () => void;
}

/** What premium sales brought in a period: loans that are returned from them become due by it. */
export function SalesDialog({ contract, close }: SalesDialogProps) {
  const { t } = useTranslation('deliveries');
  const { currency } = contract;
  const form = useForm({
    initialValues: { amount: '', fromDay: '', toDay: today() },
    validate: checkedBy((check, values) => {
      const minor = parseAmount(values.amount, currency);
      if (minor === null || minor <= 0n) check.refuse('amount', t('sales.amountProblem', { currency }));
      check.day('fromDay', values.fromDay, t('sales.fromName'));
      check.day('toDay', values.toDay, t('sales.toName'));
    }),
  });
  const record = useIntent(RECORD_PREMIUM_SALES, {
    done: () => {
      toastDone(t('sales.done'));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ amount, fromDay, toDay }) =>
      void record.run({
        contractId: contract.id,
        amount: { amountMinor: `${parseAmount(amount, currency) ?? 0n}`, currency },
        fromDay,
        toDay,
      }),
    focusFirstError,
  );
  return (
    <Dialog opened close={close} title={t('sales.title')}>
      <FormFailure failure={record.failure} />
      <Text>{t('sales.what')}</Text>
      <form noValidate onSubmit={submit}>
        <Stack>
          <AmountInput label={t('sales.amount')} currency={currency} {...form.getInputProps('amount')} />
          <DayInput label={t('sales.from')} {...form.getInputProps('fromDay')} />
          <DayInput label={t('sales.to')} {...form.getInputProps('toDay')} />
          <Button type="submit" loading={record.busy}>
            {t('sales.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
