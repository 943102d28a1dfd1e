import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { Idempotency, UnitOfWork, type Tx, type Viewer } from '#platform';
import type { Contract } from './domain/contract.js';
import type { Obligation } from './domain/obligation.js';
import { requireDeed, type ObligationDeed } from './obligation.policy.js';
import { ObligationSettlement } from './obligation-settlement.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { ObligationRepository } from './persistence/obligation.repository.js';

/** What a deed works on: the contract is locked, and what is owed cannot change meanwhile. */
export interface DeedScope {
  readonly tx: Tx;
  readonly contract: Contract;
  readonly obligation: Obligation;
}

export interface DeedCall {
  readonly viewer: Viewer;
  readonly deed: ObligationDeed;
  readonly key: string;
  /** All that was sent, but for the key. */
  readonly input: unknown;
  /** Which pledge it is about; null when there is no such thing. */
  readonly pledge: (tx: Tx) => Promise<Id<'pledge'> | null>;
  /** Completes «There is no …». */
  readonly sought: { readonly what: string; readonly id: string };
}

/** What every deed about an obligation has in common: one unit of work, the lock, the roles, and what follows. */
@Injectable()
export class ObligationDeeds {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly contracts: ContractRepository,
    private readonly obligations: ObligationRepository,
    private readonly settlement: ObligationSettlement,
  ) {}

  /** @throws DomainError `NOT_FOUND`, `FORBIDDEN`, `INVALID_STATE`, `KEY_REUSED`, and what `work` throws */
  run(call: DeedCall, work: (scope: DeedScope) => Promise<void>): Promise<Id<'pledge'>> {
    const { viewer, deed, key, input, sought } = call;
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, { actor: viewer.personId, key, operation: deed, input }, async () => {
        const pledgeId = await call.pledge(tx);
        const locked = pledgeId && (await this.contracts.lockOfPledge(tx, pledgeId));
        // Read after the lock: what another transaction recorded before it let go of the contract is seen.
        const obligation = locked && (await this.obligations.ofPledge(tx, pledgeId));
        if (!locked || !obligation) throw DomainError.notFound(sought.what, sought.id);
        const { contract } = locked;
        requireDeed(viewer, deed, contract, obligation);
        await work({ tx, contract, obligation });
        await this.settlement.settle(tx, contract, viewer);
        return pledgeId;
      }),
    );
  }
}

/** A deed about a pledge that the input names. */
export function aboutPledge(
  viewer: Viewer,
  deed: ObligationDeed,
  { key, input, pledgeId }: { key: string; input: unknown; pledgeId: Id<'pledge'> },
): DeedCall {
  return {
    viewer,
    deed,
    key,
    input,
    pledge: () => Promise.resolve(pledgeId),
    sought: { what: 'pledge', id: pledgeId },
  };
}
