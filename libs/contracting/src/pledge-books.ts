import { Injectable } from '@nestjs/common';
import { dayOf, type Day, type Id } from '#kernel';
import { LedgerService, type Leg } from '#ledger';
import type { Tx } from '#platform';
import { settledMinor, type Contract, type ContractPledge } from './domain/contract.js';
import { PledgeAccounts } from './pledge-accounts.js';

/**
 * A pledge in the fablab's double-entry books (docs/adr/0003-ledger-accounts.md). Until activation it is a pending
 * transfer; binding posts it, withdrawal voids it. A payment moves money, and takes what it settles off the pledge.
 */
@Injectable()
export class PledgeBooks {
  constructor(
    private readonly ledger: LedgerService,
    private readonly accounts: PledgeAccounts,
  ) {}

  /** Debit what the supporter promised, credit what the fablab will owe for it; pending. */
  async pend(
    tx: Tx,
    contract: Contract,
    pledge: {
      readonly id: Id<'pledge'>;
      readonly communityId: Id<'community'>;
      readonly amountMinor: bigint;
    },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.accounts.supporter(tx, contract, pledge.communityId);
    return this.ledger.pend(tx, {
      key: `pledge:${pledge.id}`,
      kind: 'pledge',
      reference: contract.ref,
      description: `Loan pledged by ${supporter.name} to ${contract.ref}`,
      valueDate: dayOf(tx.now),
      legs: [
        { accountId: await this.accounts.promised(tx, supporter), amountMinor: pledge.amountMinor },
        { accountId: await this.accounts.committed(tx, supporter), amountMinor: -pledge.amountMinor },
      ],
    });
  }

  /** The contract became active. */
  bind(tx: Tx, contract: Contract, pledge: ContractPledge): Promise<Id<'transfer'>> {
    return this.ledger.post(tx, pledge.transferId, {
      key: `pledge:${pledge.id}:bind`,
      description: `Pledge to ${contract.ref} binds`,
      valueDate: dayOf(tx.now),
    });
  }

  /** The supporter withdrew it, or the contract ended before it was active. */
  release(tx: Tx, contract: Contract, pledge: ContractPledge): Promise<Id<'transfer'>> {
    return this.ledger.void(tx, pledge.transferId, {
      key: `pledge:${pledge.id}:void`,
      description: `Pledge to ${contract.ref} ends unpaid`,
      valueDate: dayOf(tx.now),
    });
  }

  /** The deadline passed before the contract was active. */
  expire(tx: Tx, contract: Contract, pledge: ContractPledge): Promise<Id<'transfer'>> {
    return this.ledger.expire(tx, pledge.transferId, {
      key: `pledge:${pledge.id}:expire`,
      description: `Pledge to ${contract.ref} ends with its deadline`,
      valueDate: dayOf(tx.now),
    });
  }

  /** Debit the bank, credit the loan. What is paid over the pledge is a loan as well. */
  async receive(
    tx: Tx,
    contract: Contract,
    pledge: ContractPledge,
    payment: { readonly id: Id<'payment'>; readonly amountMinor: bigint; readonly valueDate: Day },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.accounts.supporter(tx, contract, pledge.communityId);
    const legs: Leg[] = [
      { accountId: await this.accounts.bank(tx, supporter), amountMinor: payment.amountMinor },
      { accountId: await this.accounts.owed(tx, supporter), amountMinor: -payment.amountMinor },
    ];
    const settled = settledMinor(pledge, payment.amountMinor);
    if (settled > 0n) {
      legs.push({ accountId: await this.accounts.committed(tx, supporter), amountMinor: settled });
      legs.push({ accountId: await this.accounts.promised(tx, supporter), amountMinor: -settled });
    }
    return this.ledger.transfer(tx, {
      key: `payment:${payment.id}`,
      kind: 'payment',
      reference: contract.ref,
      description: `Loan received from ${supporter.name} for ${contract.ref}`,
      valueDate: payment.valueDate,
      legs,
    });
  }
}
