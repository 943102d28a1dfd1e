import { useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { PeopleQuery } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { formatDay } from '~/ui/format';
import { Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import {
  ADD_ABSENCE,
  PEOPLE,
  REMOVE_ABSENCE,
  SAVE_MAKER_HOURS,
  SET_MAKER_VISITING,
} from './people-operations';
import { WeekFields } from './week-fields';
import { readWeekText, weekProblems, weekText } from './week-text';

type Times = PeopleQuery['makerTimes'][number];

interface TimesDialogProps extends DialogProps {
  readonly person: { readonly id: string; readonly displayName: string };
  readonly fablabId: string;
  readonly mayWrite: boolean;
}

/** When a maker is there: hours of a week, absences, and whether they are a visitor. */
export function TimesDialog({ person, fablabId, mayWrite, opened, close }: TimesDialogProps) {
  const { t } = useTranslation('people');
  const query = useQuery(PEOPLE, { variables: { fablabId } });
  return (
    <Dialog opened={opened} close={close} title={t('times.title', { name: person.displayName })}>
      <Loaded query={query}>
        {({ makerTimes }) => {
          const times = makerTimes.find((each) => each.person.id === person.id);
          const maker = { fablabId, personId: person.id };
          return (
            <Stack gap="lg">
              {mayWrite && <VisitingSwitch maker={maker} visiting={times?.visiting ?? false} />}
              <HoursForm maker={maker} week={times?.week ?? []} />
              <Absences maker={maker} absences={times?.absences ?? []} />
            </Stack>
          );
        }}
      </Loaded>
    </Dialog>
  );
}

interface OfMaker {
  readonly maker: { readonly fablabId: string; readonly personId: string };
}

function VisitingSwitch({ maker, visiting }: OfMaker & { readonly visiting: boolean }) {
  const { t } = useTranslation('people');
  const set = useIntent(SET_MAKER_VISITING, { keyed: false, refetch: ['People'] });
  return (
    <Switch
      label={t('times.visiting')}
      description={t('times.visitingHint')}
      checked={visiting}
      disabled={set.busy}
      onChange={(event) => void set.run({ ...maker, visiting: event.currentTarget.checked })}
    />
  );
}

function HoursForm({ maker, week }: OfMaker & { readonly week: Times['week'] }) {
  const { t } = useTranslation(['people', 'machines']);
  const form = useForm({
    initialValues: weekText(week),
    validate: checkedBy((check, values) => {
      for (const day of weekProblems(values)) check.refuse(day, t('hours.openProblem', { ns: 'machines' }));
    }),
  });
  const save = useIntent(SAVE_MAKER_HOURS, {
    keyed: false,
    refetch: ['People'],
    done: () => toastDone(t('times.done')),
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => void save.run({ ...maker, week: readWeekText(values) }),
        focusFirstError,
      )}
    >
      <Stack>
        <Title order={3}>{t('times.hours')}</Title>
        <FormFailure failure={save.failure} />
        <WeekFields hint={t('times.hoursHint')} inputOf={(day) => form.getInputProps(day)} />
        <Button type="submit" loading={save.busy}>
          {t('times.save')}
        </Button>
      </Stack>
    </form>
  );
}

function Absences({ maker, absences }: OfMaker & { readonly absences: Times['absences'] }) {
  const { t } = useTranslation('people');
  const form = useForm({
    initialValues: { fromDay: '', toDay: '' },
    validate: checkedBy((check, values) => {
      check.day('fromDay', values.fromDay, t('stays.fromName'));
      check.day('toDay', values.toDay, t('stays.toName'));
    }),
  });
  const add = useIntent(ADD_ABSENCE, {
    keyed: false,
    refetch: ['People'],
    done: () => form.reset(),
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const remove = useIntent(REMOVE_ABSENCE, { keyed: false, refetch: ['People'] });
  return (
    <Stack>
      <Title order={3}>{t('times.absences')}</Title>
      {absences.length === 0 && <Text c="dimmed">{t('times.noAbsence')}</Text>}
      <Rows>
        {absences.map((absence) => {
          const days = t('stays.days', { from: formatDay(absence.fromDay), to: formatDay(absence.toDay) });
          return (
            <Row
              key={absence.id}
              end={
                <Button
                  variant="default"
                  size="sm"
                  mih={44}
                  loading={remove.busy}
                  onClick={() => void remove.run({ absenceId: absence.id })}
                  aria-label={t('times.removeOf', { days })}
                >
                  {t('times.remove')}
                </Button>
              }
            >
              <Text>{days}</Text>
            </Row>
          );
        })}
      </Rows>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => void add.run({ ...maker, ...values }), focusFirstError)}
      >
        <Stack>
          <FormFailure failure={add.failure} />
          <Group grow align="flex-start">
            <DayInput label={t('times.awayFrom')} {...form.getInputProps('fromDay')} />
            <DayInput label={t('times.awayTo')} {...form.getInputProps('toDay')} />
          </Group>
          <Button type="submit" variant="light" loading={add.busy} style={{ alignSelf: 'flex-start' }}>
            {t('times.addAbsence')}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
