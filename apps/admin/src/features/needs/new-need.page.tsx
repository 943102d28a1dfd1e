import { NativeSelect, Stack } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { FormFailure } from '~/ui/form-parts';
import { LinkButton } from '~/ui/link-button';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { showProblems } from '~/ui/validation';
import { NeedForm, useNeedForm } from './need-form';
import { POST_NEED } from './operations';

export function NewNeedPage() {
  const { t } = useTranslation('needs');
  const navigate = useNavigate();
  const communities = communitiesOf(useViewer(), 'coordinator').filter((community) => community.receives);
  const [chosen, setChosen] = useState<string | null>(null);
  const community = communities.find((each) => each.id === chosen) ?? communities[0];
  const form = useNeedForm(null);
  const post = useIntent(POST_NEED, {
    refetch: ['Needs'],
    done: async ({ postNeed: need }) => {
      toastDone(t('form.done'));
      await navigate(`/needs/${need.id}`);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Page
      title={t('form.newTitle')}
      lead={t('form.newLead')}
      width="narrow"
      crumbs={[{ label: t('title'), to: '/needs' }]}
    >
      {community ? (
        <Stack>
          <FormFailure failure={post.failure} />
          {communities.length > 1 && (
            <NativeSelect
              label={t('form.community')}
              value={community.id}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={communities.map((each) => ({ value: each.id, label: each.name }))}
            />
          )}
          <NeedForm
            form={form}
            submitLabel={t('form.submit')}
            busy={post.busy}
            submit={(values) => void post.run({ ...values, communityId: community.id })}
          />
        </Stack>
      ) : (
        <EmptyState
          icon={IconUsersGroup}
          title={t('form.noCommunityTitle')}
          action={<LinkButton to="/communities">{t('form.toCommunities')}</LinkButton>}
        >
          {t('form.noCommunity')}
        </EmptyState>
      )}
    </Page>
  );
}
