import { graphql } from '~/generated';

export const NEED_LINE = graphql(`
  fragment NeedLine on Need {
    id
    state
    title
    purpose
    quantity
    wantedBy
    place
    brings
    revision
    postedAt
    closeReason
    viewerCan
    community {
      id
      slug
      name
    }
    answers {
      id
      kind
      reason
      condition
      needRevision
      answeredAt
      isCurrent
      fablab {
        id
        slug
        name
      }
    }
  }
`);

export const NEEDS = graphql(`
  query Needs($first: Int, $after: String, $state: NeedState) {
    needs(first: $first, after: $after, state: $state) {
      nodes {
        ...NeedLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const NEED = graphql(`
  query Need($id: ID!) {
    need(id: $id) {
      ...NeedLine
      contracts {
        ref
        title
        state
      }
    }
  }
`);

export const POST_NEED = graphql(`
  mutation PostNeed($input: PostNeedInput!) {
    postNeed(input: $input) {
      ...NeedLine
    }
  }
`);

export const UPDATE_NEED = graphql(`
  mutation UpdateNeed($input: UpdateNeedInput!) {
    updateNeed(input: $input) {
      ...NeedLine
    }
  }
`);

export const CLOSE_NEED = graphql(`
  mutation CloseNeed($input: CloseNeedInput!) {
    closeNeed(input: $input) {
      ...NeedLine
    }
  }
`);

export const ANSWER_NEED = graphql(`
  mutation AnswerNeed($input: AnswerNeedInput!) {
    answerNeed(input: $input) {
      ...NeedLine
    }
  }
`);

export const NEED_OF_CONTRACT = graphql(`
  query NeedOfContract($ref: String!) {
    contract(ref: $ref) {
      id
      need {
        id
        title
        quantity
        community {
          id
          name
        }
      }
    }
  }
`);
