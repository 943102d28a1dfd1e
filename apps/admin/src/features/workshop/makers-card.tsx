import { useQuery } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MEMBERS } from '~/features/identity/operations';
import type { MakerQualificationsQuery } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { formatDay, formatList } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { GrantDialog } from './grant-dialog';
import { MAKER_QUALIFICATIONS } from './set-up-operations';

interface MakersCardProps {
  readonly slug: string;
  readonly fablabId: string;
  readonly mayWrite: boolean;
}

type Grant = MakerQualificationsQuery['makerQualifications'][number];

export function MakersCard({ slug, fablabId, mayWrite }: MakersCardProps) {
  const { t } = useTranslation('workshop');
  const members = useQuery(MEMBERS, { variables: { slug } });
  const { data } = useQuery(MAKER_QUALIFICATIONS, { variables: { fablabId } });
  const [person, setPerson] = useState<{ id: string; displayName: string } | null>(null);
  const held = (personId: string): Grant[] =>
    (data?.makerQualifications ?? []).filter((grant) => grant.person.id === personId);
  const named = (grant: Grant): string =>
    grant.expiresOn
      ? t('setUp.until', { name: grant.qualification.name, day: formatDay(grant.expiresOn) })
      : grant.qualification.name;
  return (
    <SectionCard title={t('setUp.makers')}>
      <Loaded query={members}>
        {({ community }) => {
          const makers = (community?.members ?? []).filter((member) => member.roles.includes('maker'));
          if (makers.length === 0) {
            return (
              <EmptyState
                icon={IconUserPlus}
                title={t('setUp.noMakerTitle')}
                order={3}
                action={
                  <LinkButton to={`/communities/${slug}`} variant="default">
                    {t('setUp.toMembers')}
                  </LinkButton>
                }
              >
                {t('setUp.noMaker')}
              </EmptyState>
            );
          }
          return (
            <Rows>
              {makers.map((maker) => {
                const grants = held(maker.person.id);
                return (
                  <Row
                    key={maker.id}
                    end={
                      mayWrite && (
                        <Button
                          variant="default"
                          size="sm"
                          mih={44}
                          onClick={() => setPerson(maker.person)}
                          aria-label={t('setUp.grantTo', { name: maker.person.displayName })}
                        >
                          {t('setUp.grant')}
                        </Button>
                      )
                    }
                  >
                    <Text fw={600}>{maker.person.displayName}</Text>
                    <Text size="sm" c="dimmed">
                      {grants.length === 0
                        ? t('setUp.holdsNothing')
                        : t('setUp.holds', { list: formatList(grants.map(named)) })}
                    </Text>
                  </Row>
                );
              })}
            </Rows>
          );
        }}
      </Loaded>
      {person && (
        <GrantDialog
          key={person.id}
          person={person}
          fablabId={fablabId}
          opened
          close={() => setPerson(null)}
        />
      )}
    </SectionCard>
  );
}
