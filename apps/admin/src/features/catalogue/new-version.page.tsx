import { useQuery } from '@apollo/client/react';
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconTools } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { EmptyState } from '~/ui/empty-state';
import { FormFailure } from '~/ui/form-parts';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { BomFields } from './bom-fields';
import { CREATE_PRODUCT_VERSION, PRODUCT } from './operations';
import { RoutingFields } from './routing-fields';
import { RoutingList } from './routing-list';
import { useWorkCentreNames } from './use-work-centres';
import { checkVersion, copyOf, emptyVersion, inputOf, stepsOf, type VersionValues } from './version-form';

export function NewVersionPage() {
  const { t } = useTranslation('catalogue');
  const { slug = '', product: productSlug = '' } = useParams();
  const query = useQuery(PRODUCT, { variables: { fablab: slug, product: productSlug } });
  const [search] = useSearchParams();
  const workCentres = useWorkCentreNames(slug);
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ product }) =>
        product ? (
          <Page
            title={t('newVersion.title', { product: product.name })}
            lead={t('newVersion.lead')}
            crumbs={[
              { label: t('products.title'), to: `/fablabs/${slug}/products` },
              { label: product.name, to: `/fablabs/${slug}/products/${productSlug}` },
            ]}
          >
            {workCentres.size === 0 ? (
              <EmptyState
                icon={IconTools}
                title={t('newVersion.noWorkCentreTitle')}
                action={
                  <LinkButton to={`/fablabs/${slug}/sections`}>{t('newVersion.toSections')}</LinkButton>
                }
              >
                {t('newVersion.noWorkCentre')}
              </EmptyState>
            ) : (
              <NewVersionForm
                productId={product.id}
                back={`/fablabs/${slug}/products/${productSlug}`}
                workCentres={workCentres}
                fablab={slug}
                copied={product.versions.find((each) => each.id === search.get('from')) ?? null}
              />
            )}
          </Page>
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

interface NewVersionFormProps {
  readonly productId: string;
  readonly back: string;
  readonly workCentres: ReadonlyMap<string, string>;
  readonly fablab: string;
  /** The version that the new one begins as. */
  readonly copied: Parameters<typeof copyOf>[0] | null;
}

function NewVersionForm({ productId, back, workCentres, fablab, copied }: NewVersionFormProps) {
  const { t } = useTranslation('catalogue');
  const navigate = useNavigate();
  const form = useForm<VersionValues>({
    initialValues: copied ? copyOf(copied) : emptyVersion(),
    validate: checkedBy(checkVersion),
  });
  const create = useIntent(CREATE_PRODUCT_VERSION, {
    keyed: false,
    refetch: ['Product'],
    done: async ({ createProductVersion: version }) => {
      toastDone(t('newVersion.done', { label: version.label }));
      await navigate(back);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => void create.run(inputOf(productId, values)), focusFirstError)}
    >
      <Stack gap="lg">
        <FormFailure failure={create.failure} />
        <SectionCard title={t('newVersion.basics')}>
          <Stack>
            <TextInput
              label={t('newVersion.label')}
              description={t('newVersion.labelHint')}
              {...form.getInputProps('label')}
            />
            <TextInput
              label={t('newVersion.licence')}
              description={t('newVersion.licenceHint')}
              {...form.getInputProps('licence')}
            />
          </Stack>
        </SectionCard>
        <SectionCard title={t('routing.title')} hint={t('routing.hint')}>
          <RoutingFields form={form} workCentres={workCentres} />
        </SectionCard>
        <SectionCard title={t('routing.inWords')}>
          <RoutingList steps={stepsOf(form.values, workCentres)} />
        </SectionCard>
        <SectionCard title={t('bom.title')} hint={t('bom.hint')}>
          <BomFields form={form} fablab={fablab} />
        </SectionCard>
        <Button type="submit" size="lg" loading={create.busy}>
          {t('newVersion.submit')}
        </Button>
      </Stack>
    </form>
  );
}
