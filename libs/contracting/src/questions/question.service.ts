import { Inject, Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Day, type Id } from '#kernel';
import {
  CONFIG,
  Idempotency,
  IdSource,
  UnitOfWork,
  isMember,
  requireRole,
  type Config,
  type Tx,
  type Viewer,
} from '#platform';
import { partiesOf, type Contract } from '../domain/contract.js';
import type { ContractChanged } from '../domain/events.js';
import {
  STATE_AFTER,
  assertMayAsk,
  assertMayTake,
  readWords,
  type Question,
  type QuestionDeed,
  type ThreadFacts,
} from '../domain/question.js';
import { ContractRepository } from '../persistence/contract.repository.js';
import { requireVisible } from '../visible.js';
import { QUESTION_ROLES } from './question.policy.js';
import { QuestionRepository } from './persistence/question.repository.js';

export interface AskGiven {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly communityId: string;
  readonly text: string;
}

export interface StepGiven {
  readonly idempotencyKey: string;
  readonly questionId: string;
  readonly communityId: string;
  readonly text: string;
  /** For mediation alone. */
  readonly meetsOn?: string | null;
}

/** The thread of a contract: questions, answers, and the way of a dispute. Nothing in it changes the contract. */
@Injectable()
export class QuestionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly questions: QuestionRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Private to the parties while the contract is a draft, public from its opening on.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` for a contract that has ended, `KEY_REUSED`
   */
  ask(viewer: Viewer, { idempotencyKey: key, ...input }: AskGiven): Promise<Id<'question'>> {
    const { contractId, communityId } = checkInput((check) => ({
      contractId: check.id<'contract'>('contractId', input.contractId, 'the contract'),
      communityId: check.id<'community'>('communityId', input.communityId, 'the community'),
      text: readWords(check, input.text, { name: 'the question', isPublic: false }),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'askQuestion', input },
        async () => {
          const contract = requireVisible(await this.contracts.lock(tx, contractId), contractId, viewer);
          requireRole(viewer, communityId, QUESTION_ROLES.askQuestion.roles, QUESTION_ROLES.askQuestion.what);
          assertMayAsk(factsOf(contract), communityId);
          const isPrivate = contract.state === 'draft';
          const text = wordsOf(input.text, { name: 'the question', isPublic: !isPrivate });
          const id = this.ids.next<'question'>();
          const answerDays = (await this.questions.answerDays(tx, contractId)) ?? this.config.answerDays;
          await this.questions.insert(tx, { id, contractId, communityId, isPrivate, answerDays });
          await this.questions.addStep(tx, {
            questionId: id,
            kind: 'asked',
            communityId,
            personId: viewer.personId,
            text,
          });
          tx.publish(changed(contract));
          return id;
        },
      ),
    );
  }

  /**
   * The next step of a question: an answer, an objection, a call for mediation, or the note that closes the dispute.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` out of order, `KEY_REUSED`
   */
  take(
    deed: QuestionDeed,
    viewer: Viewer,
    { idempotencyKey: key, ...input }: StepGiven,
  ): Promise<Id<'question'>> {
    const { roles, what } = QUESTION_ROLES[deed];
    const { id, communityId, meetsOn } = checkInput((check) => ({
      id: check.id<'question'>('questionId', input.questionId, 'the question'),
      communityId: check.id<'community'>('communityId', input.communityId, 'the community'),
      text: readWords(check, input.text, { name: NAMES[deed], isPublic: false }),
      meetsOn: input.meetsOn ? check.day('meetsOn', input.meetsOn, 'the day of the mediation') : null,
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation: deed, input }, async () => {
        const { contract, question } = await this.locked(tx, id, viewer);
        requireRole(viewer, communityId, roles, what);
        const today = dayOf(tx.now);
        assertMayTake(deed, question, factsOf(contract), { communityId, today });
        assertMeetsInTime(meetsOn, today);
        await this.questions.addStep(tx, {
          questionId: id,
          kind: STATE_AFTER[deed],
          communityId,
          personId: viewer.personId,
          text: wordsOf(input.text, { name: NAMES[deed], isPublic: !question.isPrivate }),
          ...(deed === 'callMediation' && { mediation: { mediator: contract.terms.mediator, meetsOn } }),
        });
        tx.publish(changed(contract));
        return id;
      }),
    );
  }

  /** A private question is as unknown to others as a draft is. */
  private async locked(
    tx: Tx,
    id: Id<'question'>,
    viewer: Viewer,
  ): Promise<{ contract: Contract; question: Question }> {
    const contractId = await this.questions.contractOf(tx, id);
    const contract = contractId ? await this.contracts.lock(tx, contractId) : null;
    const question = contract ? await this.questions.byId(tx, id) : null;
    const isInside = contract !== null && partiesOf(contract).some((party) => isMember(viewer, party));
    if (!contract || !question || (question.isPrivate && !isInside))
      throw DomainError.notFound('question', id);
    return { contract, question };
  }
}

const NAMES: Readonly<Record<QuestionDeed, string>> = {
  answerQuestion: 'the answer',
  objectToAnswer: 'the objection',
  callMediation: 'what the mediation is about',
  closeDispute: 'the closing note',
};

/** Read once more when it is known who will read them: public words hold no personal data. */
function wordsOf(text: string, options: { readonly name: string; readonly isPublic: boolean }): string {
  return checkInput((check) => readWords(check, text, options));
}

function factsOf(contract: Contract): ThreadFacts {
  return {
    contractState: contract.state,
    fablabId: contract.fablabId,
    receivingCommunityIds: contract.receivingCommunityIds,
    supporterIds: contract.pledges
      .filter(({ state }) => state === 'pledged' || state === 'active')
      .map(({ communityId }) => communityId),
  };
}

function assertMeetsInTime(meetsOn: Day | null, today: Day): void {
  if (meetsOn === null || meetsOn >= today) return;
  throw DomainError.badInput([
    { field: 'meetsOn', message: 'The day of the mediation must not have passed already.' },
  ]);
}

function changed(contract: Contract): ContractChanged {
  return { type: 'contracting.contract-changed', payload: { ref: contract.ref } };
}
