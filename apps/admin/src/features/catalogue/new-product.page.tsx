import { useQuery } from '@apollo/client/react';
import { Button, Card, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { LIMITS } from '#kernel';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import { FormFailure } from '~/ui/form-parts';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CREATE_PRODUCT } from './operations';

export function NewProductPage() {
  const { t } = useTranslation('catalogue');
  const { slug = '' } = useParams();
  const query = useQuery(COMMUNITY, { variables: { slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community }) =>
        community ? (
          <Page
            title={t('newProduct.title')}
            lead={t('newProduct.lead')}
            width="narrow"
            crumbs={[
              { label: community.name, to: `/communities/${slug}` },
              { label: t('products.title'), to: `/fablabs/${slug}/products` },
            ]}
          >
            <NewProductForm fablabId={community.id} slug={slug} />
          </Page>
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

function NewProductForm({ fablabId, slug }: { readonly fablabId: string; readonly slug: string }) {
  const { t } = useTranslation('catalogue');
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', description: '' },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('newProduct.nameName') });
      check.optionalText('description', values.description, {
        max: LIMITS.summaryCharsMax,
        name: t('newProduct.descriptionName'),
      });
    }),
  });
  const create = useIntent(CREATE_PRODUCT, {
    keyed: false,
    refetch: ['Products'],
    done: async ({ createProduct: product }) => {
      toastDone(t('newProduct.done', { name: product.name }));
      await navigate(`/fablabs/${slug}/products/${product.slug}/new-version`);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Card>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => void create.run({ fablabId, ...values }), focusFirstError)}
      >
        <Stack>
          <FormFailure failure={create.failure} />
          <TextInput label={t('newProduct.name')} {...form.getInputProps('name')} />
          <Textarea
            label={t('newProduct.description')}
            description={t('newProduct.public')}
            {...form.getInputProps('description')}
          />
          <Button type="submit" loading={create.busy}>
            {t('newProduct.submit')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
