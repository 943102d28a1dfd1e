import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MEMBERS } from '~/features/identity/operations';
import { useViewer } from '~/features/identity/use-viewer';
import type { MakerQualificationsQuery } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { formatDay } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { GrantDialog } from './grant-dialog';
import { MAKER_QUALIFICATIONS } from './set-up-operations';
import { TimesDialog } from './times-dialog';
import { WithdrawDialog } from './withdraw-dialog';

interface MakersCardProps {
  readonly slug: string;
  readonly fablabId: string;
  readonly mayWrite: boolean;
}

type Grant = MakerQualificationsQuery['makerQualifications'][number];

export function MakersCard({ slug, fablabId, mayWrite }: MakersCardProps) {
  const { t } = useTranslation(['workshop', 'people']);
  const viewer = useViewer();
  const members = useQuery(MEMBERS, { variables: { slug } });
  const { data } = useQuery(MAKER_QUALIFICATIONS, { variables: { fablabId } });
  const [person, setPerson] = useState<{ id: string; displayName: string } | null>(null);
  const [timesOf, setTimesOf] = useState<{ id: string; displayName: string } | null>(null);
  const [withdrawing, setWithdrawing] = useState<Grant | null>(null);
  const held = (personId: string): Grant[] =>
    (data?.makerQualifications ?? []).filter((grant) => grant.person.id === personId);
  const teaches = (personId: string | undefined): boolean =>
    (data?.makerQualifications ?? []).some((grant) => grant.mayTeach && grant.person.id === personId);
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
                      <Group gap="xs">
                        {(mayWrite || viewer?.id === maker.person.id) && (
                          <Button
                            variant="default"
                            size="sm"
                            mih={44}
                            onClick={() => setTimesOf(maker.person)}
                            aria-label={t('times.buttonOf', { ns: 'people', name: maker.person.displayName })}
                          >
                            {t('times.button', { ns: 'people' })}
                          </Button>
                        )}
                        {(mayWrite || teaches(viewer?.id)) && (
                          <Button
                            variant="default"
                            size="sm"
                            mih={44}
                            onClick={() => setPerson(maker.person)}
                            aria-label={t('setUp.grantTo', { name: maker.person.displayName })}
                          >
                            {t('setUp.grant')}
                          </Button>
                        )}
                      </Group>
                    }
                  >
                    <Text fw={600}>{maker.person.displayName}</Text>
                    {grants.length === 0 && (
                      <Text size="sm" c="dimmed">
                        {t('setUp.holdsNothing')}
                      </Text>
                    )}
                    {grants.map((grant) => (
                      <GrantLine
                        key={grant.id}
                        grant={grant}
                        withdraw={mayWrite ? () => setWithdrawing(grant) : null}
                      />
                    ))}
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
      {timesOf && (
        <TimesDialog
          key={timesOf.id}
          person={timesOf}
          fablabId={fablabId}
          mayWrite={mayWrite}
          opened
          close={() => setTimesOf(null)}
        />
      )}
      {withdrawing && (
        <WithdrawDialog key={withdrawing.id} grant={withdrawing} opened close={() => setWithdrawing(null)} />
      )}
    </SectionCard>
  );
}

/** One qualification of a maker, with what is special about it. */
function GrantLine({ grant, withdraw }: { readonly grant: Grant; readonly withdraw: (() => void) | null }) {
  const { t } = useTranslation(['workshop', 'people']);
  const { name } = grant.qualification;
  const facts = [
    grant.expiresOn ? t('setUp.until', { name, day: formatDay(grant.expiresOn) }) : name,
    grant.mayTeach && t('grant.teaches', { ns: 'people' }),
    grant.supervisor && t('grant.under', { ns: 'people', name: grant.supervisor.displayName }),
  ].filter((each) => typeof each === 'string');
  const label = { ns: 'people', qualification: name, name: grant.person.displayName } as const;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {facts.join(', ')}
      </Text>
      {withdraw && (
        <Button
          variant="subtle"
          size="sm"
          mih={44}
          onClick={withdraw}
          aria-label={t('withdraw.buttonOf', label)}
        >
          {t('withdraw.button', { ns: 'people' })}
        </Button>
      )}
    </Group>
  );
}
