import { useQuery } from '@apollo/client/react';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { Role } from '~/generated/graphql';
import { CopyField } from '~/ui/copy-field';
import { formatList, formatMoment } from '~/ui/format';
import { FormFailure } from '~/ui/form-parts';
import { Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag } from '~/ui/tag';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { INVITATIONS, INVITE_MEMBER } from './operations';
import { RolesInput } from './roles-input';

interface InvitationsCardProps {
  readonly slug: string;
  readonly communityId: string;
}

/** No mail is sent: the coordinator passes the link on, by whatever way the two of them talk. */
export function InvitationsCard({ slug, communityId }: InvitationsCardProps) {
  const { t } = useTranslation(['identity', 'common']);
  const query = useQuery(INVITATIONS, { variables: { slug } });
  return (
    <SectionCard title={t('invite.title')} hint={t('invite.hint')}>
      <Stack gap="lg">
        <InviteForm communityId={communityId} />
        <Loaded query={query}>
          {({ community }) =>
            (community?.invitations.length ?? 0) > 0 && (
              <Rows label={t('invite.sent')}>
                {community?.invitations.map((each) => (
                  <Row
                    key={each.id}
                    end={<Tag tone={each.state === 'pending' ? 'wait' : 'plain'}>{each.state}</Tag>}
                  >
                    <Text fw={600}>{each.email}</Text>
                    <Text size="sm" c="dimmed">
                      {formatList(each.roles.map((role) => t(`role.${role}`, { ns: 'common' })))} ·{' '}
                      {t('invite.until', { until: formatMoment(each.expiresAt) })}
                    </Text>
                  </Row>
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Stack>
    </SectionCard>
  );
}

function InviteForm({ communityId }: { readonly communityId: string }) {
  const { t } = useTranslation('identity');
  const [link, setLink] = useState<string | null>(null);
  const form = useForm<{ email: string; roles: Role[] }>({
    initialValues: { email: '', roles: ['member'] },
    validate: checkedBy((check, values) => {
      check.text('email', values.email, { max: LIMITS.emailCharsMax, name: t('field.email') });
      if (values.roles.length === 0) check.refuse('roles', t('invite.rolesProblem'));
    }),
  });
  const invite = useIntent(INVITE_MEMBER, {
    keyed: false,
    refetch: ['Invitations'],
    done: ({ inviteMember: invitation }) => {
      toastDone(t('invite.done', { email: invitation.email }));
      setLink(invitation.link ?? null);
      form.reset();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => void invite.run({ communityId, ...values }), focusFirstError)}
    >
      <Stack>
        <FormFailure failure={invite.failure} />
        <TextInput label={t('invite.email')} type="email" {...form.getInputProps('email')} />
        <RolesInput
          label={t('invite.roles')}
          value={form.values.roles}
          onChange={(roles) => form.setFieldValue('roles', roles)}
          error={form.errors['roles'] as string | undefined}
        />
        <Button type="submit" variant="light" loading={invite.busy} style={{ alignSelf: 'flex-start' }}>
          {t('invite.submit')}
        </Button>
        {link && <CopyField label={t('invite.link')} value={link} />}
      </Stack>
    </form>
  );
}
