import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id, type InputCheck } from '#kernel';
import { IdSource, type Viewer } from '#platform';
import { assertDeferrable, outstandingMinor, settle } from './domain/obligation.js';
import { readPublicReason } from './domain/personal-data.js';
import { readRhythm, type RhythmGiven } from './domain/schedule-input.js';
import { ObligationBooks } from './obligation-books.js';
import { ObligationDeeds, aboutPledge } from './obligation-deeds.js';
import { ObligationRepository } from './persistence/obligation.repository.js';

interface ReliefGiven {
  readonly idempotencyKey: string;
  readonly pledgeId: string;
  /** Public. */
  readonly reason: string;
}

/**
 * Who is owed can wait longer or want less, and nobody else can decide that: the supporter defers and forgives what
 * the fablab owes, the fablab waives what the supporter promised and has not paid. Each with a public reason.
 */
@Injectable()
export class ReliefService {
  constructor(
    private readonly deeds: ObligationDeeds,
    private readonly obligations: ObligationRepository,
    private readonly books: ObligationBooks,
    private readonly ids: IdSource,
  ) {}

  /**
   * What is owed now gets a new schedule; what was returned before stays returned.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` when nothing is owed
   */
  defer(viewer: Viewer, { idempotencyKey: key, ...input }: ReliefGiven & RhythmGiven): Promise<Id<'pledge'>> {
    const { pledgeId, reason, rhythm } = checkInput((check) => ({
      ...readRelief(check, input),
      rhythm: readRhythm(check, input),
    }));
    return this.deeds.run(aboutPledge(viewer, 'deferRepayment', { key, input, pledgeId }), async (scope) => {
      const { tx, obligation } = scope;
      assertDeferrable(obligation);
      const today = dayOf(tx.now);
      if (rhythm.firstDueOn < today) {
        throw DomainError.badInput([
          { field: 'firstDueOn', message: `The first instalment cannot be due before today, ${today}.` },
        ]);
      }
      await this.obligations.insert(tx, obligation, {
        id: this.ids.next(),
        kind: 'deferral',
        amountMinor: obligation.repaidMinor,
        valueDate: today,
        reason,
        rhythm,
        recordedBy: viewer.personId,
      });
    });
  }

  /**
   * Forgives a part of what is owed, or all of it: interest that is due first, then principal.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` for more than is owed
   */
  writeOff(
    viewer: Viewer,
    {
      idempotencyKey: key,
      ...input
    }: ReliefGiven & { readonly amount: { readonly amountMinor: bigint; readonly currency: string } },
  ): Promise<Id<'pledge'>> {
    const { pledgeId, reason, amount } = checkInput((check) => ({
      ...readRelief(check, input),
      amount: check.money('amount', input.amount),
    }));
    return this.deeds.run(aboutPledge(viewer, 'writeOffLoan', { key, input, pledgeId }), async (scope) => {
      const { tx, contract, obligation } = scope;
      if (amount.currency !== contract.currency) {
        throw DomainError.badInput([
          { field: 'amount.currency', message: `The contract ${contract.ref} is in ${contract.currency}.` },
        ]);
      }
      const valueDate = dayOf(tx.now);
      const settled = settle(obligation, amount.amountMinor, valueDate, 'forgiven');
      const id = this.ids.next<'obligationEvent'>();
      const transferId =
        settled.amountMinor > 0n
          ? await this.books.forgive(tx, contract, obligation, { id, amountMinor: settled.amountMinor })
          : undefined;
      await this.obligations.insert(tx, obligation, {
        ...settled,
        id,
        kind: 'write-off',
        valueDate,
        reason,
        ...(transferId && { transferId }),
        recordedBy: viewer.personId,
      });
    });
  }

  /**
   * The fablab no longer wants what was pledged and not paid, so that a contract can end without it.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` when all that was pledged has come in
   */
  waive(viewer: Viewer, { idempotencyKey: key, ...input }: ReliefGiven): Promise<Id<'pledge'>> {
    const { pledgeId, reason } = checkInput((check) => readRelief(check, input));
    return this.deeds.run(aboutPledge(viewer, 'waivePledge', { key, input, pledgeId }), async (scope) => {
      const { tx, contract, obligation } = scope;
      const amountMinor = outstandingMinor(obligation);
      if (amountMinor === 0n)
        throw new DomainError(
          'INVALID_STATE',
          'All that was pledged has come in, so there is nothing to waive.',
        );
      const id = this.ids.next<'obligationEvent'>();
      const transferId = await this.books.waive(tx, contract, obligation, { id, amountMinor });
      await this.obligations.insert(tx, obligation, {
        id,
        kind: 'waiver',
        amountMinor,
        valueDate: dayOf(tx.now),
        reason,
        transferId,
        recordedBy: viewer.personId,
      });
    });
  }
}

function readRelief(
  check: InputCheck,
  input: Pick<ReliefGiven, 'pledgeId' | 'reason'>,
): { readonly pledgeId: Id<'pledge'>; readonly reason: string } {
  return {
    pledgeId: check.id<'pledge'>('pledgeId', input.pledgeId, 'the pledge'),
    reason: readPublicReason(check, input.reason),
  };
}
