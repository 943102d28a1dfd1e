import { useQuery } from '@apollo/client/react';
import { SimpleGrid, Stack } from '@mantine/core';
import { IconMoodSmile, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CONTRACTS } from '~/features/contracting/operations';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { FABLAB_SECTIONS, MY_JOBS } from '~/features/workshop/operations';
import { SectionDoor } from '~/features/workshop/section-door';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { ListSkeleton, Loaded } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { SectionCard } from '~/ui/section-card';
import { NeedList } from './need-list';
import { contractNeeds, jobNeeds } from './needs';

/** What needs this person now, then the places where they work. */
export function HomePage() {
  const { t } = useTranslation('home');
  const viewer = useViewer();
  const contracts = useQuery(CONTRACTS, { variables: { first: 50, mine: true } });
  const jobs = useQuery(MY_JOBS, { skip: communitiesOf(viewer, 'maker').length === 0 });
  if (!viewer) return null;
  const workplaces = communitiesOf(viewer, 'maker', 'coordinator').filter(
    (community) => community.manufactures,
  );
  if (viewer.memberships.length === 0) {
    return (
      <Page title={t('welcome', { name: viewer.displayName })}>
        <EmptyState
          icon={IconUsersGroup}
          title={t('nowhere.title')}
          action={<LinkButton to="/communities/new">{t('nowhere.create')}</LinkButton>}
        >
          {t('nowhere.text')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={t('title')} kicker={t('welcome', { name: viewer.displayName })}>
      <Stack gap="xl">
        <section aria-labelledby="needs">
          <h2
            id="needs"
            className="mantine-visually-hidden"
            style={{ position: 'absolute', clip: 'rect(0 0 0 0)' }}
          >
            {t('needs')}
          </h2>
          <Loaded query={contracts} skeleton={<ListSkeleton rows={2} height={96} />}>
            {(data) => {
              const needs = [...jobNeeds(jobs.data), ...contractNeeds(viewer, data)];
              return needs.length > 0 ? (
                <NeedList needs={needs} />
              ) : (
                <EmptyState
                  icon={IconMoodSmile}
                  title={t('nothing.title')}
                  action={
                    <LinkButton to="/contracts" variant="default">
                      {t('nothing.contracts')}
                    </LinkButton>
                  }
                >
                  {t('nothing.text')}
                </EmptyState>
              );
            }}
          </Loaded>
        </section>
        {workplaces.map((community) => (
          <Boards key={community.id} slug={community.slug} name={community.name} />
        ))}
      </Stack>
    </Page>
  );
}

function Boards({ slug, name }: { readonly slug: string; readonly name: string }) {
  const { t } = useTranslation('home');
  const query = useQuery(FABLAB_SECTIONS, { variables: { fablab: slug } });
  return (
    <SectionCard title={t('boards', { fablab: name })}>
      <Loaded query={query} skeleton={<ListSkeleton rows={1} />}>
        {({ fablabSections }) =>
          fablabSections.length === 0 ? (
            <LinkButton to={`/fablabs/${slug}/sections`} variant="default">
              {t('setUp')}
            </LinkButton>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              {fablabSections.map((section) => (
                <SectionDoor key={section.id} section={section} />
              ))}
            </SimpleGrid>
          )
        }
      </Loaded>
    </SectionCard>
  );
}
