import { Button, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { HoursQuery, SaveCalendarInput } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { SAVE_CALENDAR } from './hours-operations';
import { WeekFields } from './week-fields';
import { openingsText, readOpenings, readWeekText, weekProblems, weekText } from './week-text';

export type CalendarShown = HoursQuery['calendars'][number];

interface CalendarDialogProps extends DialogProps {
  readonly fablabId: string;
  /** Null makes a new one. */
  readonly calendar: CalendarShown | null;
}

type Exception = SaveCalendarInput['exceptions'][number];

/** `2027-01-02 Open day 10:00-12:00`: a day, a reason, and hours when it is open nevertheless. */
function readException(line: string): Exception | null {
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})\s+(\S.*)$/.exec(line) ?? [];
  if (day === undefined || rest === undefined) return null;
  const [, reason = rest, hours = ''] = /^(.*?\S)\s+(\d{1,2}:\d{2}\s*[-–].*)$/.exec(rest) ?? [];
  const openings = readOpenings(hours);
  return openings && { day, reason, openings };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function CalendarDialog({ fablabId, calendar, opened, close }: CalendarDialogProps) {
  const { t } = useTranslation('machines');
  const form = useForm({
    initialValues: {
      name: calendar?.name ?? '',
      week: weekText(calendar?.week ?? []),
      exceptions: (calendar?.exceptions ?? [])
        .map(({ day, reason, openings }) => `${day} ${reason} ${openingsText(openings)}`.trim())
        .join('\n'),
    },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('hours.nameName') });
      for (const day of weekProblems(values.week)) check.refuse(`week.${day}`, t('hours.openProblem'));
      const wrong = linesOf(values.exceptions).findIndex((line) => readException(line) === null);
      if (wrong >= 0) check.refuse('exceptions', t('hours.exceptionProblem', { line: wrong + 1 }));
    }),
  });
  const save = useIntent(SAVE_CALENDAR, {
    keyed: false,
    refetch: ['Hours'],
    done: ({ saveCalendar }) => {
      toastDone(t('hours.done', { name: saveCalendar.name }));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ name, week, exceptions }) =>
      void save.run({
        fablabId,
        ...(calendar && { calendarId: calendar.id }),
        name,
        week: readWeekText(week),
        exceptions: linesOf(exceptions).flatMap((line) => readException(line) ?? []),
      }),
    focusFirstError,
  );
  return (
    <Dialog
      opened={opened}
      close={close}
      title={calendar ? t('hours.change', { name: calendar.name }) : t('hours.new')}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <FormFailure failure={save.failure} />
          <TextInput label={t('hours.name')} {...form.getInputProps('name')} />
          <Title order={3}>{t('hours.week')}</Title>
          <WeekFields hint={t('hours.weekHint')} inputOf={(day) => form.getInputProps(`week.${day}`)} />
          <Textarea
            label={t('hours.exceptions')}
            description={t('hours.exceptionsHint')}
            autosize
            minRows={3}
            {...form.getInputProps('exceptions')}
          />
          <Button type="submit" loading={save.busy}>
            {t('hours.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
