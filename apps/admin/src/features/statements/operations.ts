import { graphql } from '~/generated';

export const STATEMENT_ACCOUNTS = graphql(`
  query StatementAccounts {
    statementAccounts {
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
      years
    }
  }
`);
