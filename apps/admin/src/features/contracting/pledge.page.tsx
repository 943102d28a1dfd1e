import { Button, Card, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import type { ContractDetailsFragment } from '~/generated/graphql';
import { useViewer, type OwnCommunity } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { Facts } from '~/ui/facts';
import { editableAmount, formatAmount, parseAmount } from '~/ui/format';
import { AmountInput, FormFailure } from '~/ui/form-parts';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { FundingBar } from './funding-bar';
import { MAKE_PLEDGE } from './operations';
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

interface PledgeFormProps {
  readonly contract: ContractDetailsFragment;
  readonly communities: readonly OwnCommunity[];
  readonly first: OwnCommunity;
}

/** Three decisions at most: for whom, how much, yes. */
function PledgeForm({ contract, communities, first }: PledgeFormProps) {
  const { t } = useTranslation('contracting');
  const navigate = useNavigate();
  const { currency } = contract;
  const form = useForm({
    initialValues: { communityId: first.id, amount: '' },
    validate: checkedBy((check, values) => {
      const amountMinor = parseAmount(values.amount, currency);
      if (amountMinor === null || amountMinor <= 0n) check.refuse('amount', t('amountProblem', { currency }));
    }),
  });
  const make = useIntent(MAKE_PLEDGE, {
    refetch: ['Contract', 'Contracts'],
    done: async ({ makePledge: pledge }) => {
      toastDone(
        pledge.state === 'active'
          ? t('active.done', { ref: contract.ref })
          : t('pledge.done', { amount: formatAmount(pledge.amount), community: pledge.community.name }),
      );
      await navigate(`/contracts/${contract.ref}`);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const amountMinor = parseAmount(form.values.amount, currency);
  const submit = form.onSubmit(({ communityId }) => {
    if (amountMinor === null) return;
    void make.run({
      contractId: contract.id,
      communityId,
      amount: { amountMinor: `${amountMinor}`, currency },
    });
  }, focusFirstError);
  return (
    <Stack gap="lg">
      <FundingBar funding={contract.funding} />
      <Card>
        <form noValidate onSubmit={submit}>
          <Stack>
            <FormFailure failure={make.failure} />
            {communities.length > 1 ? (
              <NativeSelect
                label={t('pledge.for')}
                data={communities.map((each) => ({ value: each.id, label: each.name }))}
                {...form.getInputProps('communityId')}
              />
            ) : (
              <Text>{t('pledge.forOne', { community: first.name })}</Text>
            )}
            <AmountInput
              label={t('pledge.amount')}
              currency={currency}
              size="lg"
              {...form.getInputProps('amount')}
            />
            <Group gap="xs">
              {proposals(contract).map((minor) => (
                <Button
                  key={`${minor}`}
                  variant="default"
                  size="sm"
                  mih={44}
                  onClick={() =>
                    form.setFieldValue('amount', editableAmount({ amountMinor: `${minor}`, currency }))
                  }
                >
                  {formatAmount({ amountMinor: `${minor}`, currency })}
                </Button>
              ))}
            </Group>
            <Facts
              rows={[
                [t('pledge.back1'), contract.repaymentTerms],
                [t('pledge.back2'), t('pledge.until')],
              ]}
            />
            <Button type="submit" size="lg" loading={make.busy}>
              {amountMinor !== null && amountMinor > 0n
                ? t('pledge.submitAmount', {
                    amount: formatAmount({ amountMinor: `${amountMinor}`, currency }),
                  })
                : t('pledge.submit')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Stack>
  );
}

/** What is missing, and an equal share of the threshold for each receiving community. */
function proposals(contract: ContractDetailsFragment): bigint[] {
  const threshold = BigInt(contract.funding.threshold.amountMinor);
  const missing = threshold - BigInt(contract.funding.pledged.amountMinor);
  const share = threshold / BigInt(Math.max(1, contract.receivingCommunities.length));
  return [...new Set([share < missing ? share : missing, missing])].filter((amount) => amount > 0n);
}
