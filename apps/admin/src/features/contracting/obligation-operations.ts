import { graphql } from '~/generated';

/** What each supporter's oversight hangs on. */
export const CONTRACT_SCRUTINY = graphql(`
  fragment ContractScrutiny on Contract {
    viewerHasScrutiny
    scrutiny {
      sentence
      state
      endedOn
      open {
        amountMinor
        currency
      }
      nextDue {
        number
        dueOn
        amount {
          amountMinor
          currency
        }
        open {
          amountMinor
          currency
        }
      }
      community {
        id
        slug
        name
      }
    }
  }
`);

export const PLEDGE_OBLIGATION = graphql(`
  fragment PledgeObligation on Pledge {
    id
    viewerCan
    contributions {
      id
      kind
      quantity
      happenedOn
      reason
      isWork
      isReversed
    }
    obligation {
      owed {
        amountMinor
        currency
      }
      interest {
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
      outstanding {
        amountMinor
        currency
      }
      waived {
        amountMinor
        currency
      }
      nextDue {
        number
        dueOn
        amount {
          amountMinor
          currency
        }
        open {
          amountMinor
          currency
        }
      }
      instalments {
        number
        dueOn
        amount {
          amountMinor
          currency
        }
        open {
          amountMinor
          currency
        }
      }
      events {
        id
        kind
        units
        valueDate
        recordedAt
        reason
        isReversed
        reversesEventId
        reversesPaymentId
        transferId
        instalments
        firstDueOn
        everyMonths
        amount {
          amountMinor
          currency
        }
        interest {
          amountMinor
          currency
        }
      }
    }
  }
`);

export const RECORD_REPAYMENT = graphql(`
  mutation RecordRepayment($input: RecordRepaymentInput!) {
    recordRepayment(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const REVERSE_PAYMENT = graphql(`
  mutation ReversePayment($input: ReversePaymentInput!) {
    reversePayment(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const REVERSE_REPAYMENT = graphql(`
  mutation ReverseRepayment($input: ReverseRepaymentInput!) {
    reverseRepayment(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const WAIVE_PLEDGE = graphql(`
  mutation WaivePledge($input: WaivePledgeInput!) {
    waivePledge(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const DEFER_REPAYMENT = graphql(`
  mutation DeferRepayment($input: DeferRepaymentInput!) {
    deferRepayment(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);

export const WRITE_OFF_LOAN = graphql(`
  mutation WriteOffLoan($input: WriteOffLoanInput!) {
    writeOffLoan(input: $input) {
      ...PledgeLine
      ...PledgeObligation
    }
  }
`);
