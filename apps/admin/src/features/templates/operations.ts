import { graphql } from '~/generated';

export const TEMPLATE = graphql(`
  fragment ContractTemplate on ContractTemplate {
    key
    revision
    name
    purpose
    summary
    repaymentTerms
    endCondition
    mediator
    deadlineAfterDays
    milestones {
      name
      afterDays
    }
  }
`);

export const CONTRACT_TEMPLATES = graphql(`
  query ContractTemplates($fablabSlug: String!) {
    contractTemplates(fablabSlug: $fablabSlug) {
      ...ContractTemplate
    }
  }
`);

export const SAVE_TEMPLATE = graphql(`
  mutation SaveContractTemplate($input: SaveContractTemplateInput!) {
    saveContractTemplate(input: $input) {
      ...ContractTemplate
    }
  }
`);
