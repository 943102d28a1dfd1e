import { useQuery } from '@apollo/client/react';
import { Button, Card, NativeSelect, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { CONTRACT } from '~/features/contracting/operations';
import { checkReason, ReasonInput } from '~/features/contracting/reason-input';
import type { ContractShown } from '~/features/contracting/use-contract';
import { useViewer, type OwnCommunity } from '~/features/identity/use-viewer';
import { THREAD } from '~/features/questions/operations';
import { EmptyState } from '~/ui/empty-state';
import { FormFailure } from '~/ui/form-parts';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CommunitySelect } from './community-select';
import { PROPOSE_TERMINATION } from './operations';
import {
  checkSettlement,
  initialSettlement,
  linesOf,
  owedPledges,
  type SettlementValues,
} from './settlement-form';
import { SettlementFields } from './settlement-fields';
import { coordinatedParties } from './speaks-for';

/** Proposing to end an active contract: why, and what becomes of everything that is owed. */
export function TerminatePage() {
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
            title={t('end.proposeTitle')}
            kicker={ref}
            lead={t('end.lead')}
            width="narrow"
            crumbs={[
              { label: t('contracting:list.title'), to: '/contracts' },
              { label: contract.title, to: `/contracts/${ref}` },
            ]}
          >
            {first && contract.viewerCan.includes('proposeTermination') ? (
              <TerminateForm contract={contract} communities={communities} first={first} />
            ) : (
              <EmptyState
                icon={IconLock}
                title={t('end.notNow')}
                action={<LinkButton to={`/contracts/${ref}`}>{t('contracting:pledge.back')}</LinkButton>}
              />
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}

interface TerminateFormProps {
  readonly contract: ContractShown;
  readonly communities: readonly OwnCommunity[];
  readonly first: OwnCommunity;
}

function TerminateForm({ contract, communities, first }: TerminateFormProps) {
  const { t } = useTranslation('changes');
  const navigate = useNavigate();
  const form = useForm<SettlementValues>({
    initialValues: initialSettlement(contract, first.id),
    validate: checkedBy((check, values) => {
      checkReason(check, values.reason);
      checkSettlement(check, values, contract);
    }),
  });
  const propose = useIntent(PROPOSE_TERMINATION, {
    refetch: ['Contract'],
    done: async () => {
      toastDone(t('end.proposed', { ref: contract.ref }));
      await navigate(`/contracts/${contract.ref}`);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit((values) => {
    const { communityId, reason, questionId } = values;
    void propose.run({
      contractId: contract.id,
      communityId,
      reason,
      releaseNumber: contract.currentRelease?.number ?? 0,
      ...(questionId && { questionId }),
      settlement: linesOf(values, contract.currency),
    });
  }, focusFirstError);
  const owed = owedPledges(contract);
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <FormFailure failure={propose.failure} />
        <Card>
          <Stack>
            <CommunitySelect communities={communities} {...form.getInputProps('communityId')} />
            <ReasonInput {...form.getInputProps('reason')} />
            <DisputeSelect refName={contract.ref} inputProps={form.getInputProps('questionId')} />
          </Stack>
        </Card>
        {owed.length === 0 && <Text>{t('end.nothingOwed')}</Text>}
        {form.values.settlement.map((line, index) => {
          const pledge = owed.find(({ id }) => id === line.pledgeId);
          return pledge && <SettlementFields key={line.pledgeId} form={form} index={index} pledge={pledge} />;
        })}
        <Button type="submit" size="lg" color="brick" loading={propose.busy}>
          {t('end.submit')}
        </Button>
      </Stack>
    </form>
  );
}

/** Disputes that were mediated and closed: only such a one can be what ends a contract. */
function DisputeSelect({ refName, inputProps }: { readonly refName: string; readonly inputProps: object }) {
  const { t } = useTranslation('changes');
  const { data } = useQuery(THREAD, { variables: { ref: refName } });
  const disputes = (data?.contract?.questions ?? []).filter(
    ({ state, steps }) => state === 'closed' && steps.some(({ kind }) => kind === 'mediation'),
  );
  if (disputes.length === 0) return null;
  return (
    <NativeSelect
      label={t('end.disputeLabel')}
      description={t('end.disputeHint')}
      data={[
        { value: '', label: t('end.noDispute') },
        ...disputes.map(({ id, number, steps }) => ({
          value: id,
          label: t('end.disputeOption', { number, text: steps[0]?.text }),
        })),
      ]}
      {...inputProps}
    />
  );
}
