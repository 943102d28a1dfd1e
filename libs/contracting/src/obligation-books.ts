import { Injectable } from '@nestjs/common';
import { dayOf, type Day, type Id } from '#kernel';
import { LedgerService, type Leg } from '#ledger';
import type { Tx } from '#platform';
import type { Contract } from './domain/contract.js';
import type { Obligation, Settled } from './domain/obligation.js';
import { PledgeAccounts } from './pledge-accounts.js';

/** What happens to an obligation, in the fablab's double-entry books (docs/adr/0003-ledger-accounts.md). */
@Injectable()
export class ObligationBooks {
  constructor(
    private readonly ledger: LedgerService,
    private readonly accounts: PledgeAccounts,
  ) {}

  /** Debit the loan, and the interest where some is due; credit the bank. */
  async repay(
    tx: Tx,
    contract: Contract,
    obligation: Obligation,
    repayment: Settled & { readonly id: Id<'obligationEvent'>; readonly valueDate: Day },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.accounts.supporter(tx, contract, obligation.communityId);
    const { amountMinor, interestMinor } = repayment;
    const legs: Leg[] = [
      { accountId: await this.accounts.bank(tx, supporter), amountMinor: -(amountMinor + interestMinor) },
    ];
    if (amountMinor > 0n)
      legs.push({ accountId: await this.accounts.held(tx, supporter, obligation.instrument), amountMinor });
    if (interestMinor > 0n)
      legs.push({ accountId: await this.accounts.interest(tx, supporter), amountMinor: interestMinor });
    return this.ledger.transfer(tx, {
      key: `repayment:${repayment.id}`,
      kind: 'repayment',
      reference: contract.ref,
      description: `Loan repaid to ${supporter.name} for ${contract.ref}`,
      valueDate: repayment.valueDate,
      legs,
    });
  }

  /** Debit the loan, credit what was forgiven. */
  async forgive(
    tx: Tx,
    contract: Contract,
    obligation: Obligation,
    writeOff: { readonly id: Id<'obligationEvent'>; readonly amountMinor: bigint },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.accounts.supporter(tx, contract, obligation.communityId);
    const { amountMinor } = writeOff;
    return this.ledger.transfer(tx, {
      key: `write-off:${writeOff.id}`,
      kind: 'write-off',
      reference: contract.ref,
      description: `Loan forgiven by ${supporter.name} for ${contract.ref}`,
      valueDate: dayOf(tx.now),
      legs: [
        { accountId: await this.accounts.held(tx, supporter, obligation.instrument), amountMinor },
        { accountId: await this.accounts.forgiven(tx, supporter), amountMinor: -amountMinor },
      ],
    });
  }

  /** Debit what was held for units, credit the sale: they are delivered and accepted. */
  async redeem(
    tx: Tx,
    contract: Contract,
    obligation: Obligation,
    units: { readonly id: Id<'obligationEvent'>; readonly amountMinor: bigint; readonly units: number },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.accounts.supporter(tx, contract, obligation.communityId);
    const { amountMinor } = units;
    return this.ledger.transfer(tx, {
      key: `units:${units.id}`,
      kind: 'units',
      reference: contract.ref,
      description: `${units.units} ${units.units === 1 ? 'unit' : 'units'} accepted by ${supporter.name} for ${contract.ref}`,
      valueDate: dayOf(tx.now),
      legs: [
        { accountId: await this.accounts.held(tx, supporter, obligation.instrument), amountMinor },
        { accountId: await this.accounts.sales(tx, supporter), amountMinor: -amountMinor },
      ],
    });
  }

  /** Takes what was pledged and never received off both accounts of the pledge. */
  async waive(
    tx: Tx,
    contract: Contract,
    obligation: Obligation,
    waiver: { readonly id: Id<'obligationEvent'>; readonly amountMinor: bigint },
  ): Promise<Id<'transfer'>> {
    const supporter = await this.accounts.supporter(tx, contract, obligation.communityId);
    const { amountMinor } = waiver;
    return this.ledger.transfer(tx, {
      key: `waiver:${waiver.id}`,
      kind: 'waiver',
      reference: contract.ref,
      description: `Pledge of ${supporter.name} to ${contract.ref} waived where unpaid`,
      valueDate: dayOf(tx.now),
      legs: [
        { accountId: await this.accounts.committed(tx, supporter), amountMinor },
        { accountId: await this.accounts.promised(tx, supporter), amountMinor: -amountMinor },
      ],
    });
  }

  /** The mirror of what was booked by mistake. The reason stays in contracting: a ledger's line is shorter. */
  reverse(
    tx: Tx,
    contract: Contract,
    reversal: {
      readonly id: Id<'obligationEvent'>;
      readonly transferId: Id<'transfer'>;
      readonly what: 'Payment' | 'Repayment';
    },
  ): Promise<Id<'transfer'>> {
    return this.ledger.reverse(tx, reversal.transferId, {
      key: `reversal:${reversal.id}`,
      description: `${reversal.what} for ${contract.ref} was recorded wrongly`,
      valueDate: dayOf(tx.now),
    });
  }
}
