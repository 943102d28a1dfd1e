import type { StatementMoveKind } from '../domain/statement.js';

/** What happened, in the words of a column. */
export const MOVE_WORDS: Readonly<Record<StatementMoveKind, string>> = {
  received: 'Received by the fablab',
  returned: 'Returned by the fablab',
  forgiven: 'Forgiven by the supporter',
  notReceived: 'Receipt taken back: recorded wrongly',
  notReturned: 'Return taken back: recorded wrongly',
};
