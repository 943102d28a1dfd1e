import { useQuery } from '@apollo/client/react';
import { Button, Checkbox, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CREATE_WORK_CENTRE, QUALIFICATIONS } from './set-up-operations';

interface WorkCentreDialogProps extends DialogProps {
  readonly section: { readonly id: string; readonly name: string };
  readonly fablabId: string;
}

const PLACES_MAX = 100;

export function WorkCentreDialog({ section, fablabId, opened, close }: WorkCentreDialogProps) {
  const { t } = useTranslation('workshop');
  const { data } = useQuery(QUALIFICATIONS, { variables: { fablabId } });
  const form = useForm<{ name: string; capacity: number | string; requiredQualificationIds: string[] }>({
    initialValues: { name: '', capacity: 1, requiredQualificationIds: [] },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('setUp.workCentreNameName') });
      const capacity = typeof values.capacity === 'number' ? values.capacity : null;
      check.integer('capacity', capacity, { min: 1, max: PLACES_MAX, name: t('setUp.placesName') });
    }),
  });
  const create = useIntent(CREATE_WORK_CENTRE, {
    keyed: false,
    refetch: ['SetUp'],
    done: ({ createWorkCentre: centre }) => {
      toastDone(t('setUp.workCentreDone', { name: centre.name }));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ capacity, ...rest }) =>
      void create.run({ sectionId: section.id, capacity: Number(capacity), ...rest }),
    focusFirstError,
  );
  const qualifications = data?.qualifications ?? [];
  return (
    <Dialog opened={opened} close={close} title={t('setUp.newWorkCentreIn', { section: section.name })}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <FormFailure failure={create.failure} />
          <TextInput label={t('setUp.workCentreName')} {...form.getInputProps('name')} />
          <NumberInput
            label={t('setUp.places')}
            min={1}
            max={PLACES_MAX}
            allowDecimal={false}
            {...form.getInputProps('capacity')}
          />
          {qualifications.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('setUp.noQualifications')}
            </Text>
          ) : (
            <Checkbox.Group label={t('setUp.required')} {...form.getInputProps('requiredQualificationIds')}>
              <Stack gap="xs" mt="xs">
                {qualifications.map((each) => (
                  <Checkbox
                    key={each.id}
                    value={each.id}
                    label={`${each.name} · ${t(`setUp.kindName.${each.kind}`)}`}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          <Button type="submit" loading={create.busy}>
            {t('setUp.newWorkCentre')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
