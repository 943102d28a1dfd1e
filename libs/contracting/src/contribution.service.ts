import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, dayOf, type Day, type Id, type InputCheck } from '#kernel';
import { IdSource, type Tx, type Viewer } from '#platform';
import {
  assertContributionReversible,
  assertReturnable,
  waivableMilli,
  type ContributionEventKind,
} from './domain/contribution.js';
import { readPublicReason, refusePersonalData } from './domain/personal-data.js';
import { ObligationDeeds, aboutPledge } from './obligation-deeds.js';
import { ContributionRepository } from './persistence/contribution.repository.js';

interface QuantityGiven {
  readonly idempotencyKey: string;
  readonly pledgeId: string;
  /** A decimal in the pledge's unit. */
  readonly quantity: string;
  readonly happenedOn: string;
  /** Public. */
  readonly note?: string | null;
}

/** Goods and tools that come in, go back, or are wanted no more. Hours count by themselves (`WorkedHours`). */
@Injectable()
export class ContributionService {
  constructor(
    private readonly deeds: ObligationDeeds,
    private readonly contributions: ContributionRepository,
    private readonly ids: IdSource,
  ) {}

  /**
   * Part of the goods, all of them, or more.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` for a pledge of money or hours
   */
  receive(viewer: Viewer, { idempotencyKey: key, ...input }: QuantityGiven): Promise<Id<'pledge'>> {
    const read = checkInput((check) => readQuantity(check, input));
    return this.deeds.run(
      aboutPledge(viewer, 'recordReceipt', { key, input, pledgeId: read.pledgeId }),
      async (scope) => {
        const { tx, obligation } = scope;
        if (obligation.contribution !== 'goods')
          throw new DomainError(
            'INVALID_STATE',
            obligation.contribution === 'hours'
              ? 'Hours count when they are logged on the jobs of this contract by members of the pledging community.'
              : 'Money is recorded as a payment.',
            { contribution: obligation.contribution },
          );
        assertNotAfter(read.happenedOn, dayOf(tx.now));
        await this.insert(tx, viewer, 'received', read);
      },
    );
  }

  /** The tool goes back to its owner. @throws as `receive`; `INVALID_STATE` for more than is here */
  giveBack(viewer: Viewer, { idempotencyKey: key, ...input }: QuantityGiven): Promise<Id<'pledge'>> {
    const read = checkInput((check) => readQuantity(check, input));
    return this.deeds.run(
      aboutPledge(viewer, 'recordReturn', { key, input, pledgeId: read.pledgeId }),
      async (scope) => {
        const { tx, obligation } = scope;
        if (obligation.returnKind !== 'tool')
          throw new DomainError('INVALID_STATE', 'Only a tool that was lent goes back.', {
            returns: obligation.returnKind,
          });
        assertNotAfter(read.happenedOn, dayOf(tx.now));
        assertReturnable(obligation, read.milli);
        await this.insert(tx, viewer, 'returned', read);
      },
    );
  }

  /**
   * The fablab lets go of hours or goods that were pledged and have not come.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` when nothing is outstanding
   */
  waive(
    viewer: Viewer,
    {
      idempotencyKey: key,
      ...input
    }: { readonly idempotencyKey: string; readonly pledgeId: string; readonly reason: string },
  ): Promise<Id<'pledge'>> {
    const { pledgeId, reason } = checkInput((check) => ({
      pledgeId: check.id<'pledge'>('pledgeId', input.pledgeId, 'the pledge'),
      reason: readPublicReason(check, input.reason),
    }));
    return this.deeds.run(
      aboutPledge(viewer, 'waiveContribution', { key, input, pledgeId }),
      async ({ tx, obligation }) => {
        const milli = waivableMilli(obligation);
        await this.insert(tx, viewer, 'waived', { pledgeId, milli, happenedOn: dayOf(tx.now), note: reason });
      },
    );
  }

  /** Takes back what was recorded wrongly. @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`, `INVALID_STATE` */
  reverse(
    viewer: Viewer,
    {
      idempotencyKey: key,
      ...input
    }: { readonly idempotencyKey: string; readonly contributionId: string; readonly reason: string },
  ): Promise<Id<'pledge'>> {
    const { id, reason } = checkInput((check) => ({
      id: check.id<'contributionEvent'>('contributionId', input.contributionId, 'what was recorded'),
      reason: readPublicReason(check, input.reason),
    }));
    return this.deeds.run(
      {
        viewer,
        key,
        input,
        deed: 'reverseContribution',
        pledge: async (tx) => (await this.contributions.find(tx, id))?.pledgeId ?? null,
        sought: { what: 'contribution', id },
      },
      async ({ tx, obligation }) => {
        const event = await this.contributions.find(tx, id);
        if (!event) throw DomainError.notFound('contribution', id);
        assertContributionReversible(obligation, event);
        await this.contributions.insert(tx, {
          id: this.ids.next(),
          pledgeId: event.pledgeId,
          kind: 'reversal',
          quantityMilli: event.quantityMilli,
          happenedOn: dayOf(tx.now),
          reason,
          reversesEventId: id,
          recordedBy: viewer.personId,
        });
      },
    );
  }

  private insert(tx: Tx, viewer: Viewer, kind: ContributionEventKind, read: QuantityRead): Promise<void> {
    return this.contributions.insert(tx, {
      id: this.ids.next(),
      pledgeId: read.pledgeId,
      kind,
      quantityMilli: read.milli,
      happenedOn: read.happenedOn,
      reason: read.note,
      recordedBy: viewer.personId,
    });
  }
}

interface QuantityRead {
  readonly pledgeId: Id<'pledge'>;
  readonly milli: bigint;
  readonly happenedOn: Day;
  readonly note: string | null;
}

function readQuantity(check: InputCheck, given: Omit<QuantityGiven, 'idempotencyKey'>): QuantityRead {
  refusePersonalData(check, { note: given.note ?? null });
  return {
    pledgeId: check.id<'pledge'>('pledgeId', given.pledgeId, 'the pledge'),
    milli: check.milli('quantity', given.quantity, 'the quantity'),
    happenedOn: check.day('happenedOn', given.happenedOn, 'the day'),
    note: check.optionalText('note', given.note, { max: LIMITS.noteCharsMax, name: 'the note' }),
  };
}

function assertNotAfter(day: Day, today: Day): void {
  if (day <= today) return;
  throw DomainError.badInput([
    { field: 'happenedOn', message: `The day must not be in the future; today is ${today}.` },
  ]);
}
