import { Injectable } from '@nestjs/common';
import { dayOf, type Day, type Id } from '#kernel';
import { LedgerService, type Leg } from '#ledger';
import type { Tx } from '#platform';
import { settledMinor, type Contract, type ContractPledge } from './domain/contract.js';
import type { Instrument } from './domain/instrument.js';
import type { Contribution, Deal } from './domain/pledge-input.js';
import { PledgeAccounts } from './pledge-accounts.js';

/** How a ledger's line begins. */
const INSTRUMENT_NOUNS: Readonly<Record<Instrument, string>> = {
  loan: 'Loan',
  'pre-purchase': 'Pre-purchase',
  premium: 'Premium purchase',
  gift: 'Gift',
  labour: 'Labour',
  material: 'Material',
  'tool-loan': 'Tool loan',
};

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

  /** Debit what the supporter promised, credit what the fablab will owe for it; pending. Only money is booked. */
  async pend(
    tx: Tx,
    contract: Contract,
    pledge: {
      readonly id: Id<'pledge'>;
      readonly communityId: Id<'community'>;
      readonly deal: Pick<Deal, 'instrument'>;
      readonly contribution: Contribution;
    },
  ): Promise<Id<'transfer'> | null> {
    if (pledge.contribution.kind !== 'money') return null;
    const { amountMinor } = pledge.contribution;
    const supporter = await this.accounts.supporter(tx, contract, pledge.communityId);
    return this.ledger.pend(tx, {
      key: `pledge:${pledge.id}`,
      kind: 'pledge',
      reference: contract.ref,
      description: `${INSTRUMENT_NOUNS[pledge.deal.instrument]} pledged by ${supporter.name} to ${contract.ref}`,
      valueDate: dayOf(tx.now),
      legs: [
        { accountId: await this.accounts.promised(tx, supporter), amountMinor },
        { accountId: await this.accounts.committed(tx, supporter), amountMinor: -amountMinor },
      ],
    });
  }

  /** The contract became active. */
  bind(tx: Tx, contract: Contract, { id, transferId }: ContractPledge): Promise<Id<'transfer'> | null> {
    return this.resolve(transferId, (pending) =>
      this.ledger.post(tx, pending, {
        key: `pledge:${id}:bind`,
        description: `Pledge to ${contract.ref} binds`,
        valueDate: dayOf(tx.now),
      }),
    );
  }

  /** The supporter withdrew it, or the contract ended before it was active. */
  release(tx: Tx, contract: Contract, { id, transferId }: ContractPledge): Promise<Id<'transfer'> | null> {
    return this.resolve(transferId, (pending) =>
      this.ledger.void(tx, pending, {
        key: `pledge:${id}:void`,
        description: `Pledge to ${contract.ref} ends unpaid`,
        valueDate: dayOf(tx.now),
      }),
    );
  }

  /** The deadline passed before the contract was active. */
  expire(tx: Tx, contract: Contract, { id, transferId }: ContractPledge): Promise<Id<'transfer'> | null> {
    return this.resolve(transferId, (pending) =>
      this.ledger.expire(tx, pending, {
        key: `pledge:${id}:expire`,
        description: `Pledge to ${contract.ref} ends with its deadline`,
        valueDate: dayOf(tx.now),
      }),
    );
  }

  private resolve(
    pending: Id<'transfer'> | null,
    end: (pending: Id<'transfer'>) => Promise<Id<'transfer'>>,
  ): Promise<Id<'transfer'> | null> {
    return pending === null ? Promise.resolve(null) : end(pending);
  }

  /** Debit the bank, credit what the money is: a loan, prepaid units or a gift. What is paid over the pledge is so too. */
  async receive(
    tx: Tx,
    contract: Contract,
    pledge: ContractPledge,
    payment: { readonly id: Id<'payment'>; readonly amountMinor: bigint; readonly valueDate: Day },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.accounts.supporter(tx, contract, pledge.communityId);
    const legs: Leg[] = [
      { accountId: await this.accounts.bank(tx, supporter), amountMinor: payment.amountMinor },
      {
        accountId: await this.accounts.held(tx, supporter, pledge.instrument),
        amountMinor: -payment.amountMinor,
      },
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
      description: `${INSTRUMENT_NOUNS[pledge.instrument]} received from ${supporter.name} for ${contract.ref}`,
      valueDate: payment.valueDate,
      legs,
    });
  }
}
