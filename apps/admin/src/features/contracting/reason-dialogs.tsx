import type { TypedDocumentNode } from '@apollo/client';
import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Dialog } from '~/ui/dialog';
import { formatAmount, formatDay, type Amount } from '~/ui/format';
import { FormFailure } from '~/ui/form-parts';
import { checkedBy, focusFirstError } from '~/ui/validation';
import { REVERSE_PAYMENT, REVERSE_REPAYMENT, WAIVE_PLEDGE } from './obligation-operations';
import type { DeedDialogProps } from './pledge-deeds';
import { checkReason, ReasonInput } from './reason-input';
import { useDeed } from './use-deed';
import type { PledgeShown } from './use-contract';

/** A payment or a repayment that was recorded wrongly. */
export interface Mistake {
  readonly id: string;
  readonly amount: Amount;
  readonly valueDate: string;
}

interface ReasonDialogProps<Data, Input extends object> {
  readonly document: TypedDocumentNode<Data, { input: Input }>;
  readonly inputFor: (reason: string) => Omit<Input, 'idempotencyKey'>;
  readonly pledgeOf: (data: Data) => PledgeShown;
  readonly words: {
    readonly title: string;
    readonly what: string;
    readonly submit: string;
    readonly done: string;
  };
  readonly close: () => void;
}

/** What is done at once and needs nothing but a public reason. */
export function ReasonDialog<Data, Input extends object>(props: ReasonDialogProps<Data, Input>) {
  const { document, inputFor, pledgeOf, words, close } = props;
  const form = useForm({
    initialValues: { reason: '' },
    validate: checkedBy((check, values) => checkReason(check, values.reason)),
  });
  const deed = useDeed(document, { form, close, pledgeOf, said: () => words.done });
  return (
    <Dialog opened close={close} title={words.title}>
      <FormFailure failure={deed.failure} />
      <Text>{words.what}</Text>
      <form
        noValidate
        onSubmit={form.onSubmit(({ reason }) => void deed.run(inputFor(reason)), focusFirstError)}
      >
        <Stack>
          <ReasonInput {...form.getInputProps('reason')} />
          <Button type="submit" color="brick" loading={deed.busy}>
            {words.submit}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

export function WaiveDialog({ pledge, close }: DeedDialogProps) {
  const { t } = useTranslation('obligations');
  const community = pledge.community.name;
  const amount = formatAmount(pledge.obligation.outstanding);
  return (
    <ReasonDialog
      document={WAIVE_PLEDGE}
      inputFor={(reason) => ({ pledgeId: pledge.id, reason })}
      pledgeOf={(data) => data.waivePledge}
      words={{
        title: t('waive.title', { community }),
        what: t('waive.what', { amount, community }),
        submit: t('waive.submit', { amount }),
        done: t('waive.done', { amount, community }),
      }}
      close={close}
    />
  );
}

export function ReversePaymentDialog({
  pledge,
  mistake,
  close,
}: DeedDialogProps & { readonly mistake: Mistake }) {
  const { t } = useTranslation('obligations');
  const amount = formatAmount(mistake.amount);
  const day = formatDay(mistake.valueDate);
  return (
    <ReasonDialog
      document={REVERSE_PAYMENT}
      inputFor={(reason) => ({ paymentId: mistake.id, reason })}
      pledgeOf={(data) => data.reversePayment}
      words={{
        title: t('reversePayment.title'),
        what: t('reversePayment.what', { amount, community: pledge.community.name, day }),
        submit: t('reversePayment.submit'),
        done: t('reversePayment.done', { amount }),
      }}
      close={close}
    />
  );
}

export function ReverseRepaymentDialog({
  pledge,
  mistake,
  close,
}: DeedDialogProps & { readonly mistake: Mistake }) {
  const { t } = useTranslation('obligations');
  const amount = formatAmount(mistake.amount);
  const day = formatDay(mistake.valueDate);
  return (
    <ReasonDialog
      document={REVERSE_REPAYMENT}
      inputFor={(reason) => ({ repaymentId: mistake.id, reason })}
      pledgeOf={(data) => data.reverseRepayment}
      words={{
        title: t('reverseRepayment.title'),
        what: t('reverseRepayment.what', { amount, community: pledge.community.name, day }),
        submit: t('reverseRepayment.submit'),
        done: t('reverseRepayment.done', { amount }),
      }}
      close={close}
    />
  );
}
