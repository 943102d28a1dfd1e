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

export const CONTRACT_ENTRIES = graphql(`
  query ContractEntries($contractRef: String!, $first: Int, $after: String) {
    contractEntries(contractRef: $contractRef, first: $first, after: $after) {
      nodes {
        id
        transferId
        accountCode
        accountName
        amountMinor
        currency
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
