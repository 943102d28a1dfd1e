import { useQuery } from '@apollo/client/react';
import { Alert, Button, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import type { NeedLineFragment } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { FormFailure } from '~/ui/form-parts';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { showProblems } from '~/ui/validation';
import { NeedForm, useNeedForm } from './need-form';
import { NEED, UPDATE_NEED } from './operations';

export function EditNeedPage() {
  const { t } = useTranslation('needs');
  const { id = '' } = useParams();
  const query = useQuery(NEED, { variables: { id }, fetchPolicy: 'network-only' });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ need }) =>
        need ? (
          <Page
            title={t('edit.title')}
            lead={t('edit.lead')}
            width="narrow"
            crumbs={[
              { label: t('title'), to: '/needs' },
              { label: need.title, to: `/needs/${id}` },
            ]}
          >
            {need.viewerCan.includes('updateNeed') ? (
              <Editor key={need.revision} need={need} reload={() => void query.refetch()} />
            ) : (
              <EmptyState
                icon={IconLock}
                title={t('edit.not')}
                action={<LinkButton to={`/needs/${id}`}>{t('edit.back')}</LinkButton>}
              />
            )}
          </Page>
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

function Editor({ need, reload }: { readonly need: NeedLineFragment; readonly reload: () => void }) {
  const { t } = useTranslation('needs');
  const navigate = useNavigate();
  const form = useNeedForm(need);
  const save = useIntent(UPDATE_NEED, {
    keyed: false,
    done: async () => {
      toastDone(t('edit.done'));
      await navigate(`/needs/${need.id}`);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Stack>
      <FormFailure failure={save.failure} />
      {save.failure?.code === 'CONFLICT' && (
        <Alert color="ochre" variant="outline" title={t('edit.stale')}>
          <Button variant="default" onClick={reload}>
            {t('edit.loadNewer')}
          </Button>
        </Alert>
      )}
      <NeedForm
        form={form}
        submitLabel={t('edit.save')}
        busy={save.busy}
        submit={(values) => void save.run({ ...values, needId: need.id, revision: need.revision })}
      />
    </Stack>
  );
}
