import { DomainError, type Id } from '#kernel';
import { hasRole, requireRole, type Role, type Viewer } from '#platform';
import type { Contract, ContractState } from './domain/contract.js';
import {
  moneyOwedMinor,
  outstandingMilli,
  outstandingMinor,
  owedMinor,
  reversibleMinor,
  unitsOpen,
  type Obligation,
} from './domain/obligation.js';

import { freeUnitsOpen } from './domain/returns/units.js';

/** What can be done about an obligation, in the order in which a screen shows it. */
export const OBLIGATION_DEEDS = [
  'recordRepayment',
  'reverseRepayment',
  'reversePayment',
  'waivePledge',
  'deferRepayment',
  'writeOffLoan',
  'recordReceipt',
  'recordReturn',
  'waiveContribution',
  'reverseContribution',
  'waiveUnits',
] as const;
export type ObligationDeed = (typeof OBLIGATION_DEEDS)[number];

const ROLES: readonly Role[] = ['coordinator', 'treasurer'];

interface Rule {
  /** Whose it is: only who is owed can wait longer, or want less. */
  readonly side: 'fablab' | 'supporter';
  /** Completes «Only a … of this community can …». */
  readonly what: string;
  readonly isPossible: (obligation: Obligation) => boolean;
}

const owes = (obligation: Obligation): boolean => moneyOwedMinor(obligation) > 0n;

/** Use cases refuse by it, and `Pledge.viewerCan` shows buttons by it. */
const RULES: Readonly<Record<ObligationDeed, Rule>> = {
  recordRepayment: { side: 'fablab', what: 'record repayments', isPossible: owes },
  reverseRepayment: {
    side: 'fablab',
    what: 'reverse repayments',
    isPossible: ({ events }) => events.some(({ kind, isReversed }) => kind === 'repayment' && !isReversed),
  },
  reversePayment: {
    side: 'fablab',
    what: 'reverse payments',
    isPossible: (obligation) => {
      const latest = obligation.payments.findLast(({ isReversed }) => !isReversed);
      return latest !== undefined && latest.amountMinor <= reversibleMinor(obligation);
    },
  },
  waivePledge: {
    side: 'fablab',
    what: 'waive what was not paid',
    isPossible: (obligation) => obligation.state === 'active' && outstandingMinor(obligation) > 0n,
  },
  deferRepayment: {
    side: 'supporter',
    what: 'grant it more time',
    isPossible: (obligation) => obligation.returnKind === 'money' && owedMinor(obligation) > 0n,
  },
  writeOffLoan: { side: 'supporter', what: 'forgive what is owed to it', isPossible: owes },
  recordReceipt: {
    side: 'fablab',
    what: 'record what came in',
    isPossible: ({ contribution, state }) => contribution === 'goods' && state === 'active',
  },
  recordReturn: {
    side: 'fablab',
    what: 'record what went back',
    isPossible: ({ returnKind, receivedMilli, returnedMilli }) =>
      returnKind === 'tool' && receivedMilli > returnedMilli,
  },
  waiveContribution: {
    side: 'fablab',
    what: 'waive what has not come',
    isPossible: (obligation) => obligation.state === 'active' && outstandingMilli(obligation) > 0n,
  },
  reverseContribution: {
    side: 'fablab',
    what: 'reverse what was recorded',
    isPossible: ({ contribution, receivedMilli }) => contribution === 'goods' && receivedMilli > 0n,
  },
  waiveUnits: {
    side: 'supporter',
    what: 'let go of units that are owed to it',
    isPossible: (obligation) => unitsOpen(obligation) > 0 || freeUnitsOpen(obligation) > 0,
  },
};

/** The mutations that this viewer could call about the obligation now. */
export function obligationDeeds(
  viewer: Viewer | null,
  facts: {
    readonly obligation: Obligation;
    readonly contractState: ContractState;
    readonly fablabId: Id<'community'>;
  },
): ObligationDeed[] {
  const { obligation, contractState, fablabId } = facts;
  if (!viewer) return [];
  return OBLIGATION_DEEDS.filter((deed) => {
    if (!isMomentFor(deed, contractState, obligation)) return false;
    const { side, isPossible } = RULES[deed];
    const community = side === 'fablab' ? fablabId : obligation.communityId;
    return hasRole(viewer, community, ...ROLES) && isPossible(obligation);
  });
}

/** What can still be done about what stays due after a termination. */
const AFTER_TERMINATION: readonly ObligationDeed[] = [
  'recordRepayment',
  'reverseRepayment',
  'deferRepayment',
  'writeOffLoan',
];

function isMomentFor(
  deed: ObligationDeed,
  state: ContractState,
  obligation: Pick<Obligation, 'state'>,
): boolean {
  if (state === 'active') return true;
  return state === 'terminated' && obligation.state === 'active' && AFTER_TERMINATION.includes(deed);
}

/**
 * @throws DomainError `UNAUTHENTICATED`, `FORBIDDEN`; `INVALID_STATE` unless the contract is active, or was terminated
 * with something that stays due for this very pledge
 */
export function requireDeed(
  viewer: Viewer,
  deed: ObligationDeed,
  contract: Contract,
  obligation: Pick<Obligation, 'communityId' | 'state'>,
): void {
  const { side, what } = RULES[deed];
  requireRole(viewer, side === 'fablab' ? contract.fablabId : obligation.communityId, ROLES, what);
  if (isMomentFor(deed, contract.state, obligation)) return;
  throw new DomainError(
    'INVALID_STATE',
    contract.state === 'completed'
      ? `The contract ${contract.ref} is completed: its closing release is published, and no obligation can be reopened or changed after it.`
      : contract.state === 'terminated'
        ? `The contract ${contract.ref} is terminated: only what stays due by its settlement can still be repaid, deferred or forgiven.`
        : `The contract ${contract.ref} is ${contract.state}; obligations change only while it is active.`,
    { state: contract.state },
  );
}
