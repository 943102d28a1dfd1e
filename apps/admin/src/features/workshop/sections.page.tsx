import { useQuery } from '@apollo/client/react';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconTools } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { LIMITS } from '#kernel';
import { NotFoundPage } from '~/app/not-found.page';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import type { SetUpQuery } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { formatList } from '~/ui/format';
import { FormFailure } from '~/ui/form-parts';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CREATE_SECTION, SET_UP } from './set-up-operations';
import { WorkCentreDialog } from './work-centre-dialog';

type Section = SetUpQuery['fablabSections'][number];

export function SectionsPage() {
  const { t } = useTranslation('workshop');
  const { slug = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(SET_UP, { variables: { fablab: slug } });
  const [adding, setAdding] = useState<Section | null>(null);
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
          >
            <Stack gap="lg">
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
                  addWorkCentre={mayWrite ? () => setAdding(section) : null}
                />
              ))}
              {mayWrite && <NewSection fablabId={community.id} />}
            </Stack>
            {adding && (
              <WorkCentreDialog
                key={adding.id}
                section={adding}
                fablabId={community.id}
                opened
                close={() => setAdding(null)}
              />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}

interface SectionEntryProps {
  readonly section: Section;
  readonly fablab: string;
  readonly addWorkCentre: (() => void) | null;
}

function SectionEntry({ section, fablab, addWorkCentre }: SectionEntryProps) {
  const { t } = useTranslation('workshop');
  return (
    <SectionCard
      title={section.name}
      action={
        <LinkButton to={`/workshop/${fablab}/${section.slug}`} variant="default" size="sm" mih={44}>
          {t('setUp.board')}
        </LinkButton>
      }
    >
      {section.workCentres.length === 0 ? (
        <Text c="dimmed">{t('setUp.noWorkCentre')}</Text>
      ) : (
        <Rows label={t('setUp.workCentres')}>
          {section.workCentres.map((centre) => (
            <Row key={centre.id}>
              <Text fw={600}>{centre.name}</Text>
              <Text size="sm" c="dimmed">
                {t('setUp.capacity', { count: centre.capacity })},{' '}
                {centre.requiredQualifications.length === 0
                  ? t('setUp.needsNothing')
                  : t('setUp.needs', {
                      qualifications: formatList(centre.requiredQualifications.map((each) => each.name)),
                    })}
              </Text>
            </Row>
          ))}
        </Rows>
      )}
      {addWorkCentre && (
        <Button
          variant="light"
          mt="md"
          onClick={addWorkCentre}
          aria-label={t('setUp.newWorkCentreIn', { section: section.name })}
        >
          {t('setUp.newWorkCentre')}
        </Button>
      )}
    </SectionCard>
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
