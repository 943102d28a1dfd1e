import { Button, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { ContractDetailsFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { WITHDRAW_CONTRACT } from './operations';

export function WithdrawContractDialog({
  contract,
  opened,
  close,
}: DialogProps & { readonly contract: ContractDetailsFragment }) {
  const { t } = useTranslation('contracting');
  const form = useForm({
    initialValues: { reason: '' },
    validate: checkedBy((check, values) => {
      check.text('reason', values.reason, { max: LIMITS.noteCharsMax, name: t('withdraw.reasonName') });
    }),
  });
  const withdraw = useIntent(WITHDRAW_CONTRACT, {
    done: () => {
      toastDone(t('withdraw.done', { ref: contract.ref }));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Dialog opened={opened} close={close} title={t('withdraw.title', { ref: contract.ref })}>
      <FormFailure failure={withdraw.failure} />
      <Text>{contract.state === 'draft' ? t('withdraw.whatDraft') : t('withdraw.what')}</Text>
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ reason }) => void withdraw.run({ contractId: contract.id, reason }),
          focusFirstError,
        )}
      >
        <Textarea
          label={t('withdraw.reason')}
          description={t('withdraw.reasonHint')}
          mb="md"
          {...form.getInputProps('reason')}
        />
        <Button type="submit" color="brick" loading={withdraw.busy} fullWidth>
          {t('withdraw.confirm')}
        </Button>
      </form>
    </Dialog>
  );
}
