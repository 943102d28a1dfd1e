import { Button, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import { DayInput, FormFailure } from '~/ui/form-parts';
import type { Failure } from '~/ui/failure';
import { checkedBy, focusFirstError } from '~/ui/validation';

interface WordsFormProps {
  readonly hint?: string;
  readonly isPublic: boolean;
  /** For whom the person can speak. */
  readonly communities: readonly { readonly id: string; readonly name: string }[];
  readonly withDay?: boolean;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly submit: (words: {
    readonly communityId: string;
    readonly text: string;
    readonly meetsOn: string | null;
  }) => void;
}

/** What somebody says in a thread, and for which community. */
export function WordsForm({ hint, isPublic, communities, withDay, busy, failure, submit }: WordsFormProps) {
  const { t } = useTranslation('questions');
  const form = useForm({
    initialValues: { communityId: communities[0]?.id ?? '', text: '', meetsOn: '' },
    validate: checkedBy((check, values) => {
      check.text('text', values.text, { max: LIMITS.noteCharsMax, name: t('textName') });
      if (values.meetsOn !== '') check.day('meetsOn', values.meetsOn, t('meetsOnName'));
    }),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => submit({ ...values, meetsOn: values.meetsOn === '' ? null : values.meetsOn }),
        focusFirstError,
      )}
    >
      <Stack>
        <FormFailure failure={failure} />
        {hint && <Text>{hint}</Text>}
        {communities.length > 1 && (
          <NativeSelect
            label={t('community')}
            data={communities.map((each) => ({ value: each.id, label: each.name }))}
            {...form.getInputProps('communityId')}
          />
        )}
        <Textarea
          label={t('text')}
          description={isPublic ? t('publicWords') : t('privateWords')}
          minRows={3}
          autosize
          {...form.getInputProps('text')}
        />
        {withDay && <DayInput label={t('meetsOn')} {...form.getInputProps('meetsOn')} />}
        <Button type="submit" loading={busy}>
          {t('send')}
        </Button>
      </Stack>
    </form>
  );
}
