import { Button, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { NeedLineFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CLOSE_NEED } from './operations';

export function CloseNeedDialog({ need, opened, close }: DialogProps & { readonly need: NeedLineFragment }) {
  const { t } = useTranslation('needs');
  const form = useForm({
    initialValues: { reason: '' },
    validate: checkedBy((check, values) => {
      check.text('reason', values.reason, { max: LIMITS.noteCharsMax, name: t('close.reasonName') });
    }),
  });
  const closing = useIntent(CLOSE_NEED, {
    keyed: false,
    done: () => {
      toastDone(t('close.done'));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Dialog opened={opened} close={close} title={t('close.title')}>
      <FormFailure failure={closing.failure} />
      <Text>{t('close.what')}</Text>
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ reason }) => void closing.run({ needId: need.id, reason }),
          focusFirstError,
        )}
      >
        <Textarea label={t('close.reason')} mb="md" {...form.getInputProps('reason')} />
        <Button type="submit" color="brick" loading={closing.busy} fullWidth>
          {t('close.confirm')}
        </Button>
      </form>
    </Dialog>
  );
}
