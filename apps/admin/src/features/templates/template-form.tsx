import { ActionIcon, Alert, Button, Group, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { ContractTemplateFragment } from '~/generated/graphql';
import { FormFailure } from '~/ui/form-parts';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { SAVE_TEMPLATE } from './operations';

type TemplateValues = Omit<ContractTemplateFragment, 'key' | 'revision' | '__typename'>;

const DAYS_MAX = 3650;
const TEXTS = ['summary', 'repaymentTerms', 'endCondition'] as const;

interface TemplateFormProps {
  readonly fablabId: string;
  readonly template: ContractTemplateFragment;
  readonly reload: () => void;
}

/** One template of a fablab, with everything that a draft takes over from it. */
export function TemplateForm({ fablabId, template, reload }: TemplateFormProps) {
  const { t } = useTranslation('templates');
  const { key, revision, name, purpose, summary, repaymentTerms, endCondition, mediator } = template;
  const form = useForm<TemplateValues>({
    initialValues: {
      ...{ name, purpose, summary, repaymentTerms, endCondition, mediator },
      deadlineAfterDays: template.deadlineAfterDays,
      milestones: template.milestones.map((each) => ({ name: each.name, afterDays: each.afterDays })),
    },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('nameName') });
      check.text('purpose', values.purpose, { max: LIMITS.noteCharsMax, name: t('purposeName') });
      for (const each of TEXTS)
        check.text(each, values[each], { max: LIMITS.summaryCharsMax, name: t(`${each}Name`) });
      check.optionalText('mediator', values.mediator, {
        max: LIMITS.titleCharsMax,
        name: t('mediatorName'),
      });
      check.integer('deadlineAfterDays', values.deadlineAfterDays, {
        min: 1,
        max: DAYS_MAX,
        name: t('days'),
      });
      for (const [index, each] of values.milestones.entries()) {
        const path = `milestones.${index}`;
        check.text(`${path}.name`, each.name, { max: LIMITS.nameCharsMax, name: t('milestoneName') });
        check.integer(`${path}.afterDays`, each.afterDays, { min: 0, max: DAYS_MAX, name: t('days') });
      }
    }),
  });
  const save = useIntent(SAVE_TEMPLATE, {
    keyed: false,
    refetch: ['ContractTemplates'],
    done: () => toastDone(t('done')),
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => void save.run({ ...values, fablabId, key, revision }),
        focusFirstError,
      )}
    >
      <Stack gap="lg">
        <FormFailure failure={save.failure} />
        {save.failure?.code === 'CONFLICT' && (
          <Alert color="ochre" variant="outline" title={t('stale')}>
            <Button variant="default" onClick={reload}>
              {t('loadNewer')}
            </Button>
          </Alert>
        )}
        <SectionCard title={name} hint={revision === 0 ? t('original') : t('own')}>
          <Stack>
            <TextInput label={t('name')} {...form.getInputProps('name')} />
            <Textarea label={t('purpose')} autosize {...form.getInputProps('purpose')} />
            {TEXTS.map((each) => (
              <Textarea key={each} label={t(each)} autosize {...form.getInputProps(each)} />
            ))}
            <TextInput label={t('mediator')} {...form.getInputProps('mediator')} />
            <NumberInput
              label={t('deadline')}
              min={1}
              max={DAYS_MAX}
              {...form.getInputProps('deadlineAfterDays')}
            />
          </Stack>
        </SectionCard>
        <MilestoneFields form={form} />
        <Button type="submit" size="lg" loading={save.busy}>
          {t('save')}
        </Button>
      </Stack>
    </form>
  );
}

function MilestoneFields({ form }: { readonly form: UseFormReturnType<TemplateValues> }) {
  const { t } = useTranslation('templates');
  return (
    <SectionCard title={t('milestones')}>
      <Stack>
        {form.values.milestones.map((_, index) => {
          const number = index + 1;
          return (
            <Group key={form.key(`milestones.${index}`)} align="flex-end" gap="xs">
              <TextInput
                label={t('milestone', { number })}
                style={{ flex: '2 1 10rem' }}
                {...form.getInputProps(`milestones.${index}.name`)}
              />
              <NumberInput
                label={t('after', { number })}
                min={0}
                max={DAYS_MAX}
                style={{ flex: '1 1 9rem' }}
                {...form.getInputProps(`milestones.${index}.afterDays`)}
              />
              <ActionIcon
                aria-label={t('remove', { number })}
                onClick={() => form.removeListItem('milestones', index)}
              >
                <IconTrash size={20} aria-hidden />
              </ActionIcon>
            </Group>
          );
        })}
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => form.insertListItem('milestones', { name: '', afterDays: 0 })}
        >
          {t('add')}
        </Button>
      </Stack>
    </SectionCard>
  );
}
