import type { Currency, Id } from '#kernel';
import { outstandingMinor, type Obligation } from './obligation.js';
import type { DocumentMoney, ReleaseDocument } from './release-document.js';
import type { Rhythm } from './schedule.js';
import type { SettlementLine } from './settlement.js';

/** Named inside every proposal of a termination. */
export const SETTLEMENT_FORMAT = 'commonwright.settlement/1';

/** What becomes of one obligation, as everybody reads it. The three parts sum to what is owed. */
export interface DocumentSettlementLine {
  readonly pledge: Id<'pledge'>;
  /** The supporter, as its pledge is shown in public. */
  readonly supporter: string;
  readonly owed: DocumentMoney;
  readonly repaid: DocumentMoney;
  readonly forgiven: DocumentMoney;
  readonly due: DocumentMoney;
  /** How what stays due is returned. */
  readonly plan?: Rhythm;
}

/** What a supporter promised and did not pay: nobody waits for it any more. */
export interface DocumentUnpaid {
  readonly pledge: Id<'pledge'>;
  readonly supporter: string;
  readonly waived: DocumentMoney;
}

/** How a contract ends before its time. */
export interface DocumentSettlement {
  /** The number of the release that every party had accepted. */
  readonly ends: number;
  readonly reason: string;
  /** The number of the question of the dispute that ended so. */
  readonly dispute?: number;
  readonly obligations: readonly DocumentSettlementLine[];
  readonly unpaid: readonly DocumentUnpaid[];
}

/** The text of a proposal: its canonical JSON is what is hashed and accepted. */
export interface SettlementDocument extends DocumentSettlement {
  readonly format: typeof SETTLEMENT_FORMAT;
  readonly contract: string;
  /** Counted within the contract. */
  readonly proposal: number;
  readonly proposedAt: string;
  /** The slug of the party that proposes. */
  readonly proposedBy: string;
  /** The slugs or public names of those whose yes it takes. */
  readonly asked: readonly string[];
}

/** What the release says that ends the contract: the settlement, and the proposal that holds it. */
export interface DocumentTermination extends DocumentSettlement {
  readonly endedOn: string;
  readonly proposal: number;
  /** SHA-256 of the proposal's canonical JSON, which everybody asked has accepted. */
  readonly proposalSha256: string;
}

export function settlementOf(source: {
  readonly ends: number;
  readonly reason: string;
  readonly dispute: number | null;
  readonly currency: Currency;
  readonly lines: readonly SettlementLine[];
  readonly unpaid: readonly Obligation[];
  /** How the supporter of a pledge is shown in public. */
  readonly supporterOf: (pledgeId: Id<'pledge'>) => string;
}): DocumentSettlement {
  const { ends, reason, dispute, currency, lines, unpaid, supporterOf } = source;
  const money = (amountMinor: bigint): DocumentMoney => ({ amountMinor: amountMinor.toString(), currency });
  return {
    ends,
    reason,
    ...(dispute !== null && { dispute }),
    obligations: lines.map((line) => ({
      pledge: line.pledgeId,
      supporter: supporterOf(line.pledgeId),
      owed: money(line.owedMinor),
      repaid: money(line.repaidMinor),
      forgiven: money(line.forgivenMinor),
      due: money(line.dueMinor),
      ...(line.plan && { plan: rhythm(line.plan) }),
    })),
    unpaid: unpaid.map((obligation) => ({
      pledge: obligation.pledgeId,
      supporter: supporterOf(obligation.pledgeId),
      waived: money(outstandingMinor(obligation)),
    })),
  };
}

/** Field by field, so that nothing but these can get into a document. */
function rhythm({ instalments, firstDueOn, everyMonths }: Rhythm): Rhythm {
  return { instalments, firstDueOn, everyMonths };
}

/** The text of the release that ends the contract: that of the release in force, word by word, and its settlement. */
export function terminatedDocument(
  inForce: ReleaseDocument,
  end: { readonly number: number; readonly now: Date; readonly termination: DocumentTermination },
): ReleaseDocument {
  // The release in force may have amended another one; the release that ends a contract amends nothing.
  const { amendment: _amended, ...agreed } = inForce;
  return {
    ...agreed,
    release: end.number,
    publishedAt: end.now.toISOString(),
    status: 'terminated',
    termination: end.termination,
  };
}
