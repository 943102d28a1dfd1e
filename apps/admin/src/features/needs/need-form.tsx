import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { Contribution, NeedLineFragment } from '~/generated/graphql';
import { i18next } from '~/app/i18n';
import { DayInput } from '~/ui/form-parts';
import { SectionCard } from '~/ui/section-card';
import { checkedBy, focusFirstError } from '~/ui/validation';

export interface NeedValues {
  readonly title: string;
  readonly purpose: string;
  readonly quantity: string;
  readonly wantedBy: string;
  readonly place: string;
  readonly brings: Contribution[];
}

const CONTRIBUTIONS = ['money', 'hours', 'material'] as const satisfies readonly Contribution[];

export function useNeedForm(need: NeedLineFragment | null, place = ''): UseFormReturnType<NeedValues> {
  return useForm<NeedValues>({
    initialValues: {
      title: need?.title ?? '',
      purpose: need?.purpose ?? '',
      quantity: need?.quantity ?? '',
      wantedBy: need?.wantedBy ?? '',
      place: need?.place ?? place,
      brings: need?.brings ?? [],
    },
    validate: checkedBy((check, values) => {
      const t = i18next.getFixedT(null, 'needs');
      check.text('title', values.title, { max: LIMITS.titleCharsMax, name: t('form.titleName') });
      check.text('purpose', values.purpose, { max: LIMITS.summaryCharsMax, name: t('form.purposeName') });
      check.text('quantity', values.quantity, { max: LIMITS.nameCharsMax, name: t('form.quantityName') });
      check.text('place', values.place, { max: LIMITS.nameCharsMax, name: t('form.placeName') });
      if (values.wantedBy !== '') check.day('wantedBy', values.wantedBy, t('form.wantedByName'));
    }),
  });
}

interface NeedFormProps {
  readonly form: UseFormReturnType<NeedValues>;
  readonly submitLabel: string;
  readonly busy: boolean;
  readonly submit: (values: Omit<NeedValues, 'wantedBy'> & { readonly wantedBy: string | null }) => void;
}

export function NeedForm({ form, submitLabel, busy, submit }: NeedFormProps) {
  const { t } = useTranslation('needs');
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => submit({ ...values, wantedBy: values.wantedBy === '' ? null : values.wantedBy }),
        focusFirstError,
      )}
    >
      <SectionCard title={t('facts.title')}>
        <Stack>
          <TextInput label={t('form.title')} {...form.getInputProps('title')} />
          <Textarea label={t('form.purpose')} minRows={3} autosize {...form.getInputProps('purpose')} />
          <TextInput
            label={t('form.quantity')}
            description={t('form.quantityHint')}
            {...form.getInputProps('quantity')}
          />
          <TextInput label={t('form.place')} {...form.getInputProps('place')} />
          <DayInput label={t('form.wantedBy')} {...form.getInputProps('wantedBy')} />
          <Checkbox.Group
            label={t('form.brings')}
            description={t('form.bringsHint')}
            {...form.getInputProps('brings')}
          >
            <Stack gap="xs" mt="xs">
              {CONTRIBUTIONS.map((kind) => (
                <Checkbox key={kind} value={kind} label={t(`brings.${kind}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button type="submit" size="lg" loading={busy}>
            {submitLabel}
          </Button>
        </Stack>
      </SectionCard>
    </form>
  );
}
