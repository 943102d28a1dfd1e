import type { Role } from '#platform';
import type { QuestionDeed } from '../domain/question.js';

/** Which roles do what: any member asks, coordinators speak for their community in everything that follows. */
export const QUESTION_ROLES: Readonly<
  Record<QuestionDeed | 'askQuestion', { readonly roles: readonly Role[]; readonly what: string }>
> = {
  askQuestion: {
    roles: ['member', 'coordinator', 'treasurer', 'maker'],
    what: 'ask for it',
  },
  answerQuestion: { roles: ['coordinator'], what: 'answer questions for it' },
  objectToAnswer: { roles: ['coordinator'], what: 'object for it' },
  callMediation: { roles: ['coordinator'], what: 'call the mediator for it' },
  closeDispute: { roles: ['coordinator'], what: 'close a dispute for it' },
};
