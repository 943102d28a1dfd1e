import { Injectable } from '@nestjs/common';
import type { Currency, Id } from '#kernel';
import { CommunityDirectory, type CommunitySummary } from '#identity';
import { LedgerService } from '#ledger';
import type { Tx } from '#platform';
import type { Contract } from './domain/contract.js';
import type { Instrument } from './domain/instrument.js';

export interface Supporter {
  readonly fablabId: Id<'community'>;
  readonly currency: Currency;
  readonly slug: string;
  readonly name: string;
}

/** The accounts of a fablab for one supporter, each opened when it is needed first (docs/adr/0003-ledger-accounts.md). */
@Injectable()
export class PledgeAccounts {
  constructor(
    private readonly ledger: LedgerService,
    private readonly communities: CommunityDirectory,
  ) {}

  async supporter(
    tx: Tx,
    contract: Pick<Contract, 'fablabId' | 'currency'>,
    id: Id<'community'>,
  ): Promise<Supporter> {
    const [community] = (await this.communities.requireInTx(tx, [id])) as [CommunitySummary];
    return {
      fablabId: contract.fablabId,
      currency: contract.currency,
      slug: community.slug,
      name: community.name,
    };
  }

  bank(tx: Tx, { fablabId, currency }: Supporter): Promise<Id<'account'>> {
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

  promised(tx: Tx, { fablabId, currency, slug, name }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: `assets:pledges:${slug}`,
      name: `Pledged by ${name}, not received yet`,
      normalSide: 'debit',
      limited: true,
    });
  }

  committed(tx: Tx, { fablabId, currency, slug, name }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: `liabilities:pledges:${slug}`,
      name: `To be owed to ${name} once its pledge is received`,
      normalSide: 'credit',
      limited: true,
    });
  }

  owed(tx: Tx, { fablabId, currency, slug, name }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: `liabilities:loans:${slug}`,
      name: `Loan of ${name}`,
      normalSide: 'credit',
      limited: true,
    });
  }

  /** What the fablab holds for a pledge of money: a loan, prepaid units, or a gift, which is its own. */
  held(tx: Tx, supporter: Supporter, instrument: Instrument): Promise<Id<'account'>> {
    switch (instrument) {
      case 'pre-purchase':
      case 'premium':
        return this.prepaid(tx, supporter);
      case 'gift':
        return this.gifts(tx, supporter);
      case 'loan':
        return this.owed(tx, supporter);
      case 'labour':
      case 'material':
      case 'tool-loan':
        throw new Error(`No money is held for ${instrument}.`);
    }
  }

  private prepaid(tx: Tx, { fablabId, currency, slug, name }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: `liabilities:prepaid:${slug}`,
      name: `Units prepaid by ${name}`,
      normalSide: 'credit',
      limited: true,
    });
  }

  private gifts(tx: Tx, { fablabId, currency }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: 'income:gifts',
      name: 'Gifts of supporters',
      normalSide: 'credit',
      limited: false,
    });
  }

  /** What the fablab paid for having money for a while. */
  interest(tx: Tx, { fablabId, currency }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: 'expenses:interest',
      name: 'Interest on loans',
      normalSide: 'debit',
      limited: false,
    });
  }

  /** What was delivered for money that had come in before. */
  sales(tx: Tx, { fablabId, currency }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: 'income:sales',
      name: 'Units sold',
      normalSide: 'credit',
      limited: false,
    });
  }

  /** What supporters wanted back no more. */
  forgiven(tx: Tx, { fablabId, currency }: Supporter): Promise<Id<'account'>> {
    return this.ledger.openAccount(tx, {
      ownerId: fablabId,
      currency,
      code: 'income:loans-forgiven',
      name: 'Loans forgiven by supporters',
      normalSide: 'credit',
      limited: false,
    });
  }
}
