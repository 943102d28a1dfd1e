import { allocate, type Currency, type Day, type InputCheck } from '#kernel';

/** Where a payment for a fair or premium unit goes, in the order in which it is shown. */
export const SPLIT_PARTS = [
  'sustenance',
  'cost',
  'reserve',
  'freePool',
  'fairPool',
  'designCommons',
  'network',
] as const;
export type SplitPart = (typeof SPLIT_PARTS)[number];

/** The parts that share what is left once the makers' floor and the cost are served. */
export const SHARE_PARTS = [
  'sustenance',
  'reserve',
  'freePool',
  'fairPool',
  'designCommons',
  'network',
] as const satisfies readonly SplitPart[];
export type SharePart = (typeof SHARE_PARTS)[number];

/** Shares are in basis points and sum to the whole. */
export const WHOLE_BASIS_POINTS = 10_000;

/** The published rule by which every payment for a product is divided. A version of it never changes. */
export interface SplitRule {
  /** From 1 on, for each product and currency. */
  readonly number: number;
  readonly currency: Currency;
  /** The first day whose orders it divides. */
  readonly effectiveFrom: Day;
  /** What the makers get of each unit before anything else, in minor units. */
  readonly sustenanceFloorMinor: bigint;
  readonly shares: Readonly<Record<SharePart, number>>;
}

/** What of a sale the rule looks at. */
export interface SplitBasis {
  readonly units: number;
  /** The planned cost of one unit by the open cost sheet in force when it was ordered. */
  readonly unitCostMinor: bigint;
}

export type Split = Readonly<Record<SplitPart, bigint>>;

/** How much of the floor and of the cost earlier payments of the same sale have served. */
export interface Served {
  readonly floorMinor: bigint;
  readonly costMinor: bigint;
}

export const NOTHING_SERVED: Served = { floorMinor: 0n, costMinor: 0n };

/**
 * Divides one payment of a sale: first what is missing of the makers' floor, then what is missing of the cost, then the
 * rest by the shares with the largest-remainder method. Every payment is divided when it comes, so the parts of each
 * sum to it exactly, however small it is.
 * @param amountMinor above zero
 * @returns the parts, and what is served after it
 */
export function splitPayment(
  rule: Pick<SplitRule, 'sustenanceFloorMinor' | 'shares'>,
  basis: SplitBasis,
  served: Served,
  amountMinor: bigint,
): { readonly split: Split; readonly served: Served } {
  const units = BigInt(basis.units);
  const floor = least(amountMinor, rule.sustenanceFloorMinor * units - served.floorMinor);
  const cost = least(amountMinor - floor, basis.unitCostMinor * units - served.costMinor);
  const rest = amountMinor - floor - cost;
  const shared = allocate(
    rest,
    SHARE_PARTS.map((part) => BigInt(rule.shares[part])),
  );
  const share = (part: SharePart): bigint => shared[SHARE_PARTS.indexOf(part)] as bigint;
  return {
    split: {
      sustenance: floor + share('sustenance'),
      cost,
      reserve: share('reserve'),
      freePool: share('freePool'),
      fairPool: share('fairPool'),
      designCommons: share('designCommons'),
      network: share('network'),
    },
    served: { floorMinor: served.floorMinor + floor, costMinor: served.costMinor + cost },
  };
}

/** Invariant 6, its first half: what a payment was split into sums to the payment. */
export function splitSum(split: Split): bigint {
  return SPLIT_PARTS.reduce((sum, part) => sum + split[part], 0n);
}

export interface SplitRuleGiven {
  readonly currency: string;
  readonly effectiveFrom: string;
  readonly sustenanceFloor: { readonly amountMinor: bigint; readonly currency: string };
  readonly shares: Readonly<Record<SharePart, number>>;
}

/** Reads a proposed rule; every problem is put down with its field. */
export function readSplitRule(check: InputCheck, given: SplitRuleGiven): Omit<SplitRule, 'number'> {
  const currency = check.currency('currency', given.currency);
  const shares = Object.fromEntries(
    SHARE_PARTS.map((part) => [
      part,
      check.integer(`shares.${part}`, given.shares[part], {
        min: 0,
        max: WHOLE_BASIS_POINTS,
        name: 'the share',
      }),
    ]),
  ) as Record<SharePart, number>;
  const sum = SHARE_PARTS.reduce((total, part) => total + shares[part], 0);
  if (sum !== WHOLE_BASIS_POINTS)
    check.refuse('shares', `The shares must sum to 100 %; they sum to ${(sum / 100).toFixed(2)} %.`);
  return {
    currency,
    effectiveFrom: check.day('effectiveFrom', given.effectiveFrom, 'the first day of the rule'),
    sustenanceFloorMinor: check.money('sustenanceFloor', given.sustenanceFloor, {
      zero: true,
      currency,
      name: 'the floor for the makers',
    }).amountMinor,
    shares,
  };
}

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * A rule changes only ahead, and with notice: the first rule of a product may begin at once.
 * @param latest the latest version, in force or announced; null for the first one
 * @param noticeDays what the instance has published
 */
export function checkNotice(
  check: InputCheck,
  effectiveFrom: Day,
  context: { readonly latest: SplitRule | null; readonly today: Day; readonly noticeDays: number },
): void {
  const { latest, today, noticeDays } = context;
  if (latest === null) {
    if (effectiveFrom < today) check.refuse('effectiveFrom', `A rule cannot begin before today, ${today}.`);
    return;
  }
  const earliest = addDays(today, noticeDays);
  if (effectiveFrom < earliest)
    check.refuse(
      'effectiveFrom',
      `A change needs ${noticeDays} days of notice: the new rule can begin on ${earliest} at the earliest.`,
    );
  else if (effectiveFrom <= latest.effectiveFrom)
    check.refuse(
      'effectiveFrom',
      `Version ${latest.number} begins on ${latest.effectiveFrom}; a later version must begin after it.`,
    );
}

function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as Day;
}

/** The rule for orders of a day: the last one that has begun; null when none has. */
export function ruleInForce<Rule extends Pick<SplitRule, 'effectiveFrom'>>(
  rules: readonly Rule[],
  on: Day,
): Rule | null {
  const begun = rules.filter(({ effectiveFrom }) => effectiveFrom <= on);
  return begun.reduce<Rule | null>(
    (last, rule) => (last === null || rule.effectiveFrom > last.effectiveFrom ? rule : last),
    null,
  );
}

function least(left: bigint, right: bigint): bigint {
  if (right <= 0n) return 0n;
  return left < right ? left : right;
}
