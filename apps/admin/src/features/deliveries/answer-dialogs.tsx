import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { checkReason, ReasonInput } from '~/features/contracting/reason-input';
import type { ContractShown } from '~/features/contracting/use-contract';
import { Dialog } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { productOfLine, type DeliveryShown } from './delivery-words';
import { ANSWER_DELIVERY } from './operations';

interface AnswerDialogProps {
  readonly contract: ContractShown;
  readonly delivery: DeliveryShown;
  readonly close: () => void;
}

/** Accepting settles what is owed in units, so it is asked once more. */
export function AcceptDialog({ contract, delivery, close }: AnswerDialogProps) {
  const { t } = useTranslation('deliveries');
  const words = { count: delivery.quantity, product: productOfLine(contract, delivery.line) };
  const answer = useIntent(ANSWER_DELIVERY, {
    done: () => {
      toastDone(t('accept.done', words));
      close();
    },
  });
  return (
    <Dialog opened close={close} title={t('accept.title', words)}>
      <FormFailure failure={answer.failure} />
      <Stack>
        <Text>{t('accept.what')}</Text>
        <Button
          loading={answer.busy}
          onClick={() => void answer.run({ deliveryId: delivery.id, isAccepted: true })}
        >
          {t('accept.submit')}
        </Button>
      </Stack>
    </Dialog>
  );
}

/** A refusal has a public reason, so that the fablab knows what to mend. */
export function RefuseDialog({ contract, delivery, close }: AnswerDialogProps) {
  const { t } = useTranslation('deliveries');
  const words = { count: delivery.quantity, product: productOfLine(contract, delivery.line) };
  const form = useForm({
    initialValues: { reason: '' },
    validate: checkedBy((check, values) => checkReason(check, values.reason)),
  });
  const answer = useIntent(ANSWER_DELIVERY, {
    done: () => {
      toastDone(t('refuse.done', words));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ reason }) => void answer.run({ deliveryId: delivery.id, isAccepted: false, reason }),
    focusFirstError,
  );
  return (
    <Dialog opened close={close} title={t('refuse.title', words)}>
      <FormFailure failure={answer.failure} />
      <form noValidate onSubmit={submit}>
        <Stack>
          <Text>{t('refuse.what')}</Text>
          <ReasonInput {...form.getInputProps('reason')} />
          <Button type="submit" color="brick" loading={answer.busy}>
            {t('refuse.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
