import { useQuery } from '@apollo/client/react';
import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconTools } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { LIMITS } from '#kernel';
import { NotFoundPage } from '~/app/not-found.page';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { FormFailure } from '~/ui/form-parts';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CareCard } from './care-card';
import { SectionEntry } from './section-entry';
import { CREATE_SECTION, SET_UP } from './set-up-operations';
import { StartCard } from './start-card';

export function SectionsPage() {
  const { t } = useTranslation(['workshop', 'machines']);
  const { slug = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(SET_UP, { variables: { fablab: slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community, fablabSections: sections }) => {
        if (!community) return <NotFoundPage />;
        const mayWrite = hasRole(viewer, community.id, 'coordinator');
        return (
          <Page
            title={t('setUp.sectionsTitle')}
            kicker={community.name}
            lead={t('setUp.sectionsLead')}
            crumbs={[{ label: community.name, to: `/communities/${slug}` }]}
            actions={
              sections.length > 0 && (
                <Button component="a" href={`/labels/${slug}.pdf`} target="_blank" variant="default">
                  {t('list.labels', { ns: 'machines' })}
                </Button>
              )
            }
          >
            <Stack gap="lg">
              {mayWrite && <StartCard slug={slug} fablabId={community.id} sections={sections} />}
              {sections.length === 0 && (
                <EmptyState icon={IconTools} title={t('setUp.emptyTitle')}>
                  {t('setUp.empty')}
                </EmptyState>
              )}
              {sections.map((section) => (
                <SectionEntry
                  key={section.id}
                  section={section}
                  fablab={slug}
                  fablabId={community.id}
                  mayWrite={mayWrite}
                />
              ))}
              {mayWrite && sections.some((section) => section.workCentres.length > 0) && (
                <CareCard fablabId={community.id} sections={sections} />
              )}
              {mayWrite && <NewSection fablabId={community.id} />}
            </Stack>
          </Page>
        );
      }}
    </Loaded>
  );
}

function NewSection({ fablabId }: { readonly fablabId: string }) {
  const { t } = useTranslation('workshop');
  const form = useForm({
    initialValues: { name: '' },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('setUp.sectionNameName') });
    }),
  });
  const create = useIntent(CREATE_SECTION, {
    keyed: false,
    refetch: ['SetUp'],
    done: ({ createSection: section }) => {
      toastDone(t('setUp.sectionDone', { name: section.name }));
      form.reset();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <SectionCard title={t('setUp.newSection')}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => void create.run({ fablabId, ...values }), focusFirstError)}
      >
        <Stack>
          <FormFailure failure={create.failure} />
          <TextInput
            label={t('setUp.sectionName')}
            description={t('setUp.sectionHint')}
            {...form.getInputProps('name')}
          />
          <Button type="submit" loading={create.busy} style={{ alignSelf: 'flex-start' }}>
            {t('setUp.addSection')}
          </Button>
        </Stack>
      </form>
    </SectionCard>
  );
}
