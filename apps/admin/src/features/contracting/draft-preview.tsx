import { Card, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isDay } from '#kernel';
import type { DraftChoicesQuery } from '~/generated/graphql';
import { fieldsOf, type DraftOffer } from '~/features/instruments/offer-form';
import { OfferList, type ShownOffer } from '~/features/instruments/offer-list';
import { scheduleWords } from '~/features/instruments/offer-words';
import { ThresholdBars } from '~/features/instruments/threshold-bars';
import { shownThreshold } from '~/features/instruments/threshold-form';
import { Facts } from '~/ui/facts';
import { formatDay, formatList, parseAmount } from '~/ui/format';
import { DeliverableList, type ShownDeliverable } from './deliverable-list';
import type { DraftDeliverable, DraftValues } from './draft-form';

interface DraftPreviewProps {
  readonly values: DraftValues;
  readonly fablabName: string;
  readonly choices: DraftChoicesQuery;
}

/** The contract as a stranger will read it, while it is written; dots stand for what is missing. */
export function DraftPreview({ values, fablabName, choices }: DraftPreviewProps) {
  const { t } = useTranslation('contracting');
  const { t: instruments } = useTranslation('instruments');
  const day = (text: string): string => (isDay(text) ? formatDay(text) : '…');
  const minor = (text: string): string => `${parseAmount(text, values.currency) ?? 0n}`;
  const nameOf = (id: string): string =>
    choices.communities.nodes.find((each) => each.id === id)?.name ?? '…';
  const threshold = { amountMinor: minor(values.threshold), currency: values.currency };
  const nothing = { amountMinor: '0', currency: values.currency };
  return (
    <Card component="section" aria-labelledby="draft-preview">
      <Text size="sm" c="dimmed" id="draft-preview" component="h2" m={0}>
        {t('editor.previewTitle')}
      </Text>
      <Text size="sm" c="dimmed" mb="md">
        {t('editor.previewHint')}
      </Text>
      <Stack gap="lg">
        <div>
          <Title order={3} size="h2">
            {values.title || '…'}
          </Title>
          <Text c="dimmed">
            {t('list.parties', {
              fablab: fablabName,
              receivers: formatList(values.receivingCommunityIds.map(nameOf)) || '…',
            })}
          </Text>
          <Text mt="xs" style={{ whiteSpace: 'pre-line' }}>
            {values.summary || '…'}
          </Text>
        </div>
        <ThresholdBars
          funding={{ threshold, pledged: nothing, received: nothing, pledgeCount: 0 }}
          thresholds={[
            ...(BigInt(threshold.amountMinor) > 0n ? [MONEY] : []),
            ...values.thresholds.map(shownThreshold),
          ]}
          compact
        />
        <div>
          <Title order={4} size="h3" mb="xs">
            {t('promised.title')}
          </Title>
          <DeliverableList
            deliverables={values.deliverables.map((each) => shown(each, values, choices, nameOf))}
          />
        </div>
        <div>
          <Title order={4} size="h3" mb="xs">
            {instruments('list.title')}
          </Title>
          <OfferList offers={values.offers.map(shownOffer)} />
        </div>
        <Facts
          rows={[
            [t('terms.end'), values.endCondition || '…'],
            [t('terms.deadline'), t('terms.deadlineSentence', { day: day(values.deadline) })],
            [t('terms.mediator'), values.mediator || '…'],
            ...values.milestones.map((each) => [day(each.dueOn), each.name || '…'] as const),
          ]}
        />
      </Stack>
    </Card>
  );
}

/** Its figures stand in the funding. */
const MONEY = { kind: 'money', unit: '', quantity: '0', pledged: '0', received: '0', words: '' } as const;

function shownOffer(offer: DraftOffer): ShownOffer {
  return { ...offer, schedule: fieldsOf(offer).schedule ? scheduleWords(offer.repayment) : null };
}

/** The product of a deliverable by its position, from 1; dots as long as none is chosen. */
export function lineWords(values: DraftValues, choices: DraftChoicesQuery): (position: number) => string {
  return (position) => {
    const id = values.deliverables[position - 1]?.productVersionId;
    const product = choices.products.nodes.find((any) => any.versions.some((version) => version.id === id));
    return product?.name ?? '…';
  };
}

function shown(
  each: DraftDeliverable,
  values: DraftValues,
  choices: DraftChoicesQuery,
  nameOf: (id: string) => string,
): ShownDeliverable {
  const product = choices.products.nodes.find((any) =>
    any.versions.some((version) => version.id === each.productVersionId),
  );
  const version = product?.versions.find((any) => any.id === each.productVersionId);
  return {
    tier: each.tier,
    quantity: typeof each.quantity === 'number' ? each.quantity : 0,
    dueOn: isDay(each.dueOn) ? each.dueOn : '',
    unitPrice: {
      amountMinor: `${parseAmount(each.unitPrice, values.currency) ?? 0n}`,
      currency: values.currency,
    },
    receiver: { name: nameOf(each.receiverId) },
    productVersion: { label: version?.label ?? '…', product: { name: product?.name ?? '…' } },
  };
}
