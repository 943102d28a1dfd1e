import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, dayOf, type Day, type Id } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, type Tx, type Viewer } from '#platform';
import type { Contract } from '../domain/contract.js';
import { refusePersonalData } from '../domain/personal-data.js';
import { ObligationSettlement } from '../obligation-settlement.js';
import { ContractRepository } from '../persistence/contract.repository.js';
import { requireVisible } from '../visible.js';
import { requireDelivery } from './delivery.policy.js';
import { DeliveryRepository } from './persistence/delivery.repository.js';

export interface DeliveryGiven {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly line: number;
  readonly quantity: number;
  readonly deliveredOn: string;
  readonly note?: string | null;
}

export interface AnswerGiven {
  readonly idempotencyKey: string;
  readonly deliveryId: string;
  readonly isAccepted: boolean;
  readonly reason?: string | null;
}

export interface SalesGiven {
  readonly idempotencyKey: string;
  readonly contractId: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly amount: { readonly amountMinor: bigint; readonly currency: string };
}

/** Handing over what was made, and what comes of it for those to whom units or shares of sales are owed. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly settlement: ObligationSettlement,
  ) {}

  /**
   * The fablab handed over units of one line. They count once the receiver accepts them.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` for more than the line holds
   */
  record(viewer: Viewer, { idempotencyKey: key, ...input }: DeliveryGiven): Promise<Id<'contract'>> {
    const read = checkInput((check) => {
      const note = check.optionalText('note', input.note, { max: LIMITS.noteCharsMax, name: 'the note' });
      refusePersonalData(check, { note });
      return {
        contractId: check.id<'contract'>('contractId', input.contractId, 'the contract'),
        line: check.integer('line', input.line, { min: 1, max: LIMITS.deliverablesMax, name: 'the line' }),
        quantity: check.integer('quantity', input.quantity, {
          min: 1,
          max: LIMITS.quantityMax,
          name: 'the number of units',
        }),
        deliveredOn: check.day('deliveredOn', input.deliveredOn, 'the day of delivery'),
        note,
      };
    });
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'recordDelivery', input },
        async () => {
          const contract = await this.lock(tx, read.contractId, viewer);
          requireDelivery(viewer, 'recordDelivery', contract.fablabId, contract);
          assertNotAfter('deliveredOn', read.deliveredOn, dayOf(tx.now));
          const receiverId = await this.receiverOf(tx, contract, read);
          const recordedBy = viewer.personId;
          await this.deliveries.insert(tx, { ...read, id: this.ids.next(), receiverId, recordedBy });
          tx.publish({ type: 'contracting.contract-changed', payload: { ref: contract.ref } });
          return contract.id;
        },
      ),
    );
  }

  /**
   * The receiver says whether it has the units as they were agreed. Accepted ones count for pledges in this very
   * transaction, which may end scrutiny and complete the contract; a refusal has a public reason.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` for an answered delivery
   */
  answer(viewer: Viewer, { idempotencyKey: key, ...input }: AnswerGiven): Promise<Id<'contract'>> {
    const { deliveryId, reason } = checkInput((check) => {
      const given = check.optionalText('reason', input.reason, {
        max: LIMITS.noteCharsMax,
        name: 'the reason',
      });
      if (!input.isAccepted && given === null)
        check.refuse('reason', 'Please say why the delivery is refused.');
      refusePersonalData(check, { reason: given });
      return {
        deliveryId: check.id<'delivery'>('deliveryId', input.deliveryId, 'the delivery'),
        reason: given,
      };
    });
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'answerDelivery', input },
        async () => {
          const found = await this.deliveries.find(tx, deliveryId);
          if (!found) throw DomainError.notFound('delivery', deliveryId);
          const contract = await this.lock(tx, found.contractId, viewer);
          requireDelivery(viewer, 'answerDelivery', found.receiverId, contract);
          // Read again after the lock: somebody may have answered meanwhile.
          if ((await this.deliveries.find(tx, deliveryId))?.isAnswered)
            throw new DomainError('INVALID_STATE', 'This delivery was accepted or refused before.');
          const { isAccepted } = input;
          await this.deliveries.answer(tx, deliveryId, { isAccepted, reason, by: viewer.personId });
          await this.settlement.settle(tx, contract, viewer);
          return contract.id;
        },
      ),
    );
  }

  /**
   * Premium sales of a period, of which a share is returned where that was agreed.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`, `INVALID_STATE`
   */
  recordSales(viewer: Viewer, { idempotencyKey: key, ...input }: SalesGiven): Promise<Id<'contract'>> {
    const read = checkInput((check) => ({
      contractId: check.id<'contract'>('contractId', input.contractId, 'the contract'),
      fromDay: check.day('fromDay', input.fromDay, 'the first day'),
      toDay: check.day('toDay', input.toDay, 'the last day'),
      amount: check.money('amount', input.amount),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'recordPremiumSales', input },
        async () => {
          const contract = await this.lock(tx, read.contractId, viewer);
          requireDelivery(viewer, 'recordPremiumSales', contract.fablabId, contract);
          if (read.amount.currency !== contract.currency)
            throw refused('amount.currency', `The contract ${contract.ref} is in ${contract.currency}.`);
          assertNotAfter('toDay', read.toDay, dayOf(tx.now));
          if (read.fromDay > read.toDay)
            throw refused('fromDay', 'The first day must not be after the last.');
          await this.noteSales(tx, {
            ...read,
            amountMinor: read.amount.amountMinor,
            reference: null,
            recordedBy: viewer.personId,
          });
          tx.publish({ type: 'contracting.contract-changed', payload: { ref: contract.ref } });
          return contract.id;
        },
      ),
    );
  }

  /** Premium sales that another context tells of; the same reference is noted once. */
  async noteSales(
    tx: Tx,
    sales: {
      readonly contractId: Id<'contract'>;
      readonly fromDay: Day;
      readonly toDay: Day;
      readonly amountMinor: bigint;
      readonly reference: string | null;
      readonly recordedBy: Id<'person'> | null;
    },
  ): Promise<void> {
    await this.deliveries.insertSale(tx, { ...sales, id: this.ids.next() });
  }

  private async lock(tx: Tx, id: Id<'contract'>, viewer: Viewer): Promise<Contract> {
    return requireVisible(await this.contracts.lock(tx, id), id, viewer);
  }

  private async receiverOf(
    tx: Tx,
    contract: Contract,
    { line, quantity }: { readonly line: number; readonly quantity: number },
  ): Promise<Id<'community'>> {
    const deliverable = contract.terms.deliverables[line - 1];
    if (!deliverable) throw refused('line', 'There is no such line among the deliverables.');
    const left = deliverable.quantity - (await this.deliveries.handedOver(tx, contract.id, line));
    if (quantity > left) {
      throw new DomainError(
        'INVALID_STATE',
        `Of this line, ${left} more can be delivered; ${quantity} were given.`,
        { left },
      );
    }
    return deliverable.receiverId;
  }
}

function assertNotAfter(field: string, day: Day, today: Day): void {
  if (day > today) throw refused(field, `The day must not be in the future; today is ${today}.`);
}

function refused(field: string, message: string): DomainError {
  return DomainError.badInput([{ field, message }]);
}
