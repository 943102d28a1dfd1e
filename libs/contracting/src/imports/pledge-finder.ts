import type { Day, Id } from '#kernel';
import type { Instrument } from '../domain/instrument.js';
import { amountWords } from '../domain/words.js';
import { nameKey } from './settings.js';
import type {
  ImportSnapshot,
  SnapshotCommunity,
  SnapshotContract,
  SnapshotMove,
  SnapshotPledge,
} from './snapshot.js';

export interface Told {
  readonly message: string;
  readonly remedy: string;
}
type Found =
  | { readonly kind: 'pledge'; readonly pledge: SnapshotPledge }
  | { readonly kind: 'proposed' }
  /** Completes «…, and North Village has …». */
  | { readonly kind: 'none'; readonly words: string };

const STANDING: ReadonlySet<string> = new Set(['pledged', 'active', 'fulfilled']);

/** Finds what a row means among what a fablab has, by maps: a table of thousands of rows stays quick. */
export class PledgeFinder {
  private readonly contractsByName = new Map<string, SnapshotContract[]>();
  private readonly communitiesByName = new Map<string, SnapshotCommunity[]>();
  private readonly communitiesById: ReadonlyMap<string, SnapshotCommunity>;
  private readonly pledges = new Map<string, SnapshotPledge[]>();
  private readonly proposed = new Set<string>();
  /** How often a move stands in the books and was not found in the table yet. */
  private readonly moves = new Map<string, number>();

  constructor(snapshot: ImportSnapshot) {
    for (const contract of snapshot.contracts)
      for (const name of new Set([nameKey(contract.ref), nameKey(contract.title)]))
        push(this.contractsByName, name, contract);
    for (const community of snapshot.communities)
      for (const name of new Set([nameKey(community.name), nameKey(community.slug)]))
        push(this.communitiesByName, name, community);
    this.communitiesById = new Map(snapshot.communities.map((each) => [each.id, each]));
    for (const pledge of snapshot.pledges.filter(({ state }) => STANDING.has(state)))
      push(this.pledges, `${pledge.contractId} ${pledge.communityId}`, pledge);
    for (const { contractId, communityId, amountMinor } of snapshot.proposals)
      this.proposed.add(`${contractId} ${communityId} ${amountMinor}`);
    for (const move of snapshot.moves) {
      const key = keyOf(move);
      this.moves.set(key, (this.moves.get(key) ?? 0) + 1);
    }
  }

  /** By ref or title. */
  contracts(name: string): readonly SnapshotContract[] {
    return this.contractsByName.get(nameKey(name)) ?? [];
  }

  /** By name or slug; a party of the contract before anybody else of that name. */
  community(name: string, contract: SnapshotContract): SnapshotCommunity | null {
    const found = this.communitiesByName.get(nameKey(name)) ?? [];
    return found.find(({ id }) => contract.receiverIds.includes(id)) ?? found[0] ?? null;
  }

  communityById(id: string): SnapshotCommunity | null {
    return this.communitiesById.get(id) ?? null;
  }

  /** The pledge of this very amount, whether it binds or not. */
  find(
    contract: SnapshotContract,
    community: SnapshotCommunity,
    amountMinor: bigint,
    instrument: Instrument | null,
  ): Found {
    const own = this.of(contract, community, instrument);
    const pledge = own.find((each) => each.amountMinor === amountMinor);
    if (pledge) return { kind: 'pledge', pledge };
    // What a table proposes is a loan.
    const isProposed = instrument === null || instrument === 'loan';
    if (isProposed && this.proposed.has(`${contract.id} ${community.id} ${amountMinor}`))
      return { kind: 'proposed' };
    return { kind: 'none', words: wordsOf(own, contract, community) };
  }

  /** The table itself proposes it: a second row with the same pledge means the same one. */
  propose(contract: SnapshotContract, community: SnapshotCommunity, amountMinor: bigint): void {
    this.proposed.add(`${contract.id} ${community.id} ${amountMinor}`);
  }

  /** The pledge that money is booked on: the one of the amount that is given, or the only one. */
  binding(
    contract: SnapshotContract,
    community: SnapshotCommunity,
    {
      pledged: pledgedMinor,
      instrument,
    }: { readonly pledged: bigint | null; readonly instrument: Instrument | null },
  ): { readonly kind: 'pledge'; readonly pledge: SnapshotPledge } | ({ readonly kind: 'problem' } & Told) {
    const problem = (message: string, remedy: string) => ({ kind: 'problem', message, remedy }) as const;
    if (contract.state !== 'active') {
      return problem(
        `${contract.ref} is ${contract.state}; money is booked only while a contract is active.`,
        contract.state === 'open'
          ? 'Import the pledges now without this column, and this table again once the contract is active.'
          : 'Leave this row out.',
      );
    }
    const own = this.of(contract, community, instrument);
    const fitting =
      pledgedMinor === null ? own : own.filter(({ amountMinor }) => amountMinor === pledgedMinor);
    const [first] = fitting;
    if (!first)
      return problem(`For ${contract.ref}, ${wordsOf(own, contract, community)}`, 'Correct the row.');
    if (pledgedMinor === null && fitting.length > 1) {
      return problem(
        `For ${contract.ref}, ${wordsOf(own, contract, community)}`,
        'Give the amount of the pledge in the column of what was pledged, or its instrument.',
      );
    }
    if (pledgedMinor !== null && new Set(fitting.map((each) => each.instrument)).size > 1) {
      return problem(
        `For ${contract.ref}, ${wordsOf(own, contract, community)} They differ in their instrument.`,
        'Give the instrument, such as loan or gift, in a column of its own.',
      );
    }
    return { kind: 'pledge', pledge: first };
  }

  /** True when the move stands in the books; each there answers for one in the table. */
  take(pledgeId: Id<'pledge'>, kind: SnapshotMove['kind'], amountMinor: bigint, valueDate: Day): boolean {
    const key = keyOf({ pledgeId, kind, amountMinor, valueDate });
    const left = this.moves.get(key) ?? 0;
    if (left > 0) this.moves.set(key, left - 1);
    return left > 0;
  }

  private of(
    contract: SnapshotContract,
    community: SnapshotCommunity,
    instrument: Instrument | null,
  ): readonly SnapshotPledge[] {
    const all = this.pledges.get(`${contract.id} ${community.id}`) ?? [];
    return instrument === null ? all : all.filter((pledge) => pledge.instrument === instrument);
  }
}

function wordsOf(
  own: readonly SnapshotPledge[],
  contract: SnapshotContract,
  community: SnapshotCommunity,
): string {
  if (own.length === 0) return `${community.name} has no pledge there.`;
  const amounts = own.map(({ amountMinor }) => amountWords(amountMinor, contract.currency));
  return `${community.name} has pledged ${amounts.join(' and ')} there.`;
}

function keyOf({ pledgeId, kind, amountMinor, valueDate }: SnapshotMove): string {
  return `${pledgeId} ${kind} ${amountMinor} ${valueDate}`;
}

function push<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
