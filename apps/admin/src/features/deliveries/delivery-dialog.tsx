import { Button, NativeSelect, NumberInput, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { ContractShown } from '~/features/contracting/use-contract';
import { Dialog } from '~/ui/dialog';
import { today } from '~/ui/format';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { productOfLine } from './delivery-words';
import { RECORD_DELIVERY } from './operations';

interface DeliveryDialogProps {
  readonly contract: ContractShown;
  readonly close: () => void;
}

/** Units of one line that were handed over; those who received them accept or refuse them. */
export function DeliveryDialog({ contract, close }: DeliveryDialogProps) {
  const { t } = useTranslation('deliveries');
  const form = useForm<{ line: string; quantity: number | string; deliveredOn: string; note: string }>({
    initialValues: { line: '1', quantity: '', deliveredOn: today(), note: '' },
    validate: checkedBy((check, values) => {
      check.integer('quantity', typeof values.quantity === 'number' ? values.quantity : null, {
        min: 1,
        max: LIMITS.quantityMax,
        name: t('record.quantityName'),
      });
      check.day('deliveredOn', values.deliveredOn, t('record.dayName'));
    }),
  });
  const record = useIntent(RECORD_DELIVERY, {
    done: () => {
      toastDone(t('record.done'));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ line, quantity, deliveredOn, note }) =>
      void record.run({
        contractId: contract.id,
        line: Number(line),
        quantity: Number(quantity),
        deliveredOn,
        ...(note.trim() !== '' && { note }),
      }),
    focusFirstError,
  );
  return (
    <Dialog opened close={close} title={t('record.title')}>
      <FormFailure failure={record.failure} />
      <form noValidate onSubmit={submit}>
        <Stack>
          <NativeSelect
            label={t('record.line')}
            data={contract.deliverables.map(({ position, receiver }) => ({
              value: `${position}`,
              label: t('record.lineWords', {
                product: productOfLine(contract, position),
                receiver: receiver.name,
              }),
            }))}
            {...form.getInputProps('line')}
          />
          <NumberInput
            label={t('record.quantity')}
            min={1}
            allowDecimal={false}
            inputMode="numeric"
            {...form.getInputProps('quantity')}
          />
          <DayInput label={t('record.day')} {...form.getInputProps('deliveredOn')} />
          <Textarea
            label={t('record.note')}
            description={t('record.noteHint')}
            {...form.getInputProps('note')}
          />
          <Button type="submit" loading={record.busy}>
            {t('record.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
