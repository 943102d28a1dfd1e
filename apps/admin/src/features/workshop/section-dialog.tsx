import { useQuery } from '@apollo/client/react';
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import { MEMBERS } from '~/features/identity/operations';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { RETIRE_SECTION, UPDATE_SECTION } from './set-up-operations';

interface SectionDialogProps extends DialogProps {
  readonly fablab: string;
  readonly section: {
    readonly id: string;
    readonly name: string;
    readonly coordinator: { readonly id: string } | null;
  };
}

export function SectionDialog({ fablab, section, opened, close }: SectionDialogProps) {
  const { t } = useTranslation('machines');
  const { data } = useQuery(MEMBERS, { variables: { slug: fablab } });
  const form = useForm({
    initialValues: { name: section.name, coordinatorId: section.coordinator?.id ?? '' },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('edit.nameName') });
    }),
  });
  const refused = (failure: Parameters<typeof showProblems>[1]): true => {
    showProblems(form, failure);
    return true;
  };
  const update = useIntent(UPDATE_SECTION, {
    keyed: false,
    refetch: ['SetUp'],
    done: ({ updateSection }) => {
      toastDone(t('section.done', { name: updateSection.name }));
      close();
    },
    refused,
  });
  const retire = useIntent(RETIRE_SECTION, {
    keyed: false,
    refetch: ['SetUp'],
    done: ({ retireSection }) => {
      toastDone(t('section.retired', { name: retireSection.name }));
      close();
    },
    refused,
  });
  const members = (data?.community?.members ?? []).map(({ person }) => ({
    value: person.id,
    label: person.displayName,
  }));
  return (
    <Dialog opened={opened} close={close} title={t('section.changeOf', { name: section.name })}>
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ name, coordinatorId }) =>
            void update.run({ sectionId: section.id, name, ...(coordinatorId !== '' && { coordinatorId }) }),
          focusFirstError,
        )}
      >
        <Stack>
          <FormFailure failure={update.failure ?? retire.failure} />
          <TextInput label={t('edit.name')} {...form.getInputProps('name')} />
          <NativeSelect
            label={t('section.coordinator')}
            data={[{ value: '', label: t('section.nobody') }, ...members]}
            {...form.getInputProps('coordinatorId')}
          />
          <Group>
            <Button type="submit" loading={update.busy}>
              {t('section.save')}
            </Button>
            <Button
              variant="default"
              loading={retire.busy}
              onClick={() => void retire.run({ sectionId: section.id })}
            >
              {t('section.retire')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
