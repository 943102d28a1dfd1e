import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import classes from './version-fields.module.css';
import { emptyOperation, type VersionValues } from './version-form';

interface RoutingFieldsProps {
  readonly form: UseFormReturnType<VersionValues>;
  readonly workCentres: ReadonlyMap<string, string>;
}

export function RoutingFields({ form, workCentres }: RoutingFieldsProps) {
  const { t } = useTranslation('catalogue');
  const { routing } = form.values;
  const add = (): void => {
    const last = routing.at(-1);
    form.insertListItem('routing', emptyOperation(last ? [last.key] : []));
  };
  const remove = (index: number): void => {
    const gone = routing[index]?.key;
    form.setFieldValue(
      'routing',
      routing
        .filter((_, other) => other !== index)
        .map((each) => ({ ...each, after: each.after.filter((key) => key !== gone) })),
    );
  };
  return (
    <Stack>
      {routing.map((operation, index) => (
        <OperationFields
          key={operation.key}
          form={form}
          index={index}
          workCentres={workCentres}
          remove={routing.length > 1 ? () => remove(index) : null}
        />
      ))}
      {routing.length < LIMITS.operationsMax && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={add}
        >
          {t('routing.add')}
        </Button>
      )}
    </Stack>
  );
}

interface OperationFieldsProps extends RoutingFieldsProps {
  readonly index: number;
  readonly remove: (() => void) | null;
}

function OperationFields({ form, index, workCentres, remove }: OperationFieldsProps) {
  const { t } = useTranslation('catalogue');
  const path = `routing.${index}`;
  const number = index + 1;
  const others = form.values.routing.slice(0, index);
  return (
    <fieldset className={classes.row}>
      <legend>
        <Text component="span" fw={600}>
          {t('routing.step', { number })}
        </Text>
      </legend>
      <div className={classes.fields}>
        <TextInput label={t('routing.name')} {...form.getInputProps(`${path}.name`)} />
        <NativeSelect
          label={t('routing.workCentre')}
          data={[
            { value: '', label: t('routing.choose') },
            ...[...workCentres].map(([value, label]) => ({ value, label })),
          ]}
          {...form.getInputProps(`${path}.workCentreId`)}
        />
        <NumberInput
          label={t('routing.setup')}
          min={0}
          allowDecimal={false}
          {...form.getInputProps(`${path}.setupMinutes`)}
        />
        <NumberInput
          label={t('routing.unit')}
          min={0}
          allowDecimal={false}
          {...form.getInputProps(`${path}.unitMinutes`)}
        />
      </div>
      {others.length > 0 && (
        <Checkbox.Group label={t('routing.afterLabel')} mt="sm" {...form.getInputProps(`${path}.after`)}>
          <Group mt="xs" gap="md">
            {others.map((other, position) => (
              <Checkbox
                key={other.key}
                value={other.key}
                label={t('routing.ref', { position: position + 1, name: other.name || '…' })}
              />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <Textarea
        label={t('routing.instructions')}
        mt="sm"
        minRows={1}
        {...form.getInputProps(`${path}.instructions`)}
      />
      {remove && (
        <Group justify="flex-end" mt="xs">
          <ActionIcon aria-label={t('routing.remove', { number })} onClick={remove}>
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </Group>
      )}
    </fieldset>
  );
}
