import { useQuery } from '@apollo/client/react';
import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { MakersCard } from './makers-card';
import { StaysCard } from './stays-card';
import { QualificationsCard } from './qualifications-card';

export function MakersPage() {
  const { t } = useTranslation('workshop');
  const { slug = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(COMMUNITY, { variables: { slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community }) => {
        if (!community) return <NotFoundPage />;
        const mayWrite = hasRole(viewer, community.id, 'coordinator');
        return (
          <Page
            title={t('setUp.makersTitle')}
            kicker={community.name}
            lead={t('setUp.makersLead')}
            crumbs={[{ label: community.name, to: `/communities/${slug}` }]}
          >
            <Stack gap="lg">
              <MakersCard slug={slug} fablabId={community.id} mayWrite={mayWrite} />
              <StaysCard slug={slug} fablabId={community.id} mayWrite={mayWrite} />
              <QualificationsCard fablabId={community.id} mayWrite={mayWrite} />
            </Stack>
          </Page>
        );
      }}
    </Loaded>
  );
}
