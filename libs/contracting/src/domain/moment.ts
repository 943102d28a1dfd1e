import { DomainError, type Day } from '#kernel';
import type { ContractState } from './contract.js';

/** What can be done with a contract that exists, by the names of the mutations. */
export const DEEDS = [
  'updateDraft',
  'openContract',
  'acceptRelease',
  'makePledge',
  'withdrawPledge',
  'recordPayment',
  'withdrawContract',
  'proposeAmendment',
  'acceptAmendment',
  'declineAmendment',
  'proposeTermination',
  'acceptTermination',
  'declineTermination',
  'withdrawTermination',
] as const;
export type Deed = (typeof DEEDS)[number];

interface Moment {
  readonly states: readonly ContractState[];
  /** Possible up to and including the deadline's day only. An active contract has met its deadline: it binds no more. */
  readonly untilDeadline: boolean;
  /** Completes «… is possible only while it is …». */
  readonly name: string;
}

/** When each deed can be done, as data: the use cases refuse by it, and the screens show buttons by it. */
export const MOMENTS: Readonly<Record<Deed, Moment>> = {
  updateDraft: { states: ['draft'], untilDeadline: false, name: 'changing its terms' },
  openContract: { states: ['draft'], untilDeadline: true, name: 'opening it' },
  acceptRelease: { states: ['open'], untilDeadline: true, name: 'accepting its release' },
  makePledge: { states: ['open'], untilDeadline: true, name: 'pledging' },
  withdrawPledge: { states: ['open'], untilDeadline: false, name: 'withdrawing a pledge' },
  recordPayment: { states: ['active'], untilDeadline: false, name: 'recording a payment' },
  withdrawContract: { states: ['draft', 'open'], untilDeadline: false, name: 'withdrawing it' },
  proposeAmendment: { states: ['open', 'active'], untilDeadline: true, name: 'proposing an amendment' },
  acceptAmendment: { states: ['open', 'active'], untilDeadline: true, name: 'accepting an amendment' },
  declineAmendment: { states: ['open', 'active'], untilDeadline: false, name: 'declining an amendment' },
  proposeTermination: { states: ['active'], untilDeadline: false, name: 'proposing its termination' },
  acceptTermination: { states: ['active'], untilDeadline: false, name: 'accepting its termination' },
  declineTermination: { states: ['active'], untilDeadline: false, name: 'declining its termination' },
  withdrawTermination: {
    states: ['active'],
    untilDeadline: false,
    name: 'withdrawing a proposed termination',
  },
};

export interface MomentFacts {
  readonly ref: string;
  readonly state: ContractState;
  readonly deadline: Day;
}

/** @param today in UTC */
export function isMoment(deed: Deed, contract: MomentFacts, today: Day): boolean {
  const { states, untilDeadline } = MOMENTS[deed];
  const inTime = !untilDeadline || contract.state === 'active' || today <= contract.deadline;
  return states.includes(contract.state) && inTime;
}

/** @throws DomainError `INVALID_STATE` that says which state it is in, or that the deadline has passed */
export function assertMoment(deed: Deed, contract: MomentFacts, today: Day): void {
  if (isMoment(deed, contract, today)) return;
  const { states, name } = MOMENTS[deed];
  if (!states.includes(contract.state)) {
    throw new DomainError(
      'INVALID_STATE',
      `The contract ${contract.ref} is ${contract.state}; ${name} is possible only while it is ${states.join(' or ')}.`,
      { state: contract.state, allowed: states },
    );
  }
  throw new DomainError(
    'INVALID_STATE',
    `The deadline of the contract ${contract.ref} was ${contract.deadline}; ${name} is no longer possible.`,
    { deadline: contract.deadline },
  );
}
