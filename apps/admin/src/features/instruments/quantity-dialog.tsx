import type { TypedDocumentNode } from '@apollo/client';
import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { formatMilli, parseMilli } from '#kernel';
import type { RecordReceiptInput } from '~/generated/graphql';
import type { DeedDialogProps } from '~/features/contracting/pledge-deeds';
import { useDeed } from '~/features/contracting/use-deed';
import type { PledgeShown } from '~/features/contracting/use-contract';
import { Dialog } from '~/ui/dialog';
import { today } from '~/ui/format';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { checkedBy, focusFirstError } from '~/ui/validation';
import { contributionWords, givenWords } from './given-words';
import { RECORD_RECEIPT, RECORD_RETURN } from './operations';
import { checkDecimal, decimalOf } from './threshold-form';

interface QuantityDialogProps<Data> extends DeedDialogProps {
  readonly document: TypedDocumentNode<Data, { input: RecordReceiptInput }>;
  readonly pledgeOf: (data: Data) => PledgeShown;
  readonly which: 'receipt' | 'giveBack';
  /** What is likely meant. */
  readonly proposed: string;
}

/** How much, on which day, and a note: for what comes in and for what goes back. */
function QuantityDialog<Data>({
  pledge,
  close,
  document,
  pledgeOf,
  which,
  proposed,
}: QuantityDialogProps<Data>) {
  const { t } = useTranslation('instruments');
  const community = pledge.community.name;
  const form = useForm({
    initialValues: { quantity: proposed, happenedOn: today(), note: '' },
    validate: checkedBy((check, values) => {
      checkDecimal(check, 'quantity', values.quantity);
      check.day('happenedOn', values.happenedOn, t('deed.dayName'));
    }),
  });
  const record = useDeed(document, {
    form,
    close,
    pledgeOf,
    said: () => {
      const quantity = decimalOf(form.getValues().quantity);
      return t(`${which}.done`, { what: contributionWords('goods', { ...pledge, quantity }), community });
    },
  });
  const submit = form.onSubmit(
    ({ quantity, happenedOn, note }) =>
      void record.run({
        pledgeId: pledge.id,
        quantity: decimalOf(quantity),
        happenedOn,
        ...(note.trim() !== '' && { note }),
      }),
    focusFirstError,
  );
  return (
    <Dialog opened close={close} title={t(`${which}.title`, { community })}>
      <FormFailure failure={record.failure} />
      <Text>{t(`${which}.what`, { what: givenWords(pledge) })}</Text>
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('deed.quantity', { unit: pledge.unit, name: pledge.item })}
            inputMode="decimal"
            autoComplete="off"
            {...form.getInputProps('quantity')}
          />
          <DayInput label={t(`${which}.day`)} {...form.getInputProps('happenedOn')} />
          <Textarea label={t('deed.note')} description={t('deed.noteHint')} {...form.getInputProps('note')} />
          <Button type="submit" loading={record.busy}>
            {t(`${which}.submit`)}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What is still to come stands in the field; more or less may have come. */
export function ReceiptDialog({ pledge, close }: DeedDialogProps) {
  const open = milliOf(pledge.quantity) - milliOf(pledge.receivedQuantity);
  return (
    <QuantityDialog
      pledge={pledge}
      close={close}
      document={RECORD_RECEIPT}
      pledgeOf={(data) => data.recordReceipt}
      which="receipt"
      proposed={open > 0n ? formatMilli(open) : ''}
    />
  );
}

/** A tool goes back to its owner. */
export function ReturnDialog({ pledge, close }: DeedDialogProps) {
  const returned = pledge.contributions
    .filter(({ kind, isReversed }) => kind === 'returned' && !isReversed)
    .reduce((sum, { quantity }) => sum + milliOf(quantity), 0n);
  return (
    <QuantityDialog
      pledge={pledge}
      close={close}
      document={RECORD_RETURN}
      pledgeOf={(data) => data.recordReturn}
      which="giveBack"
      proposed={formatMilli(milliOf(pledge.receivedQuantity) - returned)}
    />
  );
}

function milliOf(decimal: string | null): bigint {
  return parseMilli(decimal ?? '0') ?? 0n;
}
