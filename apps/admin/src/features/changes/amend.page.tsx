import { useQuery } from '@apollo/client/react';
import { Card, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { DraftEditor } from '~/features/contracting/draft-editor';
import { draftOf } from '~/features/contracting/draft-form';
import { CONTRACT } from '~/features/contracting/operations';
import { checkReason, ReasonInput } from '~/features/contracting/reason-input';
import type { ContractShown } from '~/features/contracting/use-contract';
import { useViewer, type OwnCommunity } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { checkedBy, focusFirstError } from '~/ui/validation';
import { CommunitySelect } from './community-select';
import { LiveDifference } from './live-difference';
import { PROPOSE_AMENDMENT } from './operations';
import { coordinatedParties } from './speaks-for';

/** Other terms for a published contract, beside what they change. */
export function AmendPage() {
  const { t } = useTranslation(['changes', 'contracting']);
  const { ref = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(CONTRACT, { variables: { ref }, fetchPolicy: 'network-only' });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ contract }) => {
        if (!contract) return <NotFoundPage />;
        const communities = coordinatedParties(viewer, contract);
        const [first] = communities;
        return (
          <Page
            title={t('amend.title')}
            kicker={ref}
            lead={t(contract.state === 'active' ? 'amend.leadActive' : 'amend.lead')}
            width="wide"
            crumbs={[
              { label: t('contracting:list.title'), to: '/contracts' },
              { label: contract.title, to: `/contracts/${ref}` },
            ]}
          >
            {first && contract.viewerCan.includes('proposeAmendment') ? (
              <AmendForm contract={contract} communities={communities} first={first} />
            ) : (
              <EmptyState
                icon={IconLock}
                title={t('amend.notNow')}
                action={<LinkButton to={`/contracts/${ref}`}>{t('contracting:pledge.back')}</LinkButton>}
              />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}

interface AmendFormProps {
  readonly contract: ContractShown;
  readonly communities: readonly OwnCommunity[];
  readonly first: OwnCommunity;
}

function AmendForm({ contract, communities, first }: AmendFormProps) {
  const { t } = useTranslation('changes');
  const navigate = useNavigate();
  const head = useForm({
    initialValues: { communityId: first.id, reason: '' },
    validate: checkedBy((check, values) => checkReason(check, values.reason)),
  });
  return (
    <DraftEditor
      fablab={contract.fablab}
      initial={draftOf(contract)}
      document={PROPOSE_AMENDMENT}
      keyed
      refetch={['Contract', 'Contracts']}
      inputFor={(input) => ({
        ...input,
        ...head.getValues(),
        contractId: contract.id,
        releaseNumber: contract.currentRelease?.number ?? 0,
      })}
      isReady={() => {
        const ready = !head.validate().hasErrors;
        if (!ready) focusFirstError();
        return ready;
      }}
      before={
        <Card>
          <Stack>
            <CommunitySelect communities={communities} {...head.getInputProps('communityId')} />
            <ReasonInput {...head.getInputProps('reason')} />
          </Stack>
        </Card>
      }
      beside={{
        label: t('difference.title'),
        show: (values) => <LiveDifference contractId={contract.id} values={values} />,
      }}
      submitLabel={t('amend.submit')}
      done={async () => {
        toastDone(t('amend.done', { ref: contract.ref }));
        await navigate(`/contracts/${contract.ref}`);
      }}
    />
  );
}
