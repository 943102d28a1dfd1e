import { graphql } from '~/generated';

export const SHEET_ROWS = graphql(`
  query SheetRows(
    $communityId: ID!
    $side: SheetSide!
    $filter: SheetFilterInput
    $sort: SheetSort!
    $descending: Boolean!
    $first: Int!
    $after: String
  ) {
    sheetRows(
      communityId: $communityId
      side: $side
      filter: $filter
      sort: $sort
      descending: $descending
      first: $first
      after: $after
    ) {
      nodes {
        ...SheetLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SHEET_LINE = graphql(`
  fragment SheetLine on SheetRow {
    id
    contractRef
    contractTitle
    contractState
    instrument
    goods {
      item
      unit
      pledged
      received
      awaited
      returned
      owed
    }
    returns
    unitsOwed
    freeUnitsOwed
    isRepayable
    state
    supporter {
      id
      slug
      name
    }
    fablab {
      id
      slug
      name
    }
    pledged {
      amountMinor
      currency
    }
    received {
      amountMinor
      currency
    }
    awaited {
      amountMinor
      currency
    }
    repaid {
      amountMinor
      currency
    }
    owed {
      amountMinor
      currency
    }
    receivedOn
    repaidOn
    dueOn
    due {
      amountMinor
      currency
    }
    isOverdue
    owedAccountId
    awaitedAccountId
  }
`);

export const SHEET_TOTALS = graphql(`
  query SheetTotals($communityId: ID!, $side: SheetSide!, $filter: SheetFilterInput) {
    sheetTotals(communityId: $communityId, side: $side, filter: $filter) {
      currency
      pledges
      pledged {
        amountMinor
        currency
      }
      received {
        amountMinor
        currency
      }
      awaited {
        amountMinor
        currency
      }
      repaid {
        amountMinor
        currency
      }
      owed {
        amountMinor
        currency
      }
      books {
        agrees
        awaited {
          amountMinor
          currency
        }
        owed {
          amountMinor
          currency
        }
      }
    }
  }
`);

export const SHEET_CHOICES = graphql(`
  query SheetChoices($communityId: ID!, $side: SheetSide!) {
    sheetChoices(communityId: $communityId, side: $side) {
      supporters {
        id
        name
      }
      contracts {
        ref
        title
      }
    }
  }
`);
