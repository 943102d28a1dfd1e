import type { StatementGoods, StatementMoveKind } from '../domain/statement.js';

/** What happened, in the words of a column. */
export const MOVE_WORDS: Readonly<Record<StatementMoveKind, string>> = {
  received: 'Received by the fablab',
  returned: 'Returned by the fablab',
  forgiven: 'Forgiven by the supporter',
  notReceived: 'Receipt taken back: recorded wrongly',
  notReturned: 'Return taken back: recorded wrongly',
  given: 'Given: nothing is returned for it in money',
  notGiven: 'Gift taken back: recorded wrongly',
  redeemed: 'Returned in units',
  freeUnits: 'Free units accepted by others',
  unitsForgiven: 'Units forgiven by the supporter',
};

/** Of hours and goods. */
export const GOODS_WORDS: Readonly<Record<StatementGoods['kind'], string>> = {
  received: 'Received by the fablab',
  returned: 'Returned by the fablab',
  waived: 'Wanted no more by the fablab',
  notReceived: 'Receipt taken back: recorded wrongly',
  notReturned: 'Return taken back: recorded wrongly',
};
