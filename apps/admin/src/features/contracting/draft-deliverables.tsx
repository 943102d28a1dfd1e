import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { DraftChoicesQuery } from '~/generated/graphql';
import { AmountInput, DayInput } from '~/ui/form-parts';
import { SectionCard } from '~/ui/section-card';
import classes from './draft-editor.module.css';
import type { DraftForm } from './draft-fields';
import { emptyDeliverable } from './draft-form';

interface DraftDeliverablesProps {
  readonly form: DraftForm;
  readonly choices: DraftChoicesQuery;
}

const TIERS = ['free', 'fair', 'premium'] as const;

export function DraftDeliverables({ form, choices }: DraftDeliverablesProps) {
  const { t } = useTranslation('contracting');
  const versions = choices.products.nodes.flatMap((product) =>
    product.versions.map((version) => ({ value: version.id, label: `${product.name}, ${version.label}` })),
  );
  const receivers = choices.communities.nodes
    .filter((community) => form.values.receivingCommunityIds.includes(community.id))
    .map((community) => ({ value: community.id, label: community.name }));
  const blank = { value: '', label: t('editor.choose') };
  const { deliverables } = form.values;
  return (
    <SectionCard title={t('editor.deliverables')}>
      <Stack>
        {deliverables.map((deliverable, index) => {
          const number = index + 1;
          const path = `deliverables.${index}`;
          return (
            <fieldset key={deliverable.key} className={classes.row}>
              <legend>
                <Text component="span" fw={600}>
                  {t('editor.deliverable', { number })}
                </Text>
              </legend>
              <div className={classes.fields}>
                <NativeSelect
                  label={t('editor.version')}
                  data={[blank, ...versions]}
                  {...form.getInputProps(`${path}.productVersionId`)}
                />
                <NativeSelect
                  label={t('editor.receiver')}
                  data={[blank, ...receivers]}
                  {...form.getInputProps(`${path}.receiverId`)}
                />
                <NativeSelect
                  label={t('editor.tier')}
                  data={TIERS.map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))}
                  {...form.getInputProps(`${path}.tier`)}
                />
                <NumberInput
                  label={t('editor.quantity')}
                  min={1}
                  max={LIMITS.quantityMax}
                  allowDecimal={false}
                  {...form.getInputProps(`${path}.quantity`)}
                />
                <AmountInput
                  label={t('editor.unitPrice')}
                  currency={form.values.currency}
                  {...form.getInputProps(`${path}.unitPrice`)}
                />
                <DayInput label={t('editor.dueOn')} {...form.getInputProps(`${path}.dueOn`)} />
              </div>
              {deliverables.length > 1 && (
                <Group justify="flex-end" mt="xs">
                  <ActionIcon
                    aria-label={t('editor.removeDeliverable', { number })}
                    onClick={() => form.removeListItem('deliverables', index)}
                  >
                    <IconTrash size={20} aria-hidden />
                  </ActionIcon>
                </Group>
              )}
            </fieldset>
          );
        })}
        {deliverables.length < LIMITS.deliverablesMax && (
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => form.insertListItem('deliverables', emptyDeliverable())}
          >
            {t('editor.addDeliverable')}
          </Button>
        )}
      </Stack>
    </SectionCard>
  );
}
