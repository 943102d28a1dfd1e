import { Button, Card, Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isSlug, LIMITS, slugOf } from '#kernel';
import { FormFailure } from '~/ui/form-parts';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CREATE_COMMUNITY } from './operations';

export function NewCommunityPage() {
  const { t } = useTranslation('identity');
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: '', slug: '', place: '', description: '', receives: true, manufactures: false },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('field.name') });
      check.optionalText('place', values.place, { max: LIMITS.nameCharsMax, name: t('field.place') });
      check.optionalText('description', values.description, {
        max: LIMITS.summaryCharsMax,
        name: t('field.description'),
      });
      if (values.slug !== '' && !isSlug(values.slug)) check.refuse('slug', t('field.slugProblem'));
      if (!values.receives && !values.manufactures) check.refuse('receives', t('field.kindProblem'));
    }),
  });
  const create = useIntent(CREATE_COMMUNITY, {
    keyed: false,
    refetch: ['Viewer'],
    done: async ({ createCommunity: community }) => {
      toastDone(t('newCommunity.done', { name: community.name }));
      await navigate(`/communities/${community.slug}`);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ slug, place, ...rest }) => void create.run({ ...rest, slug: slug || null, place: place || null }),
    focusFirstError,
  );
  return (
    <Page
      title={t('newCommunity.title')}
      lead={t('newCommunity.lead')}
      width="narrow"
      crumbs={[{ label: t('communities.title'), to: '/communities' }]}
    >
      <Card>
        <form noValidate onSubmit={submit}>
          <Stack>
            <FormFailure failure={create.failure} />
            <TextInput label={t('field.nameLabel')} required {...form.getInputProps('name')} />
            <TextInput label={t('field.placeLabel')} {...form.getInputProps('place')} />
            <Textarea
              label={t('field.descriptionLabel')}
              description={t('field.public')}
              {...form.getInputProps('description')}
            />
            <Checkbox
              label={t('field.receivesLabel')}
              {...form.getInputProps('receives', { type: 'checkbox' })}
            />
            <Checkbox
              label={t('field.manufacturesLabel')}
              {...form.getInputProps('manufactures', { type: 'checkbox' })}
            />
            <TextInput
              label={t('field.slugLabel')}
              description={t('field.slugHint')}
              placeholder={slugOf(form.values.name)}
              {...form.getInputProps('slug')}
            />
            <Button type="submit" loading={create.busy}>
              {t('newCommunity.submit')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}
