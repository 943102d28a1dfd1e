import { useQuery } from '@apollo/client/react';
import {
  Button,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { HouseKind, SetUpQuery } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { formatDay } from '~/ui/format';
import { Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CARE_PLANS, CREATE_CARE_PLAN, CREATE_HOUSE_JOB, END_CARE_PLAN } from './care-operations';

interface CareCardProps {
  readonly fablabId: string;
  readonly sections: SetUpQuery['fablabSections'];
}

const KINDS = ['care', 'cleaning', 'teaching', 'documentation'] as const satisfies readonly HouseKind[];

/** What a fablab does for itself, once or again and again. */
export function CareCard({ fablabId, sections }: CareCardProps) {
  const { t } = useTranslation('care');
  const query = useQuery(CARE_PLANS, { variables: { fablabId } });
  const [adding, setAdding] = useState(false);
  const end = useIntent(END_CARE_PLAN, { keyed: false, refetch: ['CarePlans'] });
  return (
    <SectionCard title={t('title')} hint={t('hint')}>
      <Stack>
        <Loaded query={query}>
          {({ carePlans }) =>
            carePlans.length === 0 ? (
              <Text c="dimmed">{t('none')}</Text>
            ) : (
              <Rows>
                {carePlans.map((plan) => (
                  <Row
                    key={plan.id}
                    end={
                      <Button
                        variant="default"
                        size="sm"
                        mih={44}
                        loading={end.busy}
                        onClick={() => void end.run({ planId: plan.id })}
                        aria-label={t('endOf', { name: plan.name })}
                      >
                        {t('end')}
                      </Button>
                    }
                  >
                    <Text fw={600}>{plan.name}</Text>
                    <Text size="sm" c="dimmed">
                      {t(`kind.${plan.kind}`)}, {plan.workCentre.name},{' '}
                      {t('every', { count: plan.everyDays, day: formatDay(plan.nextOn) })}
                    </Text>
                  </Row>
                ))}
              </Rows>
            )
          }
        </Loaded>
        <Button variant="light" style={{ alignSelf: 'flex-start' }} onClick={() => setAdding(true)}>
          {t('add')}
        </Button>
      </Stack>
      {adding && <CareDialog sections={sections} opened close={() => setAdding(false)} />}
    </SectionCard>
  );
}

interface CareValues {
  readonly workCentreId: string;
  readonly kind: HouseKind;
  readonly name: string;
  readonly instructions: string;
  readonly minutes: number | string;
  readonly day: string;
  readonly recurs: boolean;
  readonly everyDays: number | string;
  readonly leadDays: number | string;
}

const NEW: CareValues = {
  workCentreId: '',
  kind: 'care',
  name: '',
  instructions: '',
  minutes: 30,
  day: '',
  recurs: false,
  everyDays: 30,
  leadDays: 3,
};

function CareDialog({ sections, opened, close }: DialogProps & Pick<CareCardProps, 'sections'>) {
  const { t } = useTranslation('care');
  const form = useForm<CareValues>({
    initialValues: NEW,
    validate: checkedBy((check, values) => {
      if (values.workCentreId === '') check.refuse('workCentreId', t('whereProblem'));
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('nameName') });
      const minutes = typeof values.minutes === 'number' ? values.minutes : null;
      check.integer('minutes', minutes, { min: 1, max: LIMITS.minutesMax, name: t('minutesName') });
      if (values.recurs || values.day !== '') check.day('day', values.day, t('dayName'));
    }),
  });
  const options = {
    refetch: ['CarePlans'],
    done: () => {
      toastDone(t('done', { name: form.getValues().name }));
      close();
    },
    refused: (failure: Parameters<typeof showProblems>[1]) => {
      showProblems(form, failure);
      return true;
    },
  };
  const create = useIntent(CREATE_HOUSE_JOB, options);
  const plan = useIntent(CREATE_CARE_PLAN, { ...options, keyed: false });
  const submit = form.onSubmit(({ day, recurs, everyDays, leadDays, instructions, minutes, ...rest }) => {
    const work = {
      ...rest,
      minutes: Number(minutes),
      ...(instructions.trim() !== '' && { instructions }),
    };
    void (recurs
      ? plan.run({ ...work, everyDays: Number(everyDays), leadDays: Number(leadDays), firstOn: day })
      : create.run({ ...work, ...(day !== '' && { dueOn: day }) }));
  }, focusFirstError);
  const places = sections.flatMap((section) =>
    section.workCentres.map((centre) => ({ value: centre.id, label: `${centre.name} (${section.name})` })),
  );
  return (
    <Dialog opened={opened} close={close} title={t('add')}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <FormFailure failure={create.failure ?? plan.failure} />
          <TextInput label={t('name')} {...form.getInputProps('name')} />
          <NativeSelect
            label={t('kindLabel')}
            data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            {...form.getInputProps('kind')}
          />
          <NativeSelect
            label={t('where')}
            data={[{ value: '', label: t('choose') }, ...places]}
            {...form.getInputProps('workCentreId')}
          />
          <NumberInput label={t('minutes')} min={1} allowDecimal={false} {...form.getInputProps('minutes')} />
          <Textarea label={t('instructions')} autosize minRows={2} {...form.getInputProps('instructions')} />
          <Switch label={t('recurs')} {...form.getInputProps('recurs', { type: 'checkbox' })} />
          <DayInput label={t(form.values.recurs ? 'first' : 'due')} {...form.getInputProps('day')} />
          {form.values.recurs && (
            <Group grow align="flex-start">
              <NumberInput
                label={t('everyDays')}
                min={1}
                allowDecimal={false}
                {...form.getInputProps('everyDays')}
              />
              <NumberInput
                label={t('leadDays')}
                min={0}
                allowDecimal={false}
                {...form.getInputProps('leadDays')}
              />
            </Group>
          )}
          <Button type="submit" loading={create.busy || plan.busy}>
            {t('save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
