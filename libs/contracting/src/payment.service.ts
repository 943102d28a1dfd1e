import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Day, type Id, type Money } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, type Tx, type Viewer } from '#platform';
import { requireMay } from './contract.policy.js';
import { assertPayable, type Contract, type ContractPledge } from './domain/contract.js';
import { assertMoment } from './domain/moment.js';
import { ObligationSettlement } from './obligation-settlement.js';
import { ContractRepository } from './persistence/contract.repository.js';
import { PledgeRepository } from './persistence/pledge.repository.js';
import { PledgeBooks } from './pledge-books.js';
import { assertCurrency } from './pledge.service.js';

interface AmountGiven {
  readonly amountMinor: bigint;
  readonly currency: string;
}

interface PaymentGiven {
  readonly idempotencyKey: string;
  readonly pledgeId: string;
  readonly amount: AmountGiven;
  readonly valueDate: string;
}

/** Recording the money that came, booked in the same transaction, with what follows from it. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly contracts: ContractRepository,
    private readonly pledges: PledgeRepository,
    private readonly books: PledgeBooks,
    private readonly settlement: ObligationSettlement,
  ) {}

  /**
   * The fablab records money that came in for a pledge: part of it, all of it, or more.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` unless the pledge binds
   */
  record(viewer: Viewer, { idempotencyKey: key, ...input }: PaymentGiven): Promise<Id<'pledge'>> {
    const read = checkInput((check) => ({
      pledgeId: check.id<'pledge'>('pledgeId', input.pledgeId, 'the pledge'),
      amount: check.money('amount', input.amount),
      valueDate: check.day('valueDate', input.valueDate, 'the value date'),
    }));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'recordPayment', input },
        async () => {
          const found = await this.contracts.lockOfPledge(tx, read.pledgeId);
          if (!found) throw DomainError.notFound('pledge', read.pledgeId);
          const { contract, pledge } = found;
          requireMay(viewer, 'recordPayment', contract.fablabId);
          assertMoment('recordPayment', contract, dayOf(tx.now));
          assertPayable(pledge);
          assertMoney(pledge);
          assertCurrency(contract, read.amount.currency);
          assertNotAfter(read.valueDate, dayOf(tx.now));
          await this.book(tx, viewer, { contract, pledge, ...read });
          await this.settlement.settle(tx, contract, viewer);
          return read.pledgeId;
        },
      ),
    );
  }

  private async book(
    tx: Tx,
    viewer: Viewer,
    given: { contract: Contract; pledge: ContractPledge; amount: Money; valueDate: Day },
  ): Promise<void> {
    const { contract, pledge, amount, valueDate } = given;
    const id = this.ids.next<'payment'>();
    const payment = { id, amountMinor: amount.amountMinor, valueDate };
    const transferId = await this.books.receive(tx, contract, pledge, payment);
    await this.pledges.insertPayment(tx, {
      id,
      pledgeId: pledge.id,
      amount,
      valueDate,
      transferId,
      recordedBy: viewer.personId,
    });
  }
}

function assertMoney(pledge: ContractPledge): void {
  if (pledge.contribution === 'money') return;
  throw new DomainError('INVALID_STATE', 'This pledge is not of money, so no payment can come in for it.', {
    contribution: pledge.contribution,
  });
}

function assertNotAfter(valueDate: Day, today: Day): void {
  if (valueDate <= today) return;
  throw DomainError.badInput([
    { field: 'valueDate', message: `The value date must not be in the future; today is ${today}.` },
  ]);
}
