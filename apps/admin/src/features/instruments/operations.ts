import { graphql } from '~/generated';

/** What must come together, and how far it is. */
export const CONTRACT_THRESHOLD = graphql(`
  fragment ContractThreshold on Threshold {
    kind
    section
    name
    unit
    quantity
    pledged
    received
    words
  }
`);

export const CONTRACT_OFFER = graphql(`
  fragment ContractOffer on Offer {
    position
    instrument
    returns
    words
    repayment {
      instalments
      firstDueOn
      everyMonths
      interestBasisPointsPerYear
    }
    premiumShareBasisPoints
    line
    freeUnits
    perUnits
    quantityPerUnit
    section
    goodsName
    goodsUnit
  }
`);

export const MAKE_PLEDGE = graphql(`
  mutation MakePledge($input: MakePledgeInput!) {
    makePledge(input: $input) {
      ...PledgeLine
    }
  }
`);

export const RECORD_RECEIPT = graphql(`
  mutation RecordReceipt($input: RecordReceiptInput!) {
    recordReceipt(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const RECORD_RETURN = graphql(`
  mutation RecordReturn($input: RecordReturnInput!) {
    recordReturn(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const WAIVE_CONTRIBUTION = graphql(`
  mutation WaiveContribution($input: WaiveContributionInput!) {
    waiveContribution(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const REVERSE_CONTRIBUTION = graphql(`
  mutation ReverseContribution($input: ReverseContributionInput!) {
    reverseContribution(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);
