import { graphql } from '~/generated';

export const IMPORT_LINE = graphql(`
  fragment ImportLine on Import {
    id
    fileName
    state
    uploadedAt
    appliedAt
    undoneAt
    undoReason
    uploadedBy {
      id
      displayName
    }
  }
`);

export const IMPORTS = graphql(`
  query ContractImports($fablabId: ID!) {
    contractImports(fablabId: $fablabId) {
      ...ImportLine
    }
  }
`);

export const UPLOAD_IMPORT = graphql(`
  mutation UploadImport($input: UploadImportInput!) {
    uploadImport(input: $input) {
      ...ImportLine
    }
  }
`);

export const IMPORT = graphql(`
  query ContractImport($id: ID!) {
    contractImport(id: $id) {
      ...ImportLine
      fablab {
        id
        slug
        name
      }
      made {
        row
        kind
        contractRef
        madeId
      }
    }
  }
`);

export const IMPORT_PREVIEW = graphql(`
  query ImportPreview(
    $id: ID!
    $settings: ImportSettingsInput
    $state: ImportRowState
    $first: Int!
    $after: String
  ) {
    contractImport(id: $id) {
      id
      preview(settings: $settings) {
        columns {
          column
          head
          samples
          field
        }
        dateOrder
        asksDateOrder
        currency
        contractRef
        unknownSupporters
        supporters {
          id
          name
        }
        counts {
          rows
          ready
          exists
          problem
          leftOut
        }
        sums {
          kind
          count
          amount {
            amountMinor
            currency
          }
        }
        hash
        rows(state: $state, first: $first, after: $after) {
          nodes {
            row
            state
            supporter
            contract
            problems {
              column
              message
              remedy
            }
            deeds {
              kind
              exists
              contractRef
              valueDate
              amount {
                amountMinor
                currency
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

export const APPLY_IMPORT = graphql(`
  mutation ApplyImport($input: ApplyImportInput!) {
    applyImport(input: $input) {
      ...ImportLine
      made {
        row
        kind
        contractRef
        madeId
      }
    }
  }
`);

export const UNDO_IMPORT = graphql(`
  mutation UndoImport($input: UndoImportInput!) {
    undoImport(input: $input) {
      ...ImportLine
    }
  }
`);

export const DISCARD_IMPORT = graphql(`
  mutation DiscardImport($input: DiscardImportInput!) {
    discardImport(input: $input) {
      ...ImportLine
    }
  }
`);
