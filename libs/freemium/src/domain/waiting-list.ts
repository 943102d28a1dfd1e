import type { Day, Id } from '#kernel';

/** How pressing a need is, the most pressing first. The classes and their meaning are published. */
export const NEED_CLASSES = ['urgent', 'essential', 'helpful'] as const;
export type NeedClass = (typeof NEED_CLASSES)[number];

/** Who comes next: by turns, or by a lottery whose seed is published beforehand. */
export const POSITION_RULES = ['turns', 'lottery'] as const;
export type PositionRule = (typeof POSITION_RULES)[number];

/** A request as the rule sees it: no reason and no name, both of which are private. */
export interface WaitingRequest {
  readonly id: Id<'freeRequest'>;
  /** The community that asks or to which the person belongs; null for a person without one, who takes turns alone. */
  readonly communityId: Id<'community'> | null;
  readonly needClass: NeedClass;
  readonly askedOn: Day;
  /** Counts up for each product, so that two requests of one day have an order. */
  readonly number: number;
}

export interface ListRule {
  readonly rule: PositionRule;
  /** After so many days of waiting a request counts as one class more pressing; 0: never. */
  readonly ageingDays: number;
  /** Of a lottery: published before the requests it orders were made. */
  readonly seed: string | null;
}

export interface ListContext {
  readonly today: Day;
  /** How many units of this product each community was granted so far. */
  readonly grantsByCommunity: ReadonlyMap<Id<'community'>, number>;
  /** A hexadecimal SHA-256, given from outside so that the rule stays pure. */
  readonly digest: (text: string) => string;
}

const MILLISECONDS_PER_DAY = 86_400_000;

/** The class in which a request stands today, 0 being the most pressing: waiting lifts it, class by class. */
export function classToday(
  request: Pick<WaitingRequest, 'needClass' | 'askedOn'>,
  ageingDays: number,
  today: Day,
): number {
  const asked = NEED_CLASSES.indexOf(request.needClass);
  if (ageingDays === 0) return asked;
  const waited = (Date.parse(today) - Date.parse(request.askedOn)) / MILLISECONDS_PER_DAY;
  return Math.max(0, asked - Math.floor(Math.max(0, waited) / ageingDays));
}

/**
 * The whole list in the order in which units would be granted if none were asked for meanwhile.
 *
 * By turns: the most pressing class first; inside a class the community that was granted the fewest units, what the
 * list itself would give before counted as well, so that communities take turns; then the earlier request. By lottery:
 * the class first as well, then the SHA-256 of seed and request id, which nobody can steer after the seed was published.
 *
 * @returns every request once; its index is its place in line
 */
export function inOrder(
  requests: readonly WaitingRequest[],
  rule: ListRule,
  context: ListContext,
): WaitingRequest[] {
  const classes = new Map<number, WaitingRequest[]>();
  for (const request of requests) {
    const today = classToday(request, rule.ageingDays, context.today);
    classes.set(today, [...(classes.get(today) ?? []), request]);
  }
  const granted = new Map<string, number>(context.grantsByCommunity);
  return [...classes]
    .sort(([left], [right]) => left - right)
    .flatMap(([, own]) =>
      rule.rule === 'lottery' ? drawn(own, rule.seed ?? '', context) : turns(own, granted),
    );
}

/** The one request that the next grant goes to; null when nobody waits. */
export function nextInLine(
  requests: readonly WaitingRequest[],
  rule: ListRule,
  context: ListContext,
): WaitingRequest | null {
  return inOrder(requests, rule, context)[0] ?? null;
}

/**
 * Communities take turns: a community's next request belongs to the round after all that it was granted, and the rounds
 * come one after another, the earlier request first in each.
 * @param granted counts up with what the list gives, so that the next class goes on where this one ended
 */
function turns(requests: readonly WaitingRequest[], granted: Map<string, number>): WaitingRequest[] {
  return [...requests]
    .sort(byAge)
    .map((request) => {
      const round = granted.get(turnOf(request)) ?? 0;
      granted.set(turnOf(request), round + 1);
      return { request, round };
    })
    .sort((left, right) => left.round - right.round || byAge(left.request, right.request))
    .map(({ request }) => request);
}

function drawn(requests: readonly WaitingRequest[], seed: string, context: ListContext): WaitingRequest[] {
  return requests
    .map((request) => ({ request, ticket: context.digest(`${seed}:${request.id}`) }))
    .sort((left, right) => (left.ticket < right.ticket ? -1 : 1))
    .map(({ request }) => request);
}

function turnOf(request: WaitingRequest): string {
  return request.communityId ?? request.id;
}

function byAge(left: WaitingRequest, right: WaitingRequest): number {
  if (left.askedOn !== right.askedOn) return left.askedOn < right.askedOn ? -1 : 1;
  return left.number - right.number;
}
