import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '~/generated';
import type { PledgeProposalsQuery } from '~/generated/graphql';
import { formatAmount, formatMoment } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';

const PROPOSALS = graphql(`
  query PledgeProposals($ref: String!) {
    contract(ref: $ref) {
      id
      pledgeProposals {
        id
        viewerCanAnswer
        proposedAt
        amount {
          amountMinor
          currency
        }
        community {
          id
          name
        }
      }
    }
  }
`);

const CONFIRM = graphql(`
  mutation ConfirmPledgeProposal($input: AnswerPledgeProposalInput!) {
    confirmPledgeProposal(input: $input) {
      id
      state
    }
  }
`);

const DECLINE = graphql(`
  mutation DeclinePledgeProposal($input: AnswerPledgeProposalInput!) {
    declinePledgeProposal(input: $input) {
      id
      state
    }
  }
`);

type Proposal = NonNullable<PledgeProposalsQuery['contract']>['pledgeProposals'][number];

/** What a fablab says was pledged, for those who can say yes or no to it. Not there when nothing is proposed. */
export function ProposalsCard({ contractRef }: { readonly contractRef: string }) {
  const { t } = useTranslation('imports');
  const { data } = useQuery(PROPOSALS, { variables: { ref: contractRef }, fetchPolicy: 'cache-and-network' });
  const proposals = data?.contract?.pledgeProposals ?? [];
  if (proposals.length === 0) return null;
  return (
    <SectionCard title={t('proposals.title')} hint={t('proposals.hint')}>
      <Rows>
        {proposals.map((proposal) => (
          <Row key={proposal.id} end={proposal.viewerCanAnswer && <Answer proposal={proposal} />}>
            <Text fw={600} className="cw-number">
              {t('proposals.line', words(proposal))}
            </Text>
            <Text size="sm" c="dimmed">
              {formatMoment(proposal.proposedAt)}
            </Text>
          </Row>
        ))}
      </Rows>
    </SectionCard>
  );
}

function words({ amount, community }: Proposal) {
  return { amount: formatAmount(amount), community: community.name };
}

function Answer({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('imports');
  const refetch = ['Contract', 'PledgeProposals'];
  const confirm = useIntent(CONFIRM, { refetch, done: () => toastDone(t('proposals.confirmed')) });
  const decline = useIntent(DECLINE, { refetch, done: () => toastDone(t('proposals.declined')) });
  const input = { proposalId: proposal.id };
  return (
    <Group gap="xs">
      <Button
        loading={confirm.busy}
        aria-label={t('proposals.confirmOf', words(proposal))}
        onClick={() => void confirm.run(input)}
      >
        {t('proposals.confirm')}
      </Button>
      <Button
        variant="default"
        loading={decline.busy}
        aria-label={t('proposals.declineOf', words(proposal))}
        onClick={() => void decline.run(input)}
      >
        {t('proposals.decline')}
      </Button>
    </Group>
  );
}
