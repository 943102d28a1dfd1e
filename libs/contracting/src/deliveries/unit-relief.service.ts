import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, dayOf, type Id } from '#kernel';
import { IdSource, type Tx, type Viewer } from '#platform';
import { unitsOpen, type Obligation } from '../domain/obligation.js';
import { readPublicReason } from '../domain/personal-data.js';
import { freeUnitsOpen } from '../domain/returns/units.js';
import { ObligationBooks } from '../obligation-books.js';
import { ObligationDeeds, type DeedScope } from '../obligation-deeds.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';

export interface WaiveUnitsGiven {
  readonly idempotencyKey: string;
  readonly pledgeId: string;
  readonly units: number;
  readonly freeUnits: number;
  /** What the units were paid with is owed in money from then on, in the place of being forgiven. */
  readonly asMoney: boolean;
  /** Public. */
  readonly reason: string;
}

/** Units that a supporter lets go of, and free units that were delivered elsewhere. */
@Injectable()
export class UnitReliefService {
  constructor(
    private readonly deeds: ObligationDeeds,
    private readonly obligations: ObligationRepository,
    private readonly books: ObligationBooks,
    private readonly ids: IdSource,
  ) {}

  /**
   * The supporter wants some units no more, or some of the free units for others.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` for more than are owed
   */
  waive(viewer: Viewer, { idempotencyKey: key, ...input }: WaiveUnitsGiven): Promise<Id<'pledge'>> {
    const read = checkInput((check) => {
      const limit = { min: 0, max: LIMITS.quantityMax, name: 'the number of units' };
      const units = check.integer('units', input.units, limit);
      const freeUnits = check.integer('freeUnits', input.freeUnits, limit);
      if (units + freeUnits === 0) check.refuse('units', 'Please say how many units are wanted no more.');
      return {
        pledgeId: check.id<'pledge'>('pledgeId', input.pledgeId, 'the pledge'),
        units,
        freeUnits,
        reason: readPublicReason(check, input.reason),
      };
    });
    const sought = { what: 'pledge', id: read.pledgeId };
    const pledge = (): Promise<Id<'pledge'>> => Promise.resolve(read.pledgeId);
    return this.deeds.run({ viewer, deed: 'waiveUnits', key, input, pledge, sought }, async (scope) => {
      const { obligation } = scope;
      assertOpen('units', read.units, unitsOpen(obligation));
      assertOpen('free units', read.freeUnits, freeUnitsOpen(obligation));
      if (read.units > 0) await this.letGo(scope, viewer, { ...read, asMoney: input.asMoney });
      if (read.freeUnits > 0)
        await this.obligations.insert(scope.tx, obligation, {
          id: this.ids.next(),
          kind: 'free-unit-waiver',
          amountMinor: 0n,
          units: read.freeUnits,
          valueDate: dayOf(scope.tx.now),
          reason: read.reason,
          recordedBy: viewer.personId,
        });
    });
  }

  /**
   * Free units for others that came about elsewhere, such as from a pool, and are counted for this pledge. The same
   * reference counts once; what is not promised is left.
   * @returns how many were counted
   */
  async noteFreeUnits(
    tx: Tx,
    obligation: Obligation,
    given: { readonly units: number; readonly reference: string; readonly recordedBy: Id<'person'> },
  ): Promise<number> {
    const units = Math.min(given.units, freeUnitsOpen(obligation));
    if (units === 0 || (await this.obligations.hasReference(tx, given.reference))) return 0;
    await this.obligations.insert(tx, obligation, {
      ...given,
      id: this.ids.next(),
      kind: 'free-units',
      amountMinor: 0n,
      units,
      valueDate: dayOf(tx.now),
    });
    return units;
  }

  private async letGo(
    { tx, contract, obligation }: DeedScope,
    viewer: Viewer,
    {
      units,
      asMoney,
      reason,
    }: { readonly units: number; readonly asMoney: boolean; readonly reason: string },
  ): Promise<void> {
    const id = this.ids.next<'obligationEvent'>();
    const amountMinor = asMoney ? 0n : BigInt(units) * obligation.unitPriceMinor;
    const transferId =
      amountMinor > 0n ? await this.books.forgive(tx, contract, obligation, { id, amountMinor }) : undefined;
    await this.obligations.insert(tx, obligation, {
      id,
      kind: 'unit-waiver',
      amountMinor,
      units,
      valueDate: dayOf(tx.now),
      reason,
      ...(transferId && { transferId }),
      recordedBy: viewer.personId,
    });
  }
}

function assertOpen(what: string, wanted: number, open: number): void {
  if (wanted <= open) return;
  throw new DomainError(
    'INVALID_STATE',
    `The fablab owes ${open} ${what} for this pledge now, not ${wanted}.`,
    {
      open,
    },
  );
}
