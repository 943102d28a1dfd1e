import { Button, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { REPAIR_MACHINE, REPORT_BREAKDOWN, START_MAINTENANCE } from './machine-operations';

export type MachineDeed = 'report' | 'repair' | 'maintain';

interface MachineDeedDialogProps extends DialogProps {
  readonly deed: MachineDeed;
  readonly machine: { readonly id: string; readonly name: string };
}

const REASON_CHARS_MAX = 500;

/** One line about what is wrong, or what was done: it is what the next person reads. */
export function MachineDeedDialog({ deed, machine, opened, close }: MachineDeedDialogProps) {
  const { t } = useTranslation('machines');
  const form = useForm({
    initialValues: { reason: '' },
    validate: checkedBy((check, { reason }) => {
      const limit = { max: REASON_CHARS_MAX, name: t('reasonName') };
      if (deed === 'repair') check.optionalText('reason', reason, limit);
      else check.text('reason', reason, limit);
    }),
  });
  const options = {
    refetch: ['Machine'],
    done: () => {
      toastDone(t(`${deed}.done`, { name: machine.name }));
      close();
    },
    refused: (failure: Parameters<typeof showProblems>[1]) => {
      showProblems(form, failure);
      return true;
    },
  };
  const report = useIntent(REPORT_BREAKDOWN, options);
  const repair = useIntent(REPAIR_MACHINE, options);
  const maintain = useIntent(START_MAINTENANCE, options);
  const intent = { report, repair, maintain }[deed];
  const submit = form.onSubmit(({ reason }) => {
    const input = { machineId: machine.id, reason };
    void intent.run(input);
  }, focusFirstError);
  return (
    <Dialog opened={opened} close={close} title={t(`${deed}.title`, { name: machine.name })}>
      <form noValidate onSubmit={submit}>
        <FormFailure failure={intent.failure} />
        <Text mb="sm">{t(`${deed}.what`)}</Text>
        <Textarea
          label={t(`${deed}.reason`)}
          autosize
          minRows={2}
          mb="md"
          {...form.getInputProps('reason')}
        />
        <Button
          type="submit"
          size="lg"
          mih={60}
          fullWidth
          {...(deed === 'report' && { color: 'brick' })}
          loading={intent.busy}
        >
          {t(`${deed}.confirm`)}
        </Button>
      </form>
    </Dialog>
  );
}
