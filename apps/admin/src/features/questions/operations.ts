import { graphql } from '~/generated';

export const QUESTION = graphql(`
  fragment QuestionLine on ContractQuestion {
    id
    number
    state
    isPrivate
    askedAt
    dueOn
    timing
    community {
      id
      name
    }
    steps {
      kind
      text
      takenAt
      mediator
      meetsOn
      community {
        id
        name
      }
    }
    viewerCan {
      deed
      community {
        id
        name
      }
    }
  }
`);

export const THREAD = graphql(`
  query Thread($ref: String!) {
    contract(ref: $ref) {
      id
      answerDays
      viewerAsksFor {
        id
        name
      }
      questions {
        ...QuestionLine
      }
    }
  }
`);

/** The thread of an open page follows the contract. */
export const THREAD_CHANGED = graphql(`
  subscription ThreadChanged($ref: String!) {
    contractChanged(ref: $ref) {
      id
      viewerAsksFor {
        id
        name
      }
      questions {
        ...QuestionLine
      }
    }
  }
`);

export const ASK_QUESTION = graphql(`
  mutation AskQuestion($input: AskQuestionInput!) {
    askQuestion(input: $input) {
      ...QuestionLine
    }
  }
`);

export const ANSWER_QUESTION = graphql(`
  mutation AnswerQuestion($input: QuestionStepInput!) {
    answerQuestion(input: $input) {
      ...QuestionLine
    }
  }
`);

export const OBJECT_TO_ANSWER = graphql(`
  mutation ObjectToAnswer($input: QuestionStepInput!) {
    objectToAnswer(input: $input) {
      ...QuestionLine
    }
  }
`);

export const CALL_MEDIATION = graphql(`
  mutation CallMediation($input: CallMediationInput!) {
    callMediation(input: $input) {
      ...QuestionLine
    }
  }
`);

export const CLOSE_DISPUTE = graphql(`
  mutation CloseDispute($input: QuestionStepInput!) {
    closeDispute(input: $input) {
      ...QuestionLine
    }
  }
`);
