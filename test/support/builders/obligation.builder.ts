import { randomUUID } from 'node:crypto';
import { PAY, eur } from './contract.builder.js';
import type { BuiltPerson } from './identity.builder.js';

const PLEDGE = `id state viewerCan received { amountMinor }
  payments { id amount { amountMinor } isReversed }
  obligation {
    owed { amountMinor } interest { amountMinor } repaid { amountMinor } forgiven { amountMinor }
    outstanding { amountMinor } waived { amountMinor }
    nextDue { number dueOn open { amountMinor } }
    instalments { number dueOn amount { amountMinor } open { amountMinor } }
    events { id kind amount { amountMinor } interest { amountMinor } valueDate reason isReversed }
  }`;

export const REPAY = `mutation ($input: RecordRepaymentInput!) { recordRepayment(input: $input) { ${PLEDGE} } }`;
export const REVERSE_PAYMENT = `mutation ($input: ReversePaymentInput!) { reversePayment(input: $input) { ${PLEDGE} } }`;
export const REVERSE_REPAYMENT = `mutation ($input: ReverseRepaymentInput!) { reverseRepayment(input: $input) { ${PLEDGE} } }`;
export const DEFER = `mutation ($input: DeferRepaymentInput!) { deferRepayment(input: $input) { ${PLEDGE} } }`;
export const WRITE_OFF = `mutation ($input: WriteOffLoanInput!) { writeOffLoan(input: $input) { ${PLEDGE} } }`;
export const WAIVE = `mutation ($input: WaivePledgeInput!) { waivePledge(input: $input) { ${PLEDGE} } }`;
export const OWED = `query ($ref: String!) { contract(ref: $ref) {
  state currentRelease { number canonicalJson } releases { number }
  acceptances { releaseNumber }
  viewerHasScrutiny
  scrutiny { community { name } state open { amountMinor } nextDue { dueOn open { amountMinor } } endedOn sentence }
  pledges { ${PLEDGE} }
} }`;

interface Amount {
  readonly amountMinor: string;
}

export interface OwedPledge {
  readonly id: string;
  readonly state: string;
  readonly viewerCan: string[];
  readonly received: Amount;
  readonly payments: { readonly id: string; readonly amount: Amount; readonly isReversed: boolean }[];
  readonly obligation: Readonly<
    Record<'owed' | 'interest' | 'repaid' | 'forgiven' | 'outstanding' | 'waived', Amount>
  > & {
    readonly nextDue: { readonly number: number; readonly dueOn: string; readonly open: Amount } | null;
    readonly instalments: { readonly dueOn: string; readonly amount: Amount; readonly open: Amount }[];
    readonly events: { readonly id: string; readonly kind: string; readonly reason: string | null }[];
  };
}

export interface OwedContract {
  readonly state: string;
  readonly currentRelease: { readonly number: number; readonly canonicalJson: string };
  readonly releases: { readonly number: number }[];
  readonly acceptances: { readonly releaseNumber: number }[];
  readonly viewerHasScrutiny: boolean;
  readonly scrutiny: Readonly<Record<string, unknown>>[];
  readonly pledges: OwedPledge[];
}

/** A payment that the fablab received, and what `recordRepayment` takes for one that it made. */
export function moneyInput(pledgeId: string, amountMinor: number, valueDate = '2026-03-01') {
  return { idempotencyKey: randomUUID(), pledgeId, amount: eur(amountMinor), valueDate };
}

export async function pay(person: BuiltPerson, pledgeId: string, amountMinor: number): Promise<void> {
  await person.client.get(PAY, { input: moneyInput(pledgeId, amountMinor) });
}

export async function repay(person: BuiltPerson, pledgeId: string, amountMinor: number): Promise<OwedPledge> {
  const input = moneyInput(pledgeId, amountMinor);
  return (await person.client.get<{ recordRepayment: OwedPledge }>(REPAY, { input })).recordRepayment;
}

export async function owed(
  client: { get: BuiltPerson['client']['get'] },
  ref: string,
): Promise<OwedContract> {
  return (await client.get<{ contract: OwedContract }>(OWED, { ref })).contract;
}
