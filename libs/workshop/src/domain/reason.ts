import type { Day } from '#kernel';
import { blockWords, type BlockKind } from './block.js';
import type { JobState } from './job.js';
import { MACHINE_DOWN } from './machine.js';

/** Where a ready job stands in its lane. */
export interface LanePlace {
  /** 1: the next one. */
  readonly rank: number;
  /** Among the free-tier jobs, from 1; null for a job of another tier. */
  readonly turn: number | null;
}

/** What a sentence about a job's place may speak of. No person's name: sentences travel further than names may. */
export interface ReasonFacts {
  readonly state: JobState;
  readonly dueOn: Day | null;
  readonly contractRef: string | null;
  readonly pinReason: string | null;
  /** Null unless the job is ready, and for one that is further back than anybody counts. */
  readonly place: LanePlace | null;
  /** Positions, in the same work order, of the operations that are still to be finished before. */
  readonly waitsFor: readonly number[];
  /** What is in its way, by name. */
  readonly blockedBy: readonly BlockKind[];
  readonly doneAt: Date | null;
  /** Every machine of its work centre is out of use. */
  readonly machineDown: boolean;
}

type Purpose = Pick<ReasonFacts, 'dueOn' | 'contractRef'>;

/** One sentence: why this job is where it is. */
export function reasonOf(facts: ReasonFacts): string {
  if (facts.blockedBy.length > 0)
    return `blocked: ${list(facts.blockedBy.map(blockWords))}; ${purpose(facts)}`;
  switch (facts.state) {
    case 'waiting':
      return `waits for ${operations(facts.waitsFor)}, ${purpose(facts)}`;
    case 'claimed':
      return `taken and not started yet, ${purpose(facts)}`;
    case 'running':
      return `being worked on, ${purpose(facts)}`;
    case 'paused':
      return `paused by its maker, ${purpose(facts)}`;
    case 'done':
      return `done on ${(facts.doneAt ?? new Date(0)).toISOString().slice(0, 10)}${contract(facts)}`;
    case 'scrapped':
      return `scrapped${contract(facts)}`;
    case 'cancelled':
      return `cancelled${contract(facts)}`;
    case 'ready':
      return `${facts.machineDown ? `blocked: ${MACHINE_DOWN}; ` : ''}${pin(facts)}${purpose(facts)}${inTurn(facts)}`;
  }
}

/** Said with a job that was just taken. `redirected`: it was taken because a free-tier job was due. */
export function takenSentence(facts: Purpose & { readonly redirected: boolean }): string {
  const why = facts.redirected ? 'A free-tier job is due now' : 'Next in line';
  return `${why}: ${purpose(facts)}.`;
}

/** Jobs of lanes that this maker may not work in, and what they ask for. */
export interface ClosedLanes {
  readonly jobsReady: number;
  readonly qualifications: readonly string[];
  /** Jobs that this maker could take if a machine of their work centre were up. */
  readonly machineDown: number;
  /** This maker is a visitor, and has no stay today. */
  readonly outsideStay: boolean;
}

/** Said when there is no job to take. */
export function nothingSentence(closed: ClosedLanes): string {
  if (closed.outsideStay)
    return 'You have no stay here today. Visiting makers take jobs on the days of their stays; ask your host or the coordinator.';
  const blocked = blockedSentence(closed.machineDown);
  if (closed.jobsReady === 0) return blocked ?? 'No job is ready in this section now.';
  const jobs =
    closed.jobsReady === 1
      ? 'One job is ready here, but it asks'
      : `${closed.jobsReady} jobs are ready here, but they ask`;
  const asks = `${jobs} for ${list(closed.qualifications)}, which you do not hold or which has expired.`;
  return blocked === null ? asks : `${asks} ${blocked}`;
}

function blockedSentence(count: number): string | null {
  if (count === 0) return null;
  return count === 1
    ? 'One job waits until its machine is up again.'
    : `${count} jobs wait until their machines are up again.`;
}

/** `due 2026-05-01 for contract CSM-2026-0001` */
function purpose(facts: Purpose): string {
  return `${facts.dueOn === null ? 'without a due date' : `due ${facts.dueOn}`}${contract(facts)}`;
}

function pin(facts: ReasonFacts): string {
  return facts.pinReason === null ? '' : `pinned by the coordinator (${facts.pinReason}), `;
}

function inTurn({ place }: ReasonFacts): string {
  if (place === null) return '';
  if (place.turn !== null) return `, ${ordinal(place.turn)} free-tier job in turn`;
  return `, ${ordinal(place.rank)} in its lane`;
}

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** `second`, `21st`, `112th` */
function ordinal(number: number): string {
  const word = ORDINALS[number - 1];
  if (word !== undefined) return word;
  const isTeen = Math.floor((number % 100) / 10) === 1;
  return `${number}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}

function contract(facts: Pick<ReasonFacts, 'contractRef'>): string {
  return facts.contractRef === null ? '' : ` for contract ${facts.contractRef}`;
}

function operations(positions: readonly number[]): string {
  const words = positions.map(String);
  return words.length === 1 ? `operation ${words[0]}` : `operations ${list(words)}`;
}

function list(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? 'a qualification')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
