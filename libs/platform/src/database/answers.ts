import type { OpenTransaction } from './open-transaction.js';

/** Promises that are the answer to one statement and nothing else, and in which transaction it was asked. */
const asked = new WeakMap<Promise<unknown>, OpenTransaction>();

export function markAnswer<Answer>(open: OpenTransaction, answer: Promise<Answer>): Promise<Answer> {
  asked.set(answer, open);
  return answer;
}

/** Whether this is the answer to the only statement of the transaction, so that nothing can follow it. */
export function isOnlyAnswer(open: OpenTransaction, returned: Promise<unknown>): boolean {
  return open.holdsOne && asked.get(returned) === open;
}

/**
 * What the answer to a statement means: its rows read, or its refusal in other words. Neither function may go on to
 * another statement; therefore a unit of work that returns this is still one of a single statement.
 * @param refuse the error to throw in place of the one that it is given
 */
export function answerOf<Row, Result>(
  answer: Promise<Row[]>,
  read: (rows: readonly Row[]) => Result,
  refuse: (error: unknown) => unknown = (error) => error,
): Promise<Result> {
  const meant = answer.then(read, (error: unknown) => {
    throw refuse(error);
  });
  const open = asked.get(answer);
  return open ? markAnswer(open, meant) : meant;
}
