import { Inject, Injectable } from '@nestjs/common';
import { dayOf, type Clock, type Day, type Id } from '#kernel';
import { CLOCK, hasRole, isMember, type Viewer } from '#platform';
import { partiesOf } from '../domain/contract.js';
import { QUESTION_DEEDS, answerDueOn, mayAsk, mayTake, timingOf } from '../domain/question.js';
import type { ContractQuestionModel } from './graphql/question.model.js';
import { QuestionReader, type ThreadRow } from './persistence/question.reader.js';
import { QUESTION_ROLES } from './question.policy.js';

/** A thread as one viewer sees it. */
export interface ThreadView {
  /** As the release in force promises; null where none does. */
  readonly answerDays: number | null;
  readonly questions: ContractQuestionModel[];
  /** The communities for which the viewer can ask now. */
  readonly asksFor: readonly Id<'community'>[];
}

@Injectable()
export class ThreadViews {
  constructor(
    private readonly reader: QuestionReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order of the ids; empty for a contract that does not exist. */
  async of(ids: readonly Id<'contract'>[], viewer: Viewer | null): Promise<ThreadView[]> {
    const threads = await this.reader.threadsOf(ids);
    const today = dayOf(this.clock.now());
    return ids.map((id) => {
      const thread = threads.get(id);
      return thread ? threadView(thread, viewer, today) : { answerDays: null, questions: [], asksFor: [] };
    });
  }

  /** Read afresh, for who has just taken a step. */
  async question(id: Id<'question'>, viewer: Viewer): Promise<ContractQuestionModel | null> {
    const contractId = await this.reader.contractOf(id);
    const [thread] = contractId ? await this.of([contractId], viewer) : [];
    return thread?.questions.find((each) => each.id === id) ?? null;
  }
}

/** What was said in the negotiation is left out for everybody who is no member of a party. */
function threadView(thread: ThreadRow, viewer: Viewer | null, today: Day): ThreadView {
  const isInside = partiesOf(thread).some((party) => isMember(viewer, party));
  const asking = QUESTION_ROLES.askQuestion.roles;
  return {
    answerDays: thread.answerDays,
    questions: thread.questions
      .filter(({ isPrivate }) => isInside || !isPrivate)
      .map((question) => ({
        ...question,
        steps: [...question.steps],
        dueOn: answerDueOn(question),
        timing: timingOf(question, today),
        rights: QUESTION_DEEDS.flatMap((deed) =>
          mayTake(deed, question, thread, today)
            .filter((id) => hasRole(viewer, id, ...QUESTION_ROLES[deed].roles))
            .map((communityId) => ({ deed, communityId })),
        ),
      })),
    asksFor: mayAsk(thread).filter((id) => hasRole(viewer, id, ...asking)),
  };
}
