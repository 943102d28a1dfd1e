import { Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WEEKDAYS, type Weekday } from './week-text';

/** A line for each day of the week, as hours are written on a door. */
export function WeekFields({
  inputOf,
  hint,
}: {
  readonly inputOf: (day: Weekday) => object;
  readonly hint: string;
}) {
  const { t } = useTranslation('machines');
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
      {WEEKDAYS.map((day) => (
        <TextInput key={day} label={t(`weekday.${day}`)} {...inputOf(day)} />
      ))}
    </Stack>
  );
}
