import { useQuery } from '@apollo/client/react';
import { ActionIcon, Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import { PRODUCTS } from './operations';
import classes from './version-fields.module.css';
import { emptyBomLine, type VersionValues } from './version-form';

interface BomFieldsProps {
  readonly form: UseFormReturnType<VersionValues>;
  readonly fablab: string;
}

/** What goes into one unit. */
export function BomFields({ form, fablab }: BomFieldsProps) {
  const { t } = useTranslation('catalogue');
  const lines = form.values.billOfMaterials;
  const { data } = useQuery(PRODUCTS, { variables: { fablab, first: 100 } });
  const parts = (data?.products.nodes ?? []).flatMap((product) =>
    product.versions.map(({ id, label }) => ({ value: id, label: `${product.name} ${label}` })),
  );
  return (
    <Stack>
      {lines.map((line, index) => {
        const path = `billOfMaterials.${index}`;
        const number = index + 1;
        return (
          <div key={line.key} className={classes.line}>
            <TextInput
              className={classes.item}
              label={t('bom.itemOf', { number })}
              {...form.getInputProps(`${path}.item`)}
            />
            <TextInput
              label={t('bom.quantity')}
              inputMode="decimal"
              placeholder="0.5"
              {...form.getInputProps(`${path}.quantity`)}
            />
            {parts.length > 0 && (
              <NativeSelect
                label={t('bom.part')}
                data={[{ value: '', label: t('bom.noPart') }, ...parts]}
                {...form.getInputProps(`${path}.partVersionId`)}
              />
            )}
            <TextInput label={t('bom.unit')} placeholder="m²" {...form.getInputProps(`${path}.unit`)} />
            <ActionIcon
              mt={26}
              aria-label={t('bom.remove', { number })}
              onClick={() => form.removeListItem('billOfMaterials', index)}
            >
              <IconTrash size={20} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      {lines.length < LIMITS.bomLinesMax && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => form.insertListItem('billOfMaterials', emptyBomLine())}
        >
          {t('bom.add')}
        </Button>
      )}
    </Stack>
  );
}
