import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { useViewer } from '~/features/identity/use-viewer';
import { PledgeForm } from '~/features/instruments/pledge-form';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { mayPledgeFor } from './parties';
import { useContract } from './use-contract';

export function PledgePage() {
  const { t } = useTranslation('contracting');
  const { ref = '' } = useParams();
  const viewer = useViewer();
  const query = useContract(ref);
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ contract }) => {
        if (!contract) return <NotFoundPage />;
        const communities = mayPledgeFor(viewer, contract);
        const [first] = communities;
        return (
          <Page
            title={t('pledge.title')}
            lead={contract.title}
            width="narrow"
            crumbs={[
              { label: t('list.title'), to: '/contracts' },
              { label: ref, to: `/contracts/${ref}` },
            ]}
          >
            {first ? (
              <PledgeForm contract={contract} communities={communities} first={first} />
            ) : (
              <EmptyState
                icon={IconLock}
                title={t('pledge.notNowTitle')}
                action={<LinkButton to={`/contracts/${ref}`}>{t('pledge.back')}</LinkButton>}
              >
                {t('pledge.notNow')}
              </EmptyState>
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}
