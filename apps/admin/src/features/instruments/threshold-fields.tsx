import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from '~/features/contracting/draft-editor.module.css';
import type { DraftForm } from '~/features/contracting/draft-fields';
import { SectionInput } from './section-input';
import { emptyThreshold, THRESHOLDS_MAX, type DraftThreshold } from './threshold-form';

interface ThresholdFieldsProps {
  readonly form: DraftForm;
  readonly sections: readonly string[];
}

/** Hours by section and material, beside the money that has fields of its own. */
export function ThresholdFields({ form, sections }: ThresholdFieldsProps) {
  const { t } = useTranslation('instruments');
  const { thresholds } = form.values;
  const add = (kind: DraftThreshold['kind']): void => form.insertListItem('thresholds', emptyThreshold(kind));
  return (
    <Stack mt="md">
      {thresholds.map(({ key, kind }, index) => {
        const path = `thresholds.${index}`;
        const number = thresholds.slice(0, index + 1).filter((each) => each.kind === kind).length;
        const what = t(`thresholds.${kind}`, { number });
        return (
          <fieldset key={key} className={classes.row}>
            <legend>
              <Text component="span" fw={600}>
                {what}
              </Text>
            </legend>
            <div className={classes.fields}>
              {kind === 'hours' ? (
                <SectionInput
                  label={t('thresholds.section')}
                  sections={sections}
                  {...form.getInputProps(`${path}.section`)}
                />
              ) : (
                <TextInput label={t('thresholds.name')} {...form.getInputProps(`${path}.name`)} />
              )}
              <TextInput
                label={t(kind === 'hours' ? 'thresholds.hoursCount' : 'thresholds.quantity')}
                inputMode="decimal"
                autoComplete="off"
                {...form.getInputProps(`${path}.quantity`)}
              />
              {kind === 'material' && (
                <TextInput
                  label={t('thresholds.unit')}
                  description={t('thresholds.unitHint')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  autoComplete="off"
                  autoCapitalize="none"
                  {...form.getInputProps(`${path}.unit`)}
                />
              )}
            </div>
            <Group justify="flex-end" mt="xs">
              <ActionIcon
                aria-label={t('thresholds.remove', { what })}
                onClick={() => form.removeListItem('thresholds', index)}
              >
                <IconTrash size={20} aria-hidden />
              </ActionIcon>
            </Group>
          </fieldset>
        );
      })}
      {thresholds.length < THRESHOLDS_MAX && (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => add('hours')}
          >
            {t('thresholds.addHours')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => add('material')}
          >
            {t('thresholds.addMaterial')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
