import { graphql } from '~/generated';

export const DRAFT_CONTRACT = graphql(`
  mutation DraftContract($input: DraftContractInput!) {
    draftContract(input: $input) {
      ...ContractDetails
    }
  }
`);

export const UPDATE_DRAFT = graphql(`
  mutation UpdateDraft($input: UpdateDraftInput!) {
    updateDraft(input: $input) {
      ...ContractDetails
    }
  }
`);

/** What a draft may name: who can receive, and what this fablab can make. */
export const DRAFT_CHOICES = graphql(`
  query DraftChoices($fablabSlug: String!) {
    communities(first: 100, receives: true) {
      nodes {
        id
        slug
        name
        place
      }
    }
    products(fablabSlug: $fablabSlug, first: 100) {
      nodes {
        id
        name
        versions {
          id
          label
          licence
        }
      }
    }
  }
`);
