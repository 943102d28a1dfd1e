import { Injectable } from '@nestjs/common';
import { dayOf, type Currency, type Day, type Id } from '#kernel';
import { CommunityDirectory, type CommunitySummary } from '#identity';
import { LedgerService, type Leg } from '#ledger';
import type { Tx } from '#platform';
import { settledMinor, type Contract, type ContractPledge } from './domain/contract.js';

interface Supporter {
  readonly fablabId: Id<'community'>;
  readonly currency: Currency;
  readonly slug: string;
  readonly name: string;
}

/**
 * A pledge in the fablab's double-entry books (docs/adr/0003-ledger-accounts.md). Until activation it is a pending
 * transfer; binding posts it, withdrawal voids it. A payment moves money, and takes what it settles off the pledge.
 */
@Injectable()
export class PledgeBooks {
  constructor(
    private readonly ledger: LedgerService,
    private readonly communities: CommunityDirectory,
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
    const supporter = await this.supporter(tx, contract, pledge.communityId);
    return this.ledger.pend(tx, {
      key: `pledge:${pledge.id}`,
      kind: 'pledge',
      reference: contract.ref,
      description: `Loan pledged by ${supporter.name} to ${contract.ref}`,
      valueDate: dayOf(tx.now),
      legs: [
        { accountId: await this.promised(tx, supporter), amountMinor: pledge.amountMinor },
        { accountId: await this.committed(tx, supporter), amountMinor: -pledge.amountMinor },
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

  /** Debit the bank, credit the loan. What is paid over the pledge is a loan as well. */
  async receive(
    tx: Tx,
    contract: Contract,
    pledge: ContractPledge,
    payment: { readonly id: Id<'payment'>; readonly amountMinor: bigint; readonly valueDate: Day },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.supporter(tx, contract, pledge.communityId);
    const legs: Leg[] = [
      { accountId: await this.bank(tx, supporter), amountMinor: payment.amountMinor },
      { accountId: await this.owed(tx, supporter), amountMinor: -payment.amountMinor },
    ];
    const settled = settledMinor(pledge, payment.amountMinor);
    if (settled > 0n) {
      legs.push({ accountId: await this.committed(tx, supporter), amountMinor: settled });
      legs.push({ accountId: await this.promised(tx, supporter), amountMinor: -settled });
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

  private async supporter(tx: Tx, contract: Contract, id: Id<'community'>): Promise<Supporter> {
    const [community] = (await this.communities.requireInTx(tx, [id])) as [CommunitySummary];
    return {
      fablabId: contract.fablabId,
      currency: contract.currency,
      slug: community.slug,
      name: community.name,
    };
  }

  private bank(tx: Tx, { fablabId, currency }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: 'assets:bank',
      name: 'Bank',
      normalSide: 'debit',
      // Every payment of a fablab touches it: with a limit, they would all wait for each other.
      limited: false,
    });
  }

  private promised(tx: Tx, { fablabId, currency, slug, name }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: `assets:pledges:${slug}`,
      name: `Pledged by ${name}, not received yet`,
      normalSide: 'debit',
      limited: true,
    });
  }

  private committed(tx: Tx, { fablabId, currency, slug, name }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: `liabilities:pledges:${slug}`,
      name: `To be owed to ${name} once its pledge is received`,
      normalSide: 'credit',
      limited: true,
    });
  }

  private owed(tx: Tx, { fablabId, currency, slug, name }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: `liabilities:loans:${slug}`,
      name: `Loan of ${name}`,
      normalSide: 'credit',
      limited: true,
    });
  }
}
