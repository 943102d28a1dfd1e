import { Button, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { WITHDRAW_QUALIFICATION } from './people-operations';

interface WithdrawDialogProps extends DialogProps {
  readonly grant: {
    readonly id: string;
    readonly person: { readonly displayName: string };
    readonly qualification: { readonly name: string };
  };
}

const REASON_CHARS_MAX = 500;

export function WithdrawDialog({ grant, opened, close }: WithdrawDialogProps) {
  const { t } = useTranslation('people');
  const names = { name: grant.person.displayName, qualification: grant.qualification.name };
  const form = useForm({
    initialValues: { reason: '' },
    validate: checkedBy((check, { reason }) => {
      check.text('reason', reason, { max: REASON_CHARS_MAX, name: t('withdraw.reasonName') });
    }),
  });
  const withdraw = useIntent(WITHDRAW_QUALIFICATION, {
    keyed: false,
    refetch: ['MakerQualifications'],
    done: () => {
      toastDone(t('withdraw.done', names));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Dialog opened={opened} close={close} title={t('withdraw.title', names)}>
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ reason }) => void withdraw.run({ grantId: grant.id, reason }),
          focusFirstError,
        )}
      >
        <FormFailure failure={withdraw.failure} />
        <Text mb="sm">{t('withdraw.what')}</Text>
        <Textarea
          label={t('withdraw.reason')}
          autosize
          minRows={2}
          mb="md"
          {...form.getInputProps('reason')}
        />
        <Button type="submit" color="brick" loading={withdraw.busy}>
          {t('withdraw.confirm')}
        </Button>
      </form>
    </Dialog>
  );
}
