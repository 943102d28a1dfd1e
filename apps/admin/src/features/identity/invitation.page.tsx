import { useQuery } from '@apollo/client/react';
import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { changePerson } from '~/app/apollo';
import { EmptyState } from '~/ui/empty-state';
import { formatList, formatMoment } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Loaded } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { ACCEPT_INVITATION, INVITATION } from './operations';
import { useViewer } from './use-viewer';

/** What an invitation's link opens: who invites, as what, and one button. */
export function InvitationPage() {
  const { t } = useTranslation(['identity', 'common']);
  const { token = '' } = useParams();
  const viewer = useViewer();
  const navigate = useNavigate();
  const query = useQuery(INVITATION, { variables: { token } });
  const accept = useIntent(ACCEPT_INVITATION, {
    keyed: false,
    done: async ({ acceptInvitation: { community } }) => {
      await changePerson();
      toastDone(t('invitation.done', { community: community.name }));
      await navigate(`/communities/${community.slug}`);
    },
  });
  const here = encodeURIComponent(`/invitation/${token}`);
  return (
    <Page title={t('invitation.title')} width="narrow">
      <Loaded query={query}>
        {({ invitation }) =>
          !invitation || invitation.state !== 'pending' ? (
            <EmptyState icon={IconMailOff} title={t('invitation.overTitle')}>
              {t('invitation.over')}
            </EmptyState>
          ) : (
            <Card>
              <Stack>
                <Text size="lg">
                  {t('invitation.sentence', {
                    community: invitation.communityName,
                    roles: formatList(invitation.roles.map((role) => t(`role.${role}`, { ns: 'common' }))),
                  })}
                </Text>
                <Text c="dimmed" size="sm">
                  {t('invitation.details', {
                    email: invitation.email,
                    until: formatMoment(invitation.expiresAt),
                  })}
                </Text>
                {viewer ? (
                  <Button loading={accept.busy} onClick={() => void accept.run({ token })}>
                    {t('invitation.accept', { name: viewer.displayName })}
                  </Button>
                ) : (
                  <Group>
                    <LinkButton to={`/sign-up?next=${here}`}>{t('invitation.signUp')}</LinkButton>
                    <LinkButton to={`/sign-in?next=${here}`} variant="default">
                      {t('invitation.signIn')}
                    </LinkButton>
                  </Group>
                )}
              </Stack>
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
}
