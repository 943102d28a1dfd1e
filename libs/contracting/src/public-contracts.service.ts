import { Inject, Injectable } from '@nestjs/common';
import { DomainError, dayOf, formatMilli, isId, type Clock, type Id, type Money } from '#kernel';
import { CommunityDirectory } from '#identity';
import { CLOCK } from '#platform';
import type { ContractState } from './domain/contract.js';
import { movementsOf } from './domain/movements.js';
import type { Obligation } from './domain/obligation.js';
import { releaseDifference, type ReleaseChange } from './domain/release-difference.js';
import type { ReleaseDocument } from './domain/release-document.js';
import { productOf } from './domain/release-document.js';
import { dialsOf } from './domain/scrutiny.js';
import type { SettlementDocument } from './domain/settlement-document.js';
import {
  ContractReader,
  type ContractRow,
  type PledgeRow,
  type ReleaseRow,
} from './persistence/contract.reader.js';
import { ObligationReader } from './persistence/obligation.reader.js';
import { TerminationReader, type TerminationRow } from './terminations/persistence/termination.reader.js';
import type {
  PublicContract,
  PublicContractList,
  PublicContractPage,
  PublicContractSummary,
  PublicParty,
  PublicReleaseEntry,
  PublicReleasePage,
} from './public-contract.js';

type Parties = (id: Id<'community'>) => PublicParty;

/** The read model for the public registry: what anybody may know of a contract. Drafts never appear. */
@Injectable()
export class PublicContracts {
  constructor(
    private readonly reader: ContractReader,
    private readonly communities: CommunityDirectory,
    private readonly obligations: ObligationReader,
    private readonly terminations: TerminationReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Newest first.
   * @throws DomainError `BAD_INPUT` for an `after` that no page gave out
   */
  async list({ limit, after = null, state }: PublicContractList): Promise<PublicContractPage> {
    if (after !== null && !isId(after)) {
      throw DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
    }
    const keyset = { first: limit, limit: limit + 1, after: after === null ? null : [after] };
    const rows = await this.reader.list({ insideOf: [], parties: null, state: state ?? null }, keyset);
    const shown = rows.slice(0, limit);
    const party = await this.parties(shown);
    return {
      items: shown.map((row) => summary(row, party)),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  /** @returns null for an unknown ref and for a contract that was never published */
  async byRef(ref: string): Promise<PublicContract | null> {
    const row = await this.reader.byRef(ref, []);
    if (!row) return null;
    const [party, releases, acceptances, pledges, obligations, terminations] = await Promise.all([
      this.parties([row]),
      this.reader.releasesOf([row.id]),
      this.reader.acceptancesOf([row.id]),
      this.reader.pledgesOf([row.id]),
      this.obligations.ofContracts([row.id]),
      this.terminations.ofContracts([row.id]),
    ]);
    const obligationOf = new Map(obligations.map(({ obligation }) => [obligation.pledgeId, obligation]));
    const release = releases.find(({ number }) => number === row.currentRelease);
    if (!release) throw new Error(`The release in force of ${ref} is missing.`);
    const { number, sha256, publishedAt, canonicalJson } = release;
    const document = documentOf(release);
    return {
      ...summary(row, party),
      withdrawnReason: row.endReason,
      release: { number, sha256, publishedAt, canonicalJson, document },
      releases: releases.map((each) => entry(each, party)),
      acceptances: acceptances.map(({ communityId, role, releaseNumber, releaseSha256, acceptedAt }) => ({
        party: party(communityId),
        role,
        releaseNumber,
        releaseSha256,
        acceptedAt,
      })),
      scrutiny: dialsOf(
        obligations.map(({ obligation }) => obligation),
        dayOf(this.clock.now()),
        productOf(document),
      ).map(({ communityId, sentence }) => ({ supporter: party(communityId), sentence })),
      proposedTermination: proposedOf(terminations),
      pledges: pledges.map((pledge) => publicPledge(pledge, party, obligationOf.get(pledge.id))),
    };
  }

  /** One release of a published contract, with the very text that was hashed; null as for `byRef`. */
  async release(ref: string, number: number): Promise<PublicContract['release'] | null> {
    const row = await this.reader.byRef(ref, []);
    const releases = row ? await this.reader.releasesOf([row.id]) : [];
    const release = releases.find((each) => each.number === number);
    if (!release) return null;
    const { sha256, publishedAt, canonicalJson } = release;
    return {
      number,
      sha256,
      publishedAt,
      canonicalJson,
      document: documentOf(release),
    };
  }

  /** One release with what it would change, or has changed; null as for `byRef`. */
  async releasePage(ref: string, number: number): Promise<PublicReleasePage | null> {
    const row = await this.reader.byRef(ref, []);
    if (!row) return null;
    const [party, releases, acceptances] = await Promise.all([
      this.parties([row]),
      this.reader.releasesOf([row.id]),
      this.reader.allAcceptancesOf([row.id]),
    ]);
    const release = releases.find((each) => each.number === number);
    if (!release) return null;
    const base = releases.find((each) => each.number === release.amends);
    const document = documentOf(release);
    return {
      ref,
      title: document.title,
      release: { ...entry(release, party), document },
      changes: base ? releaseDifference(documentOf(base), document) : [],
      acceptances: acceptances
        .filter(({ releaseNumber }) => releaseNumber === number)
        .map(({ communityId, acceptedAt }) => ({ party: party(communityId), acceptedAt })),
    };
  }

  /** What differs between two releases of a published contract; null where one of them is not there. */
  async difference(ref: string, from: number, to: number): Promise<readonly ReleaseChange[] | null> {
    const row = await this.reader.byRef(ref, []);
    const releases = row ? await this.reader.releasesOf([row.id]) : [];
    const [before, after] = [from, to].map((number) => releases.find((each) => each.number === number));
    return before && after ? releaseDifference(documentOf(before), documentOf(after)) : null;
  }

  /** How many published contracts are in each state; a state without any is missing. */
  countByState(): Promise<Readonly<Partial<Record<ContractState, number>>>> {
    return this.reader.countPublishedByState();
  }

  private async parties(rows: readonly ContractRow[]): Promise<Parties> {
    const ids = new Set(rows.flatMap((row) => [row.fablabId, ...row.terms.receivingCommunityIds]));
    const found = ids.size > 0 ? await this.communities.byIds([...ids]) : [];
    const byId = new Map(found.map(({ id, slug, name }) => [id, { communityId: id, slug, name }]));
    return (id) => {
      const party = byId.get(id);
      if (!party) throw new Error('A party’s community is missing.');
      return party;
    };
  }
}

function summary(row: ContractRow, party: Parties): PublicContractSummary {
  const money = (amountMinor: bigint): Money => ({ amountMinor, currency: row.currency });
  if (row.openedAt === null) throw new Error(`${row.ref} was never published.`);
  return {
    id: row.id,
    ref: row.ref,
    state: row.state,
    title: row.terms.title,
    summary: row.terms.summary,
    deadline: row.deadline,
    openedAt: row.openedAt,
    activatedAt: row.activatedAt,
    fablab: party(row.fablabId),
    receivingCommunities: row.terms.receivingCommunityIds.map(party),
    funding: {
      threshold: money(row.thresholdMinor),
      pledged: money(row.pledgedMinor),
      received: money(row.receivedMinor),
      pledgeCount: row.pledgeCount,
    },
  };
}

function proposedOf(terminations: readonly TerminationRow[]): PublicContract['proposedTermination'] {
  const proposed = terminations.find(({ state }) => state === 'proposed');
  if (!proposed) return null;
  return { sha256: proposed.sha256, document: JSON.parse(proposed.canonicalJson) as SettlementDocument };
}

function documentOf({ canonicalJson }: ReleaseRow): ReleaseDocument {
  return JSON.parse(canonicalJson) as ReleaseDocument;
}

function entry(row: ReleaseRow, party: Parties): PublicReleaseEntry {
  const { number, sha256, publishedAt, status, amends, reason, decidedAt, declineReason } = row;
  return {
    number,
    sha256,
    publishedAt,
    status,
    amends,
    reason,
    proposedBy: row.proposedBy && party(row.proposedBy),
    decidedAt,
    declinedBy: row.declinedBy && party(row.declinedBy),
    declineReason,
  };
}

function publicPledge(
  pledge: PledgeRow,
  party: Parties,
  obligation: Obligation | undefined,
): PublicContract['pledges'][number] {
  const { currency } = pledge;
  // Hours and goods are counted in their own units, and no money moves for them.
  const movements = obligation?.contribution === 'money' ? movementsOf(obligation) : [];
  return {
    supporter: party(pledge.communityId),
    instrument: pledge.instrument,
    amount: { amountMinor: pledge.amountMinor, currency },
    received: { amountMinor: pledge.receivedMinor, currency },
    goods:
      pledge.item === null
        ? null
        : {
            item: pledge.item,
            unit: pledge.unit ?? '',
            pledged: formatMilli(pledge.quantityMilli),
            received: formatMilli(pledge.receivedMilli),
          },
    state: pledge.state,
    pledgedAt: pledge.pledgedAt,
    movements: movements.map(({ kind, valueDate, amountMinor }) => ({
      kind,
      valueDate,
      amount: { amountMinor, currency },
    })),
  };
}
