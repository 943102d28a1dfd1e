import { useQuery } from '@apollo/client/react';
import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import { Dialog, type DialogProps } from '~/ui/dialog';
import type { SetUpQuery } from '~/generated/graphql';
import { AmountInput, FormFailure } from '~/ui/form-parts';
import { editableAmount, parseAmount } from '~/ui/format';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { HOURS } from './hours-operations';
import {
  CREATE_WORK_CENTRE,
  QUALIFICATIONS,
  RETIRE_WORK_CENTRE,
  UPDATE_WORK_CENTRE,
} from './set-up-operations';

export type WorkCentreShown = SetUpQuery['fablabSections'][number]['workCentres'][number];

interface WorkCentreDialogProps extends DialogProps {
  readonly section: { readonly id: string; readonly name: string };
  readonly fablabId: string;
  /** Null makes a new one. */
  readonly centre: WorkCentreShown | null;
}

const PLACES_MAX = 100;

interface WorkCentreValues {
  readonly name: string;
  readonly capacity: number | string;
  readonly requiredQualificationIds: string[];
  readonly cost: string;
  readonly calendarId: string;
}

export function WorkCentreDialog({ section, fablabId, centre, opened, close }: WorkCentreDialogProps) {
  const { t } = useTranslation(['workshop', 'machines']);
  const hours = useQuery(HOURS, { variables: { fablabId } });
  const currency = hours.data?.workshopSetting.currency ?? centre?.hourlyCost?.currency ?? 'EUR';
  const { data } = useQuery(QUALIFICATIONS, { variables: { fablabId } });
  const form = useForm<WorkCentreValues>({
    initialValues: {
      name: centre?.name ?? '',
      capacity: centre?.capacity ?? 1,
      requiredQualificationIds: (centre?.requiredQualifications ?? []).map((each) => each.id),
      cost: centre?.hourlyCost ? editableAmount(centre.hourlyCost) : '',
      calendarId: centre?.calendar?.id ?? '',
    },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('setUp.workCentreNameName') });
      const capacity = typeof values.capacity === 'number' ? values.capacity : null;
      check.integer('capacity', capacity, { min: 1, max: PLACES_MAX, name: t('setUp.placesName') });
      if (values.cost.trim() !== '' && parseAmount(values.cost, currency) === null)
        check.refuse('cost', t('centre.costProblem', { ns: 'machines' }));
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
  const saved = {
    keyed: false,
    refetch: ['SetUp'],
    done: () => {
      toastDone(t('centre.done', { ns: 'machines', name: form.getValues().name }));
      close();
    },
    refused: (failure: Parameters<typeof showProblems>[1]) => {
      showProblems(form, failure);
      return true;
    },
  };
  const update = useIntent(UPDATE_WORK_CENTRE, saved);
  const retire = useIntent(RETIRE_WORK_CENTRE, saved);
  const submit = form.onSubmit(({ capacity, cost, calendarId, ...rest }) => {
    const amountMinor = parseAmount(cost, currency);
    if (centre === null) {
      void create.run({ sectionId: section.id, capacity: Number(capacity), ...rest });
      return;
    }
    void update.run({
      workCentreId: centre.id,
      capacity: Number(capacity),
      ...rest,
      ...(amountMinor !== null && { hourlyCost: { amountMinor: amountMinor.toString(), currency } }),
      ...(calendarId !== '' && { calendarId }),
    });
  }, focusFirstError);
  const qualifications = data?.qualifications ?? [];
  return (
    <Dialog
      opened={opened}
      close={close}
      title={
        centre
          ? t('centre.title', { ns: 'machines', name: centre.name })
          : t('setUp.newWorkCentreIn', { section: section.name })
      }
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <FormFailure failure={create.failure ?? update.failure ?? retire.failure} />
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
          {centre && (
            <>
              <AmountInput
                label={t('centre.cost', { ns: 'machines' })}
                currency={currency}
                {...form.getInputProps('cost')}
              />
              <NativeSelect
                label={t('centre.calendar', { ns: 'machines' })}
                data={[
                  { value: '', label: t('centre.always', { ns: 'machines' }) },
                  ...(hours.data?.calendars ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
                {...form.getInputProps('calendarId')}
              />
            </>
          )}
          <Group>
            <Button type="submit" loading={create.busy || update.busy}>
              {centre ? t('centre.save', { ns: 'machines' }) : t('setUp.newWorkCentre')}
            </Button>
            {centre && (
              <Button
                variant="default"
                loading={retire.busy}
                onClick={() => void retire.run({ workCentreId: centre.id })}
              >
                {t('centre.retire', { ns: 'machines' })}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
