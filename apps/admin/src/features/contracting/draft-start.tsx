import { useQuery } from '@apollo/client/react';
import { Alert, Anchor, NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ContractTemplateFragment, NeedQuery } from '~/generated/graphql';
import { NEED } from '~/features/needs/operations';
import { CONTRACT_TEMPLATES } from '~/features/templates/operations';
import { today } from '~/ui/format';
import { rowKey } from '~/ui/row-key';
import { emptyOffer } from '~/features/instruments/offer-form';
import { emptyDeliverable, emptyDraft, type DraftValues } from './draft-form';

type Need = NonNullable<NeedQuery['need']>;
type Template = ContractTemplateFragment;

interface DraftStart {
  /** Another one for each start, so that the editor begins anew. */
  readonly key: string;
  readonly initial: DraftValues;
  readonly needId: string | null;
  readonly element: ReactNode;
  readonly ready: boolean;
}

/** With what a new draft begins: a need that the fablab answered, and one of its templates. */
export function useDraftStart(
  fablab: { readonly id: string; readonly slug: string } | undefined,
): DraftStart {
  const { t } = useTranslation('needs');
  const [search] = useSearchParams();
  const needId = search.get('need');
  const [chosen, setChosen] = useState('');
  const needs = useQuery(NEED, { variables: { id: needId ?? '' }, skip: needId === null });
  const templates = useQuery(CONTRACT_TEMPLATES, {
    variables: { fablabSlug: fablab?.slug ?? '' },
    skip: fablab === undefined,
  });
  const need = needs.data?.need ?? null;
  const all = templates.data?.contractTemplates ?? [];
  const template = all.find((each) => each.key === chosen) ?? null;
  return {
    key: `${fablab?.id ?? ''} ${need?.id ?? ''} ${template?.key ?? ''}`,
    initial: startOf(fablab?.id ?? '', need, template),
    needId: need?.id ?? null,
    ready: needId === null || need !== null || !needs.loading,
    element: (
      <>
        {need && (
          <Alert color="bench" variant="outline">
            {t('start.from', { title: need.title, community: need.community.name })}
          </Alert>
        )}
        <NativeSelect
          label={t('start.template')}
          description={`${template ? `${template.purpose} ` : ''}${t('start.hint')}`}
          maw={420}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[
            { value: '', label: t('start.none') },
            ...all.map((each) => ({ value: each.key, label: each.name })),
          ]}
        />
        {fablab && (
          <Anchor component={Link} to={`/fablabs/${fablab.slug}/templates`} size="sm">
            {t('start.manage')}
          </Anchor>
        )}
      </>
    ),
  };
}

function startOf(fablabId: string, need: Need | null, template: Template | null): DraftValues {
  const empty = emptyDraft(fablabId);
  return {
    ...empty,
    ...(template && {
      summary: template.summary,
      offers: [{ ...emptyOffer('loan'), words: template.repaymentTerms, ownWords: true }],
      endCondition: template.endCondition,
      mediator: template.mediator,
      deadline: dayAfter(template.deadlineAfterDays),
      milestones: template.milestones.map(({ name, afterDays }) => ({
        key: rowKey(),
        name,
        dueOn: dayAfter(afterDays),
      })),
    }),
    ...(need && {
      title: need.title,
      summary: template ? `${need.purpose}\n\n${template.summary}` : need.purpose,
      receivingCommunityIds: [need.community.id],
      deliverables: [{ ...emptyDeliverable(), receiverId: need.community.id, dueOn: need.wantedBy ?? '' }],
    }),
  };
}

/** So many days from today on, as `YYYY-MM-DD`. */
function dayAfter(days: number): string {
  return new Date(Date.parse(`${today()}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
