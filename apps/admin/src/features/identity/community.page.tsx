import { useQuery } from '@apollo/client/react';
import { SimpleGrid, Stack, Text } from '@mantine/core';
import {
  IconCash,
  IconClock,
  IconFileText,
  IconListCheck,
  IconPackage,
  IconSchool,
  IconTable,
  IconTools,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { DoorCard } from '~/ui/door-card';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { InvitationsCard } from './invitations-card';
import { kindOf } from './kind';
import { MembersCard } from './members-card';
import { COMMUNITY } from './operations';
import { hasRole, isMember, useViewer } from './use-viewer';

export function CommunityPage() {
  const { t } = useTranslation('identity');
  const { slug = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(COMMUNITY, { variables: { slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community }) => {
        if (!community) return <NotFoundPage />;
        const member = isMember(viewer, community.id);
        const coordinator = hasRole(viewer, community.id, 'coordinator');
        const seesLedger = hasRole(viewer, community.id, 'coordinator', 'treasurer');
        return (
          <Page
            title={community.name}
            kicker={[t(`kind.${kindOf(community)}`), community.place].filter(Boolean).join(' · ')}
            lead={community.description}
          >
            <Stack gap="lg">
              <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
                {community.manufactures && (
                  <>
                    <DoorCard
                      icon={IconListCheck}
                      to={`/workshop/${slug}`}
                      title={t('door.boards')}
                      hint={t('door.boardsHint')}
                    />
                    <DoorCard
                      icon={IconTools}
                      to={`/fablabs/${slug}/sections`}
                      title={t('door.sections')}
                      hint={t('door.sectionsHint')}
                    />
                    <DoorCard
                      icon={IconClock}
                      to={`/fablabs/${slug}/hours`}
                      title={t('door.hours')}
                      hint={t('door.hoursHint')}
                    />
                    <DoorCard
                      icon={IconSchool}
                      to={`/fablabs/${slug}/makers`}
                      title={t('door.makers')}
                      hint={t('door.makersHint')}
                    />
                    <DoorCard
                      icon={IconPackage}
                      to={`/fablabs/${slug}/products`}
                      title={t('door.products')}
                      hint={t('door.productsHint')}
                    />
                  </>
                )}
                <DoorCard
                  icon={IconFileText}
                  to={`/contracts?community=${slug}`}
                  title={t('door.contracts')}
                  hint={t('door.contractsHint')}
                />
                {member && (community.receives || seesLedger) && (
                  <DoorCard
                    icon={IconTable}
                    to={`/sheet/${slug}`}
                    title={t(community.manufactures && seesLedger ? 'door.sheet' : 'door.gave')}
                    hint={t(community.manufactures && seesLedger ? 'door.sheetHint' : 'door.gaveHint')}
                  />
                )}
                {seesLedger && (
                  <DoorCard
                    icon={IconCash}
                    to={`/ledger/${slug}`}
                    title={t('door.ledger')}
                    hint={t('door.ledgerHint')}
                  />
                )}
              </SimpleGrid>
              {member ? (
                <MembersCard slug={slug} communityId={community.id} mayChange={coordinator} />
              ) : (
                <Text c="dimmed">{t('members.private')}</Text>
              )}
              {coordinator && <InvitationsCard slug={slug} communityId={community.id} />}
            </Stack>
          </Page>
        );
      }}
    </Loaded>
  );
}
