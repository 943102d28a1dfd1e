import { ActionIcon, Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ThresholdFields } from '~/features/instruments/threshold-fields';
import { AmountInput, DayInput } from '~/ui/form-parts';
import { rowKey } from '~/ui/row-key';
import { SectionCard } from '~/ui/section-card';
import classes from './draft-editor.module.css';
import type { DraftValues } from './draft-form';

export type DraftForm = UseFormReturnType<DraftValues>;

interface DraftBasicsProps {
  readonly form: DraftForm;
  readonly communities: readonly {
    readonly id: string;
    readonly name: string;
    readonly place?: string | null;
  }[];
  /** Of the fablab, as far as this person may know them. */
  readonly sections: readonly string[];
}

export function DraftBasics({ form, communities, sections }: DraftBasicsProps) {
  const { t } = useTranslation('contracting');
  const { t: instruments } = useTranslation('instruments');
  return (
    <>
      <SectionCard title={t('editor.basics')}>
        <Stack>
          <TextInput label={t('editor.title')} {...form.getInputProps('title')} />
          <Textarea label={t('editor.summary')} minRows={3} {...form.getInputProps('summary')} />
          <Checkbox.Group label={t('editor.receivers')} {...form.getInputProps('receivingCommunityIds')}>
            <Stack gap="xs" mt="xs" mb="xs">
              {communities.map((community) => (
                <Checkbox
                  key={community.id}
                  value={community.id}
                  label={community.place ? `${community.name}, ${community.place}` : community.name}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </Stack>
      </SectionCard>
      <SectionCard title={instruments('thresholds.title')} hint={instruments('thresholds.hint')}>
        <div className={classes.fields}>
          <AmountInput
            label={instruments('thresholds.money')}
            description={instruments('thresholds.moneyHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            currency={form.values.currency}
            {...form.getInputProps('threshold')}
          />
          <TextInput
            label={t('editor.currency')}
            maxLength={3}
            autoCapitalize="characters"
            {...form.getInputProps('currency')}
            onChange={(event) => form.setFieldValue('currency', event.currentTarget.value.toUpperCase())}
          />
          <DayInput label={t('editor.deadline')} {...form.getInputProps('deadline')} />
        </div>
        <ThresholdFields form={form} sections={sections} />
      </SectionCard>
    </>
  );
}

export function DraftTerms({ form }: { readonly form: DraftForm }) {
  const { t } = useTranslation('contracting');
  return (
    <SectionCard title={t('editor.terms')}>
      <Stack>
        <Textarea label={t('editor.endCondition')} {...form.getInputProps('endCondition')} />
        <TextInput label={t('editor.mediator')} {...form.getInputProps('mediator')} />
      </Stack>
    </SectionCard>
  );
}

export function DraftMilestones({ form }: { readonly form: DraftForm }) {
  const { t } = useTranslation('contracting');
  return (
    <SectionCard title={t('editor.milestones')}>
      <Stack>
        {form.values.milestones.map((milestone, index) => {
          const number = index + 1;
          return (
            <Group key={milestone.key} align="flex-start" gap="xs">
              <TextInput
                label={t('editor.milestone', { number })}
                style={{ flex: '2 1 10rem' }}
                {...form.getInputProps(`milestones.${index}.name`)}
              />
              <DayInput
                label={t('editor.milestoneDay', { number })}
                style={{ flex: '1 1 9rem' }}
                {...form.getInputProps(`milestones.${index}.dueOn`)}
              />
              <ActionIcon
                mt={26}
                aria-label={t('editor.removeMilestone', { number })}
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
          onClick={() => form.insertListItem('milestones', { key: rowKey(), name: '', dueOn: '' })}
        >
          {t('editor.addMilestone')}
        </Button>
      </Stack>
    </SectionCard>
  );
}
