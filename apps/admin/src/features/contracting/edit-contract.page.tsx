import { useQuery } from '@apollo/client/react';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { DraftEditor } from './draft-editor';
import { draftOf } from './draft-form';
import { UPDATE_DRAFT } from './editor-operations';
import { CONTRACT } from './operations';

export function EditContractPage() {
  const { t } = useTranslation('contracting');
  const { ref = '' } = useParams();
  const navigate = useNavigate();
  const query = useQuery(CONTRACT, { variables: { ref }, fetchPolicy: 'network-only' });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ contract }) =>
        contract ? (
          <Page
            title={t('editor.editTitle')}
            kicker={ref}
            width="wide"
            crumbs={[
              { label: t('list.title'), to: '/contracts' },
              { label: contract.title, to: `/contracts/${ref}` },
            ]}
          >
            {contract.viewerCan.includes('updateDraft') ? (
              <DraftEditor
                key={contract.draftRevision}
                fablab={contract.fablab}
                initial={draftOf(contract)}
                document={UPDATE_DRAFT}
                keyed={false}
                inputFor={(input) => ({
                  ...input,
                  contractId: contract.id,
                  draftRevision: contract.draftRevision,
                })}
                submitLabel={t('editor.save')}
                reload={() => void query.refetch()}
                done={async () => {
                  toastDone(t('editor.saved', { ref }));
                  await navigate(`/contracts/${ref}`);
                }}
              />
            ) : (
              <EmptyState
                icon={IconLock}
                title={t('editor.notEditable')}
                action={<LinkButton to={`/contracts/${ref}`}>{t('pledge.back')}</LinkButton>}
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
