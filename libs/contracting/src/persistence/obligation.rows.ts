import type { Day, Id } from '#kernel';
import type { ContractState } from '../domain/contract.js';
import type { Obligation, ObligationEvent, ObligationPayment } from '../domain/obligation.js';
import type { OfferReturn } from '../domain/offer.js';
import { sharesOf, type PremiumSales } from '../domain/premium-share.js';
import { defaultRepayment, type RepaymentTerms } from '../domain/schedule.js';

/** Runs a statement, inside of a transaction or outside of one. */
export type Query = <Row extends object>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** An obligation with what decides about the buttons beside it. */
export interface ObligationOfContract {
  readonly obligation: Obligation;
  readonly contractState: ContractState;
  readonly fablabId: Id<'community'>;
}

interface PledgeRow extends Omit<Obligation, 'repayment' | 'shares' | 'payments' | 'events'> {
  readonly fablabId: Id<'community'>;
  readonly contractState: ContractState;
  /** Of terms without offers. */
  readonly repayment: RepaymentTerms | null;
  readonly returns: OfferReturn | null;
  readonly deadline: Day;
}

const PLEDGES = `
  SELECT p.id AS "pledgeId", p.contract_id AS "contractId", p.community_id AS "communityId", c.fablab_id AS "fablabId",
         c.state AS "contractState", p.currency, p.state, p.ended_at AS "endedAt", p.amount_minor AS "amountMinor",
         p.received_minor AS "receivedMinor", p.repaid_minor AS "repaidMinor", p.forgiven_minor AS "forgivenMinor",
         p.waived_minor AS "waivedMinor", p.instrument, p.contribution, p.return_kind AS "returnKind", p.offer, p.item,
         p.unit, p.quantity_milli AS "quantityMilli", p.received_milli AS "receivedMilli",
         p.waived_milli AS "waivedMilli", p.returned_milli AS "returnedMilli", p.line, p.units,
         p.units_delivered AS "unitsDelivered", p.units_waived AS "unitsWaived", p.unit_price_minor AS "unitPriceMinor",
         p.redeemed_minor AS "redeemedMinor", p.free_units AS "freeUnits", p.free_delivered AS "freeDelivered",
         p.free_waived AS "freeWaived",
         p.return_kind = 'nothing' AND contracting.deliverables_done(p.contract_id, p.line) AS "deliverablesDone",
         c.state = 'terminated' AS "isTerminated",
         c.terms->'repayment' AS repayment, c.terms->'offers'->(p.offer - 1)->'returns' AS returns, c.deadline
  FROM contracting.pledge p JOIN contracting.contract c ON c.id = p.contract_id`;

const PAYMENTS = `
  SELECT p.id, p.pledge_id AS "pledgeId", p.amount_minor AS "amountMinor",
         to_char(p.value_date, 'YYYY-MM-DD') AS "valueDate", p.transfer_id AS "transferId",
         r.id IS NOT NULL AS "isReversed"
  FROM contracting.payment p LEFT JOIN contracting.obligation_event r ON r.reverses_payment_id = p.id
  WHERE p.pledge_id = ANY ($1::uuid[]) ORDER BY p.id`;

const EVENTS = `
  SELECT e.id, e.pledge_id AS "pledgeId", e.kind, e.amount_minor AS "amountMinor", e.interest_minor AS "interestMinor", e.units,
         to_char(e.value_date, 'YYYY-MM-DD') AS "valueDate", e.reason, e.rhythm,
         e.reverses_payment_id AS "reversesPaymentId", e.reverses_event_id AS "reversesEventId",
         e.transfer_id AS "transferId", e.recorded_at AS "recordedAt", r.id IS NOT NULL AS "isReversed"
  FROM contracting.obligation_event e LEFT JOIN contracting.obligation_event r ON r.reverses_event_id = e.id
  WHERE e.pledge_id = ANY ($1::uuid[]) ORDER BY e.id`;

const SALES = `
  SELECT contract_id AS "contractId", to_char(to_day, 'YYYY-MM-DD') AS "toDay", amount_minor AS "amountMinor"
  FROM contracting.premium_sale WHERE contract_id = ANY ($1::uuid[]) ORDER BY to_day, id`;

const LENT = `
  SELECT id AS "pledgeId", contract_id AS "contractId", offer, received_minor AS "receivedMinor"
  FROM contracting.pledge WHERE contract_id = ANY ($1::uuid[]) AND state IN ('active', 'fulfilled') ORDER BY id`;

type OfContract<Part> = Part & { readonly contractId: Id<'contract'> };

/** Of contracts with a pledge that is returned from premium sales, which few are: two statements more. */
async function readShares(
  query: Query,
  rows: readonly PledgeRow[],
): Promise<(row: PledgeRow) => Obligation['shares']> {
  const ids = [
    ...new Set(
      rows.filter(({ returns }) => returns?.premiumShareBasisPoints).map(({ contractId }) => contractId),
    ),
  ];
  if (ids.length === 0) return () => null;
  const sales = await query<OfContract<PremiumSales>>(SALES, [ids]);
  const lent = await query<OfContract<{ pledgeId: Id<'pledge'>; offer: number; receivedMinor: bigint }>>(
    LENT,
    [ids],
  );
  return ({ pledgeId, contractId, offer, returns }) => {
    const basisPoints = returns?.premiumShareBasisPoints;
    if (!basisPoints) return null;
    return sharesOf(pledgeId, {
      basisPoints,
      sales: sales.filter((each) => each.contractId === contractId),
      lent: lent.filter((each) => each.contractId === contractId && each.offer === offer),
    });
  };
}

type Of<Part> = Part & { readonly pledgeId: Id<'pledge'> };

/** In the order in which they were pledged: three statements, however many there are. */
export async function readObligations(
  query: Query,
  of: { readonly pledges: readonly Id<'pledge'>[] } | { readonly contracts: readonly Id<'contract'>[] },
): Promise<ObligationOfContract[]> {
  const rows =
    'pledges' in of
      ? await query<PledgeRow>(`${PLEDGES} WHERE p.id = ANY ($1::uuid[]) ORDER BY p.id`, [of.pledges])
      : await query<PledgeRow>(`${PLEDGES} WHERE p.contract_id = ANY ($1::uuid[]) ORDER BY p.id`, [
          of.contracts,
        ]);
  const ids = [rows.map(({ pledgeId }) => pledgeId)];
  if (rows.length === 0) return [];
  const payments = byPledge(await query<Of<ObligationPayment>>(PAYMENTS, ids));
  const events = byPledge(await query<Of<ObligationEvent>>(EVENTS, ids));
  const sharesFor = await readShares(query, rows);
  return rows.map((row) => {
    const { contractState, fablabId, repayment, returns, deadline, ...sums } = row;
    const obligation = {
      ...sums,
      shares: sharesFor(row),
      repayment: returns?.repayment ?? repayment ?? defaultRepayment(deadline),
      payments: payments.get(sums.pledgeId) ?? [],
      events: events.get(sums.pledgeId) ?? [],
    };
    return { contractState, fablabId, obligation };
  });
}

function byPledge<Row extends { readonly pledgeId: Id<'pledge'> }>(
  rows: readonly Row[],
): Map<Id<'pledge'>, Row[]> {
  const groups = new Map<Id<'pledge'>, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.pledgeId);
    if (group) group.push(row);
    else groups.set(row.pledgeId, [row]);
  }
  return groups;
}
