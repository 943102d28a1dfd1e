import { graphql } from '~/generated';

/** What was proposed for a contract, and what became of it: part of every contract that a page shows. */
export const CONTRACT_CHANGES = graphql(`
  fragment ContractChanges on Contract {
    releases {
      number
      sha256
      publishedAt
      status
      amends
      reason
      decidedAt
      declineReason
      proposedBy {
        id
        name
      }
      declinedBy {
        id
        name
      }
      acceptances {
        acceptedAt
        community {
          id
          name
        }
      }
    }
    terminations {
      number
      state
      sha256
      reason
      questionNumber
      proposedAt
      decidedAt
      endReason
      proposedBy {
        id
        name
      }
      endedBy {
        id
        name
      }
      answers {
        acceptedAt
        community {
          id
          name
        }
      }
      settlement {
        pledgeId
        owed {
          amountMinor
          currency
        }
        repaid {
          amountMinor
          currency
        }
        forgiven {
          amountMinor
          currency
        }
        due {
          amountMinor
          currency
        }
        plan {
          instalments
          firstDueOn
          everyMonths
        }
      }
    }
    endReason
  }
`);

export const CHANGED_CONTRACT = graphql(`
  fragment ChangedContract on Contract {
    ...ContractDetails
    pledges {
      ...PledgeObligation
    }
  }
`);

export const RELEASE_DIFFERENCE = graphql(`
  query ReleaseDifference($ref: String!, $from: Int!, $to: Int!) {
    releaseDifference(contractRef: $ref, from: $from, to: $to) {
      from
      to
      changes {
        path
        before
        after
        sentence
      }
    }
  }
`);

/** What would change, by the server's own words, while it is being written. */
export const AMENDMENT_PREVIEW = graphql(`
  query AmendmentPreview($input: PreviewAmendmentInput!) {
    amendmentPreview(input: $input) {
      path
      before
      after
      sentence
    }
  }
`);

export const PROPOSE_AMENDMENT = graphql(`
  mutation ProposeAmendment($input: ProposeAmendmentInput!) {
    proposeAmendment(input: $input) {
      ...ChangedContract
    }
  }
`);

export const ACCEPT_AMENDMENT = graphql(`
  mutation AcceptAmendment($input: AcceptAmendmentInput!) {
    acceptAmendment(input: $input) {
      ...ChangedContract
    }
  }
`);

export const DECLINE_AMENDMENT = graphql(`
  mutation DeclineAmendment($input: DeclineAmendmentInput!) {
    declineAmendment(input: $input) {
      ...ChangedContract
    }
  }
`);

export const PROPOSE_TERMINATION = graphql(`
  mutation ProposeTermination($input: ProposeTerminationInput!) {
    proposeTermination(input: $input) {
      ...ChangedContract
    }
  }
`);

export const ACCEPT_TERMINATION = graphql(`
  mutation AcceptTermination($input: AcceptTerminationInput!) {
    acceptTermination(input: $input) {
      ...ChangedContract
    }
  }
`);

export const DECLINE_TERMINATION = graphql(`
  mutation DeclineTermination($input: EndTerminationInput!) {
    declineTermination(input: $input) {
      ...ChangedContract
    }
  }
`);

export const WITHDRAW_TERMINATION = graphql(`
  mutation WithdrawTermination($input: EndTerminationInput!) {
    withdrawTermination(input: $input) {
      ...ChangedContract
    }
  }
`);
