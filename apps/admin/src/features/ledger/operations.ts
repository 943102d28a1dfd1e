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

export const ACCOUNT = graphql(`
  query LedgerAccount($id: ID!) {
    ledgerAccount(id: $id) {
      id
      code
      name
      currency
      normalSide
      balanceMinor
      pendingMinor
    }
  }
`);

export const TRANSFER = graphql(`
  query LedgerTransfer($id: ID!) {
    ledgerTransfer(id: $id) {
      ...TransferShown
    }
  }
`);

export const CONTRACT_TRANSFER = graphql(`
  query ContractTransfer($contractRef: String!, $id: ID!) {
    contractTransfer(contractRef: $contractRef, id: $id) {
      ...TransferShown
    }
  }
`);

export const TRANSFER_SHOWN = graphql(`
  fragment TransferShown on LedgerTransfer {
    id
    state
    kind
    description
    reference
    valueDate
    bookedAt
    pendingId
    endedById
    reversesId
    reversedById
    entries {
      id
      accountId
      accountCode
      accountName
      amountMinor
      currency
      state
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
        kind
        reference
        balanceMinor
        reversesId
        reversedById
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CONTRACT_ENTRIES = graphql(`
  query ContractEntries(
    $contractRef: String!
    $figure: ContractFigure
    $supporter: String
    $first: Int
    $after: String
  ) {
    contractEntries(
      contractRef: $contractRef
      figure: $figure
      supporter: $supporter
      first: $first
      after: $after
    ) {
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
