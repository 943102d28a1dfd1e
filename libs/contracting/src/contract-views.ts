import { Inject, Injectable } from '@nestjs/common';
import {
  dayOf,
  formatMilli,
  formatMoney,
  type Clock,
  type Currency,
  type Day,
  type Id,
  type Money,
} from '#kernel';
import { CommunityDirectory, type CommunitySummary } from '#identity';
import { CLOCK, type Viewer } from '#platform';
import { viewerCan } from './contract.policy.js';
import { countingPledges } from './domain/contract.js';
import { offersOf } from './domain/offer.js';
import { defaultRepayment } from './domain/schedule.js';
import type { StoredTerms, Terms } from './domain/terms.js';
import {
  HOUR_UNIT,
  countsTowards,
  neededOf,
  pledgedOf,
  thresholdWords,
  thresholdsOf,
} from './domain/threshold.js';
import type { ContractModel, DeliverableModel } from './graphql/contract.model.js';
import type { OfferModel, ThresholdModel } from './graphql/offer.model.js';
import type { PaymentModel, PledgeModel } from './graphql/pledge.model.js';
import type { ContractRow, PaymentRow, PledgeRow } from './persistence/contract.reader.js';

type Communities = ReadonlyMap<Id<'community'>, CommunitySummary>;

/**
 * Rows as the API shows them. Parties are read here, once for all rows, so that each field of a list is a plain
 * property, and no row of a list costs a promise for each of its parties.
 */
@Injectable()
export class ContractViews {
  constructor(
    private readonly communities: CommunityDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async contracts(rows: readonly ContractRow[], viewer: Viewer | null): Promise<ContractModel[]> {
    const ids = new Set(rows.flatMap((row) => [row.fablabId, ...row.terms.receivingCommunityIds]));
    const found = ids.size > 0 ? await this.communities.byIds([...ids]) : [];
    const communities: Communities = new Map(found.map((each) => [each.id, each]));
    const today = dayOf(this.clock.now());
    return rows.map((row) => view(row, communities, viewer, today));
  }

  async contract(row: ContractRow, viewer: Viewer | null): Promise<ContractModel> {
    const [model] = await this.contracts([row], viewer);
    if (!model) throw new Error('One row makes one contract.');
    return model;
  }
}

export function pledgeView(row: PledgeRow): PledgeModel {
  const { currency } = row;
  return {
    id: row.id,
    communityId: row.communityId,
    instrument: row.instrument,
    amount: { amountMinor: row.amountMinor, currency },
    received: { amountMinor: row.receivedMinor, currency },
    state: row.state,
    pledgedAt: row.pledgedAt,
    offer: row.offer,
    contribution: row.contribution,
    item: row.item,
    unit: row.unit,
    qualification: row.qualification,
    quantity: row.item === null ? null : formatMilli(row.quantityMilli),
    receivedQuantity: row.item === null ? null : formatMilli(row.receivedMilli),
    value: row.valueMinor === null ? null : { amountMinor: row.valueMinor, currency },
    returns: row.returnKind,
    line: row.line,
    units: row.units,
    freeUnits: row.freeUnits,
  };
}

/** The offers of a contract as the API shows them, older terms among them. */
export function offerViews(terms: StoredTerms): OfferModel[] {
  return offersOf(terms).map(({ instrument, words, returns, section, goods }, index) => ({
    position: index + 1,
    instrument,
    words,
    returns: returns.kind,
    repayment: returns.repayment ?? null,
    premiumShareBasisPoints: returns.premiumShareBasisPoints ?? null,
    line: returns.line ?? null,
    freeUnits: returns.freeUnits ?? null,
    perUnits: returns.perUnits ?? null,
    quantityPerUnit: returns.milliPerUnit === undefined ? null : formatMilli(BigInt(returns.milliPerUnit)),
    section: section ?? null,
    goodsName: goods?.name ?? null,
    goodsUnit: goods?.unit ?? null,
  }));
}

/** Each threshold with what is pledged towards it and has come in for it. */
export function thresholdViews(terms: Terms, pledges: readonly PledgeRow[]): ThresholdModel[] {
  const { currency } = terms;
  const counting = countingPledges({ pledges });
  return thresholdsOf(terms).map((threshold) => {
    const isMoney = threshold.kind === 'money';
    const pledged = pledgedOf(threshold, counting);
    const received = counting
      .filter((pledge) => countsTowards(threshold, pledge))
      .reduce((sum, { receivedMinor, receivedMilli }) => sum + (isMoney ? receivedMinor : receivedMilli), 0n);
    const decimal = (value: bigint): string =>
      isMoney ? amountDecimal(value, currency) : formatMilli(value);
    return {
      kind: threshold.kind,
      amount: isMoney ? { amountMinor: threshold.amountMinor, currency } : null,
      section: threshold.kind === 'hours' ? threshold.section : null,
      name: threshold.kind === 'material' ? threshold.name : null,
      unit: isMoney ? currency : threshold.kind === 'hours' ? HOUR_UNIT : threshold.unit,
      quantity: decimal(neededOf(threshold)),
      pledged: decimal(pledged),
      received: decimal(received),
      isMet: pledged >= neededOf(threshold),
      words: thresholdWords(threshold, currency),
    };
  });
}

function amountDecimal(amountMinor: bigint, currency: Currency): string {
  return formatMoney({ amountMinor, currency }).split(' ')[0] ?? '';
}

export function paymentView({ amountMinor, currency, ...row }: PaymentRow): PaymentModel {
  return { ...row, amount: { amountMinor, currency } };
}

function view(row: ContractRow, communities: Communities, viewer: Viewer | null, today: Day): ContractModel {
  const { terms, currency } = row;
  const money = (amountMinor: bigint): Money => ({ amountMinor, currency });
  const party = (id: Id<'community'>): CommunitySummary => required(communities.get(id));
  const threshold = money(row.thresholdMinor);
  const loan = offersOf(terms).find(({ instrument }) => instrument === 'loan');
  return {
    id: row.id,
    ref: row.ref,
    title: terms.title,
    summary: terms.summary,
    state: row.state,
    currency,
    deadline: row.deadline,
    fablab: party(row.fablabId),
    receivingCommunities: terms.receivingCommunityIds.map(party),
    // Made only where it is asked for: most lists show none.
    get deliverables() {
      return deliverables(row, currency, party);
    },
    threshold,
    funding: {
      threshold,
      pledged: money(row.pledgedMinor),
      received: money(row.receivedMinor),
      pledgeCount: row.pledgeCount,
    },
    repaymentTerms: loan?.words ?? '',
    repayment: loan?.returns.repayment ?? defaultRepayment(row.deadline),
    get offers() {
      return offerViews(terms);
    },
    terms,
    endCondition: terms.endCondition,
    mediator: terms.mediator,
    licence: terms.licence,
    milestones: [...terms.milestones],
    draftRevision: row.draftRevision,
    openedAt: row.openedAt,
    activatedAt: row.activatedAt,
    endReason: row.endReason,
    get viewerCan() {
      return viewerCan(viewer, { ...row, receivingCommunityIds: terms.receivingCommunityIds }, today);
    },
    currentReleaseNumber: row.currentRelease,
    proposedReleaseNumber: row.proposedRelease,
  };
}

function deliverables(
  row: ContractRow,
  currency: Currency,
  party: (id: Id<'community'>) => CommunitySummary,
): DeliverableModel[] {
  return row.terms.deliverables.map((line, index) => ({
    position: index + 1,
    productVersionId: line.productVersionId,
    receiver: party(line.receiverId),
    tier: line.tier,
    quantity: line.quantity,
    unitPrice: { amountMinor: BigInt(line.unitPriceMinor), currency },
    dueOn: line.dueOn,
  }));
}

/** A party's community is never deleted: a foreign key holds it. */
function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A party’s community is missing.');
  return value;
}
