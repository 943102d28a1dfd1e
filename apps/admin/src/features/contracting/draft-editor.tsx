import type { TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Alert, Button, SegmentedControl, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPackage } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftChoicesQuery, DraftContractInput } from '~/generated/graphql';
import { OfferFields } from '~/features/instruments/offer-fields';
import { useSections } from '~/features/instruments/use-sections';
import { EmptyState } from '~/ui/empty-state';
import { FormFailure } from '~/ui/form-parts';
import { LinkButton } from '~/ui/link-button';
import { Loaded } from '~/ui/loaded';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { DraftBasics, DraftMilestones, DraftTerms } from './draft-fields';
import { DraftDeliverables } from './draft-deliverables';
import classes from './draft-editor.module.css';
import { checkDraft, inputOf, type DraftValues } from './draft-form';
import { DraftPreview, lineWords } from './draft-preview';
import { DRAFT_CHOICES } from './editor-operations';

type Terms = Omit<DraftContractInput, 'idempotencyKey'>;

interface DraftEditorProps<Data, Input extends object> {
  readonly fablab: { readonly id: string; readonly slug: string; readonly name: string };
  readonly initial: DraftValues;
  readonly document: TypedDocumentNode<Data, { input: Input }>;
  readonly keyed: boolean;
  readonly inputFor: (terms: Terms) => Omit<Input, 'idempotencyKey'>;
  readonly submitLabel: string;
  readonly done: (data: Data) => Promise<void>;
  readonly reload?: () => void;
  /** Further fields above the terms. */
  readonly before?: ReactNode;
  /** What stands beside the fields in the place of the public form. */
  readonly beside?: { readonly label: string; readonly show: (values: DraftValues) => ReactNode };
  /** Names of queries that the answer alone does not bring up to date. */
  readonly refetch?: readonly string[];
  /** Refuses to send while something above the terms is missing. */
  readonly isReady?: () => boolean;
}

/** The essential terms on one side, what will be public on the other; one above the other on a phone. */
export function DraftEditor<Data, Input extends object>(props: DraftEditorProps<Data, Input>) {
  const { t } = useTranslation('contracting');
  const query = useQuery(DRAFT_CHOICES, { variables: { fablabSlug: props.fablab.slug } });
  return (
    <Loaded query={query}>
      {(choices) => {
        const versions = choices.products.nodes.flatMap((product) => product.versions);
        if (versions.length > 0 && choices.communities.nodes.length > 0)
          return <Editor {...props} choices={choices} />;
        const noProduct = versions.length === 0;
        return (
          <EmptyState
            icon={IconPackage}
            title={t('editor.missingTitle')}
            action={
              noProduct && (
                <LinkButton to={`/fablabs/${props.fablab.slug}/products`}>
                  {t('editor.toProducts')}
                </LinkButton>
              )
            }
          >
            {noProduct ? t('editor.missingProducts') : t('editor.missingReceivers')}
          </EmptyState>
        );
      }}
    </Loaded>
  );
}

function Editor<Data, Input extends object>({
  fablab,
  initial,
  document,
  keyed,
  inputFor,
  submitLabel,
  done,
  reload,
  before,
  beside,
  refetch = ['Contracts'],
  isReady = () => true,
  choices,
}: DraftEditorProps<Data, Input> & { readonly choices: DraftChoicesQuery }) {
  const { t } = useTranslation('contracting');
  const [view, setView] = useState<'edit' | 'preview'>('edit');
  const form = useForm<DraftValues>({ initialValues: initial, validate: checkedBy(checkDraft) });
  const sections = useSections(fablab.slug);
  const save = useIntent(document, {
    keyed,
    done,
    refetch,
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    (values) => {
      if (isReady()) void save.run(inputFor(inputOf(values)));
      else setView('edit');
    },
    () => {
      isReady();
      setView('edit');
      focusFirstError();
    },
  );
  const stale = save.failure?.code === 'CONFLICT' || save.failure?.code === 'INVALID_STATE';
  return (
    <>
      <SegmentedControl
        className={classes.switch}
        fullWidth
        aria-label={t('editor.view')}
        value={view}
        onChange={(next) => setView(next as 'edit' | 'preview')}
        data={[
          { value: 'edit', label: t('editor.edit') },
          { value: 'preview', label: beside?.label ?? t('editor.preview') },
        ]}
      />
      <div className={classes.columns} data-view={view}>
        <form noValidate onSubmit={submit} className={classes.form}>
          <Stack gap="lg">
            <FormFailure failure={save.failure} />
            {stale && reload && (
              <Alert color="ochre" variant="outline" title={t('editor.staleTitle')}>
                {t('editor.stale')}
                <Button variant="default" mt="sm" onClick={reload}>
                  {t('editor.loadNewer')}
                </Button>
              </Alert>
            )}
            {before}
            <DraftBasics
              form={form}
              communities={choices.communities.nodes.filter((each) => each.id !== fablab.id)}
              sections={sections}
            />
            <DraftDeliverables form={form} choices={choices} />
            <OfferFields form={form} sections={sections} lineWords={lineWords(form.values, choices)} />
            <DraftTerms form={form} />
            <DraftMilestones form={form} />
            <Button type="submit" size="lg" loading={save.busy}>
              {submitLabel}
            </Button>
          </Stack>
        </form>
        <div
          className={classes.preview}
          role="region"
          aria-label={beside?.label ?? t('editor.preview')}
          tabIndex={0}
        >
          {beside ? (
            beside.show(form.values)
          ) : (
            <DraftPreview values={form.values} fablabName={fablab.name} choices={choices} />
          )}
        </div>
      </div>
    </>
  );
}
