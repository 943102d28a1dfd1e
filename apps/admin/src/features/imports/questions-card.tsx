import { useQuery } from '@apollo/client/react';
import { NativeSelect, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CONTRACTS } from '~/features/contracting/operations';
import type { DateOrder } from '~/generated/graphql';
import { SectionCard } from '~/ui/section-card';
import type { PreviewShown, usePreview } from './use-preview';

interface QuestionsCardProps {
  readonly shown: PreviewShown;
  readonly preview: ReturnType<typeof usePreview>;
}

/** What the table does not say by itself. Not shown when it says everything. */
export function QuestionsCard({ shown, preview: { answers, answer } }: QuestionsCardProps) {
  const { t } = useTranslation('imports');
  const asksContract = !shown.columns.some(({ field }) => field === 'contract');
  const asksDates = shown.asksDateOrder || answers.dateOrder !== null;
  const names = [...new Set([...shown.unknownSupporters, ...answers.supporters.map(({ name }) => name)])];
  const contracts = useQuery(CONTRACTS, {
    variables: { first: 100, state: null, mine: true },
    skip: !asksContract,
  });
  if (!asksContract && !asksDates && names.length === 0) return null;
  return (
    <SectionCard title={t('questions.title')} hint={t('questions.hint')}>
      <Stack maw="36rem">
        {asksContract && (
          <NativeSelect
            label={t('questions.contract')}
            value={answers.contractRef ?? ''}
            onChange={(event) => answer({ contractRef: event.currentTarget.value || null })}
            data={[
              { value: '', label: t('questions.choose') },
              ...(contracts.data?.contracts.nodes ?? []).map(({ ref, title }) => ({
                value: ref,
                label: `${ref} · ${title}`,
              })),
            ]}
          />
        )}
        {asksDates && (
          <Radio.Group
            label={t('questions.dates')}
            value={answers.dateOrder ?? ''}
            onChange={(value) => answer({ dateOrder: value as DateOrder })}
          >
            <Stack gap="xs" mt="xs">
              <Radio size="md" value="dayFirst" label={t('questions.dayFirst')} />
              <Radio size="md" value="monthFirst" label={t('questions.monthFirst')} />
            </Stack>
          </Radio.Group>
        )}
        {names.map((name) => (
          <NativeSelect
            key={name}
            label={t('questions.supporter', { name })}
            value={answers.supporters.find((each) => each.name === name)?.communityId ?? ''}
            onChange={(event) => {
              const communityId = event.currentTarget.value;
              const others = answers.supporters.filter((each) => each.name !== name);
              answer({ supporters: communityId ? [...others, { name, communityId }] : others });
            }}
            data={[
              { value: '', label: t('questions.none') },
              ...shown.supporters.map((each) => ({ value: each.id, label: each.name })),
            ]}
          />
        ))}
      </Stack>
    </SectionCard>
  );
}
