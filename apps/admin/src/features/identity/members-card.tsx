import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MembersQuery, Role } from '~/generated/graphql';
import { Dialog } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag } from '~/ui/tag';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { CHANGE_MEMBER_ROLES, MEMBERS } from './operations';
import { RolesInput } from './roles-input';

interface MembersCardProps {
  readonly slug: string;
  readonly communityId: string;
  readonly mayChange: boolean;
}

type Member = NonNullable<MembersQuery['community']>['members'][number];

export function MembersCard({ slug, communityId, mayChange }: MembersCardProps) {
  const { t } = useTranslation(['identity', 'common']);
  const query = useQuery(MEMBERS, { variables: { slug } });
  const [member, setMember] = useState<Member | null>(null);
  return (
    <SectionCard title={t('members.title')} hint={t('members.hint')}>
      <Loaded query={query}>
        {({ community }) => (
          <Rows>
            {(community?.members ?? []).map((each) => (
              <Row
                key={each.id}
                end={
                  mayChange && (
                    <Button
                      variant="default"
                      size="sm"
                      mih={44}
                      onClick={() => setMember(each)}
                      aria-label={t('members.changeOf', { name: each.person.displayName })}
                    >
                      {t('members.change')}
                    </Button>
                  )
                }
              >
                <Text fw={600}>{each.person.displayName}</Text>
                <Group gap={6}>
                  {each.roles.map((role) => (
                    <Tag key={role}>{t(`role.${role}`, { ns: 'common' })}</Tag>
                  ))}
                </Group>
              </Row>
            ))}
          </Rows>
        )}
      </Loaded>
      {member && (
        <ChangeRoles
          key={member.id}
          member={member}
          communityId={communityId}
          close={() => setMember(null)}
        />
      )}
    </SectionCard>
  );
}

function ChangeRoles({
  member,
  communityId,
  close,
}: {
  readonly member: Member;
  readonly communityId: string;
  readonly close: () => void;
}) {
  const { t } = useTranslation(['identity', 'common']);
  const [roles, setRoles] = useState<Role[]>([...member.roles]);
  const change = useIntent(CHANGE_MEMBER_ROLES, {
    keyed: false,
    refetch: ['Members', 'Viewer'],
    done: () => {
      toastDone(t('members.changed', { name: member.person.displayName }));
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened close={close} title={t('members.rolesOf', { name: member.person.displayName })}>
      <FormFailure failure={change.failure} />
      <RolesInput value={roles} onChange={setRoles} label={t('members.roles')} />
      <Button
        loading={change.busy}
        onClick={() => void change.run({ communityId, personId: member.person.id, roles })}
      >
        {t('save', { ns: 'common' })}
      </Button>
    </Dialog>
  );
}
