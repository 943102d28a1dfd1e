import { graphql } from '~/generated';

export const ACCOUNTS = graphql(`
  query LedgerAccounts($communityId: ID!) {
    ledgerAccounts(communityId: $communityId) {
      id
      code
      name
      currency
      balanceMinor
      pendingMinor
    }
  }
`);

export const ENTRIES = graphql(`
  query LedgerEntries($accountId: ID!, $first: Int, $after: String) {
    ledgerEntries(accountId: $accountId, first: $first, after: $after) {
      nodes {
        id
        transferId
        amountMinor
        bookedAt
        valueDate
        description
        state
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
