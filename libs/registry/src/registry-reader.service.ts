import { Injectable } from '@nestjs/common';
import { PublicContracts, type PublicContractSummary } from '#contracting';
import { DomainError } from '#kernel';
import { ContractProgressReader } from '#workshop';
import { LogProofs } from './log/log-proofs.js';
import type { ContractPageView } from './pages/contract.page.js';
import type { LandingView } from './pages/landing.page.js';
import type { Progress } from './pages/parts.js';
import type { RegistryListView } from './pages/registry-list.page.js';
import type { ReleasePageView } from './pages/release.page.js';
import { isPublicState, type PublicState } from './pages/words.js';
import type { ReleasedDocument } from './released-document.js';

const PAGE_ROWS = 20;
const NEWEST_ROWS = 3;

type Facts<View> = Omit<View, 'origin' | 'demo'>;

/** Puts together what each public address shows. What was never published is not found, as if it did not exist. */
@Injectable()
export class RegistryReader {
  constructor(
    private readonly contracts: PublicContracts,
    private readonly progress: ContractProgressReader,
    private readonly log: LogProofs,
  ) {}

  async landing(): Promise<Facts<LandingView>> {
    const [totals, { items }] = await Promise.all([
      this.contracts.countByState(),
      this.contracts.list({ limit: NEWEST_ROWS }),
    ]);
    return { totals, newest: items, progress: await this.progressOf(items) };
  }

  /**
   * @param query as it stands in the address
   * @throws DomainError `BAD_INPUT` for a state that is none and for a cursor that is not of this list
   */
  async list(query: { state?: unknown; after?: unknown }): Promise<Facts<RegistryListView>> {
    const state = readState(query.state);
    const after = readText(query.after, 'after');
    const { items, next } = await this.contracts.list({
      limit: PAGE_ROWS,
      after,
      ...(state !== null && { state }),
    });
    return { state, contracts: items, progress: await this.progressOf(items), after, next };
  }

  /** @throws DomainError `NOT_FOUND` */
  async contract(ref: string): Promise<Facts<ContractPageView>> {
    const [contract, progress] = await Promise.all([
      this.contracts.byRef(ref),
      this.progress.progressOfMany([ref]),
    ]);
    if (!contract) throw notPublished();
    const log = await this.log.placeOf('release', contract.release.sha256);
    return { contract, progress: progress.get(ref) ?? null, log };
  }

  /** @throws DomainError `NOT_FOUND` */
  async latestDocument(ref: string): Promise<ReleasedDocument> {
    const contract = await this.contracts.byRef(ref);
    if (!contract) throw notPublished();
    return contract.release;
  }

  /** @throws DomainError `NOT_FOUND` */
  async document(ref: string, number: number): Promise<ReleasedDocument> {
    const release = await this.contracts.release(ref, number);
    if (!release) throw notPublished();
    return release;
  }

  /** @throws DomainError `NOT_FOUND` */
  async releasePage(ref: string, number: number): Promise<Facts<ReleasePageView>> {
    const page = await this.contracts.releasePage(ref, number);
    if (!page) throw notPublished();
    return { page };
  }

  private async progressOf(
    contracts: readonly PublicContractSummary[],
  ): Promise<ReadonlyMap<string, Progress>> {
    return contracts.length === 0 ? new Map() : this.progress.progressOfMany(contracts.map(({ ref }) => ref));
  }
}

/** One sentence for every ref that cannot be shown, so that a draft looks exactly like nothing. */
export function notPublished(): DomainError {
  return new DomainError(
    'NOT_FOUND',
    'Nothing has been published at this address. Contracts have numbers such as CSM-2026-0001; the list has them all.',
  );
}

function readState(value: unknown): PublicState | null {
  const text = readText(value, 'state');
  if (text === null) return null;
  if (isPublicState(text)) return text;
  throw DomainError.badInput([
    { field: 'state', message: 'There is no such state of a published contract.' },
  ]);
}

function readText(value: unknown, field: string): string | null {
  if (value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  throw DomainError.badInput([{ field, message: `“${field}” can be given only once.` }]);
}
