import { Alert, Text, TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Failure } from './failure';

/** The server's sentence above a form; the fields below carry their own. */
export function FormFailure({ failure }: { readonly failure: Failure | null }) {
  const { t } = useTranslation();
  if (!failure) return null;
  return (
    <Alert color="brick" variant="outline" role="alert" title={t('error.notDone')}>
      {failure.problems.length > 1 ? (
        <ul style={{ margin: 0, paddingLeft: '1.1rem' }}>
          {failure.problems.map((problem) => (
            <li key={problem.field + problem.message}>{problem.message}</li>
          ))}
        </ul>
      ) : (
        failure.message
      )}
    </Alert>
  );
}

/** An amount as people write it; the currency stands beside it. */
export function AmountInput({ currency, ...rest }: TextInputProps & { readonly currency: string }) {
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      rightSectionWidth={58}
      rightSectionPointerEvents="none"
      rightSection={
        <Text size="sm" c="dimmed" aria-hidden>
          {currency}
        </Text>
      }
      {...rest}
    />
  );
}

/** The system's own day picker: known to its owner, and good on a phone. */
export function DayInput(props: TextInputProps) {
  return <TextInput type="date" {...props} />;
}
