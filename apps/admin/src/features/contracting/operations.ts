import { graphql } from '~/generated';

export const CONTRACT_LINE = graphql(`
  fragment ContractLine on Contract {
    id
    ref
    title
    state
    currency
    deadline
    viewerCan
    fablab {
      id
      slug
      name
    }
    receivingCommunities {
      id
      slug
      name
    }
    funding {
      threshold {
        amountMinor
        currency
      }
      pledged {
        amountMinor
        currency
      }
      received {
        amountMinor
        currency
      }
      pledgeCount
    }
    thresholds {
      ...ContractThreshold
    }
  }
`);

export const PLEDGE_LINE = graphql(`
  fragment PledgeLine on Pledge {
    id
    instrument
    state
    pledgedAt
    contribution
    item
    unit
    quantity
    receivedQuantity
    qualification
    line
    units
    freeUnits
    value {
      amountMinor
      currency
    }
    amount {
      amountMinor
      currency
    }
    received {
      amountMinor
      currency
    }
    community {
      id
      slug
      name
    }
  }
`);

export const CONTRACT_DETAILS = graphql(`
  fragment ContractDetails on Contract {
    ...ContractLine
    summary
    offers {
      ...ContractOffer
    }
    repayment {
      instalments
      firstDueOn
      everyMonths
      interestBasisPointsPerYear
    }
    ...ContractScrutiny
    endCondition
    mediator
    licence
    draftRevision
    openedAt
    activatedAt
    milestones {
      name
      dueOn
    }
    deliverables {
      position
      tier
      quantity
      dueOn
      unitPrice {
        amountMinor
        currency
      }
      receiver {
        id
        slug
        name
      }
      productVersion {
        id
        label
        licence
        product {
          id
          slug
          name
        }
      }
    }
    currentRelease {
      number
      sha256
      publishedAt
    }
    ...ContractChanges
    acceptances {
      releaseNumber
      releaseSha256
      acceptedAt
      role
      community {
        id
        slug
        name
      }
    }
    pledges {
      ...PledgeLine
    }
  }
`);

export const CONTRACTS = graphql(`
  query Contracts(
    $first: Int
    $after: String
    $state: ContractState
    $communitySlug: String
    $mine: Boolean
  ) {
    contracts(first: $first, after: $after, state: $state, communitySlug: $communitySlug, mine: $mine) {
      nodes {
        ...ContractLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CONTRACT = graphql(`
  query Contract($ref: String!) {
    contract(ref: $ref) {
      ...ContractDetails
      pledges {
        ...PledgeObligation
      }
    }
  }
`);

/** Asked apart from the contract: payments are for those who keep the books. */
export const PAYMENTS = graphql(`
  query Payments($ref: String!) {
    contract(ref: $ref) {
      id
      pledges {
        id
        payments {
          id
          valueDate
          recordedAt
          isReversed
          transferId
          amount {
            amountMinor
            currency
          }
        }
      }
    }
  }
`);

export const CONTRACT_PROGRESS = graphql(`
  query ContractProgress($ref: String!) {
    contractProgress(contractRef: $ref) {
      jobsDone
      jobsTotal
      unitsDone
      unitsTotal
    }
  }
`);

export const CONTRACT_CHANGED = graphql(`
  subscription ContractChanged($ref: String!) {
    contractChanged(ref: $ref) {
      ...ContractDetails
      pledges {
        ...PledgeObligation
      }
    }
  }
`);

export const OPEN_CONTRACT = graphql(`
  mutation OpenContract($input: OpenContractInput!) {
    openContract(input: $input) {
      ...ContractDetails
    }
  }
`);

export const ACCEPT_RELEASE = graphql(`
  mutation AcceptRelease($input: AcceptReleaseInput!) {
    acceptRelease(input: $input) {
      ...ContractDetails
    }
  }
`);

export const WITHDRAW_CONTRACT = graphql(`
  mutation WithdrawContract($input: WithdrawContractInput!) {
    withdrawContract(input: $input) {
      ...ContractDetails
    }
  }
`);

export const WITHDRAW_PLEDGE = graphql(`
  mutation WithdrawPledge($input: WithdrawPledgeInput!) {
    withdrawPledge(input: $input) {
      ...PledgeLine
    }
  }
`);

export const RECORD_PAYMENT = graphql(`
  mutation RecordPayment($input: RecordPaymentInput!) {
    recordPayment(input: $input) {
      ...PledgeLine
    }
  }
`);
