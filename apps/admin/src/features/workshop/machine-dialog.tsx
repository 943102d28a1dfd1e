import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CREATE_MACHINE, RETIRE_MACHINE, UPDATE_MACHINE } from './machine-operations';

export interface MachineShown {
  readonly id: string;
  readonly name: string;
  readonly inspectedOn: string | null;
  readonly inspectionDueOn: string | null;
}

interface MachineDialogProps extends DialogProps {
  readonly workCentre: { readonly id: string; readonly name: string };
  /** Null makes a new one. */
  readonly machine: MachineShown | null;
}

export function MachineDialog({ workCentre, machine, opened, close }: MachineDialogProps) {
  const { t } = useTranslation('machines');
  const form = useForm({
    initialValues: {
      name: machine?.name ?? '',
      inspectedOn: machine?.inspectedOn ?? '',
      inspectionDueOn: machine?.inspectionDueOn ?? '',
    },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('edit.nameName') });
    }),
  });
  const options = {
    keyed: false,
    refetch: ['SetUp'],
    done: () => {
      toastDone(t('edit.done', { name: form.getValues().name }));
      close();
    },
    refused: (failure: Parameters<typeof showProblems>[1]) => {
      showProblems(form, failure);
      return true;
    },
  };
  const create = useIntent(CREATE_MACHINE, options);
  const update = useIntent(UPDATE_MACHINE, options);
  const retire = useIntent(RETIRE_MACHINE, options);
  const submit = form.onSubmit(({ name, inspectedOn, inspectionDueOn }) => {
    const facts = {
      name,
      ...(inspectedOn !== '' && { inspectedOn }),
      ...(inspectionDueOn !== '' && { inspectionDueOn }),
    };
    void (machine
      ? update.run({ machineId: machine.id, ...facts })
      : create.run({ workCentreId: workCentre.id, ...facts }));
  }, focusFirstError);
  return (
    <Dialog
      opened={opened}
      close={close}
      title={
        machine ? t('edit.title', { name: machine.name }) : t('edit.newTitle', { name: workCentre.name })
      }
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <FormFailure failure={create.failure ?? update.failure ?? retire.failure} />
          <TextInput label={t('edit.name')} {...form.getInputProps('name')} />
          <DayInput label={t('facts.inspected')} {...form.getInputProps('inspectedOn')} />
          <DayInput label={t('facts.due')} {...form.getInputProps('inspectionDueOn')} />
          <Group>
            <Button type="submit" loading={create.busy || update.busy}>
              {machine ? t('edit.save') : t('edit.add')}
            </Button>
            {machine && (
              <Button
                variant="default"
                loading={retire.busy}
                onClick={() => void retire.run({ machineId: machine.id })}
              >
                {t('edit.retire')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
