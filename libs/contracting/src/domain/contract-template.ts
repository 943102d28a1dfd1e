import { DomainError, LIMITS, type Id, type InputCheck, type Problem } from '#kernel';
import { clausesIn } from './forbidden-clauses.js';

/** A milestone by its distance: the day on which a draft starts is day 0. */
export interface TemplateMilestone {
  readonly name: string;
  readonly afterDays: number;
}

/** The texts with which a draft starts. Everything in it can be changed in the draft. */
export interface TemplateContent {
  readonly name: string;
  /** When to take this one. */
  readonly purpose: string;
  readonly summary: string;
  readonly repaymentTerms: string;
  readonly endCondition: string;
  /** Empty where the parties have to agree on one each time. */
  readonly mediator: string;
  /** From the day of the draft until the deadline. */
  readonly deadlineAfterDays: number;
  readonly milestones: readonly TemplateMilestone[];
}

export interface ContractTemplate extends TemplateContent {
  /** Stable within a fablab. */
  readonly key: string;
  readonly fablabId: Id<'community'>;
  /** 0 while the fablab has changed nothing. */
  readonly revision: number;
}

/** Ten years: longer promises are not for a template. */
const AFTER_DAYS_MAX = 3650;

/** What every fablab starts with, by their keys. */
export const DEFAULT_TEMPLATES: Readonly<Record<string, TemplateContent>> = {
  'loan-against-units': {
    name: 'Loan against units',
    purpose: 'Supporters lend money now and are paid back in units of the product, at the contract’s price.',
    summary:
      'The communities lend the fablab what it needs to begin. It is paid back in units of the product at the price of this contract; what remains is paid back in money.',
    repaymentTerms:
      'The loans are paid back in units, in the order in which they were pledged, at the price of this contract and without interest. What cannot be paid in units is paid in money with the last delivery.',
    endCondition: 'Every loan is paid back, in units or in money.',
    mediator: '',
    deadlineAfterDays: 60,
    milestones: [
      { name: 'Material bought', afterDays: 75 },
      { name: 'First units delivered', afterDays: 150 },
      { name: 'Last units delivered', afterDays: 270 },
    ],
  },
  'pre-purchase': {
    name: 'Pre-purchase',
    purpose: 'Communities pay before production begins and receive the units that they paid for.',
    summary:
      'The communities pay for their units before they are made. The money buys the material; the units are delivered when they are ready.',
    repaymentTerms:
      'Each community receives the units that it has paid for. For units that are not delivered within three months of their day, the money is paid back in full.',
    endCondition:
      'All units that were paid for are delivered and accepted, or the money for them is paid back.',
    mediator: '',
    deadlineAfterDays: 45,
    milestones: [
      { name: 'Production begins', afterDays: 60 },
      { name: 'All units delivered', afterDays: 150 },
    ],
  },
  'prototype-first': {
    name: 'Prototype first, inspection, then the rest',
    purpose: 'Something new: one unit is made and inspected by those who need it before the rest is begun.',
    summary:
      'The fablab makes one unit first. The receiving communities inspect it and say in writing what must be different; the rest is made as the inspected unit was agreed.',
    repaymentTerms:
      'A third of the money may be spent on the prototype. The rest is spent after the inspection has passed; if it does not pass, what was not spent is paid back to the supporters in proportion.',
    endCondition:
      'The prototype has passed its inspection and the rest is delivered, or what was not spent is paid back.',
    mediator: '',
    deadlineAfterDays: 60,
    milestones: [
      { name: 'Prototype ready', afterDays: 90 },
      { name: 'Prototype inspected by those who need it', afterDays: 104 },
      { name: 'The rest delivered', afterDays: 210 },
    ],
  },
};

const TEXTS = [
  ['summary', { name: 'a summary', max: LIMITS.summaryCharsMax }],
  ['repaymentTerms', { name: 'the terms of repayment', max: LIMITS.summaryCharsMax }],
  ['endCondition', { name: 'the condition that ends the contract', max: LIMITS.summaryCharsMax }],
  ['mediator', { name: 'who mediates a dispute', max: LIMITS.titleCharsMax, min: 0 }],
] as const;

/** Reads a template; what no contract may hold is refused here already, by the name of the clause. */
export function readTemplate(check: InputCheck, given: TemplateContent): TemplateContent {
  const texts = Object.fromEntries(
    TEXTS.map(([field, limit]) => [field, check.text(field, given[field], limit)]),
  ) as Record<(typeof TEXTS)[number][0], string>;
  const content = {
    name: check.text('name', given.name, { max: LIMITS.nameCharsMax, name: 'a name for the template' }),
    purpose: check.text('purpose', given.purpose, { max: LIMITS.noteCharsMax, name: 'when to take it' }),
    ...texts,
    deadlineAfterDays: days(check, 'deadlineAfterDays', given.deadlineAfterDays, 1),
    milestones: check.list(
      'milestones',
      given.milestones,
      { max: LIMITS.deliverablesMax, name: 'milestones' },
      (each, path) => ({
        name: check.text(`${path}.name`, each.name, {
          max: LIMITS.nameCharsMax,
          name: 'a name for the milestone',
        }),
        afterDays: days(check, `${path}.afterDays`, each.afterDays, 0),
      }),
    ),
  };
  for (const { field, message } of clauseProblems(content)) check.refuse(field, message);
  return content;
}

function days(check: InputCheck, field: string, value: number, min: number): number {
  return check.integer(field, value, { min, max: AFTER_DAYS_MAX, name: 'the number of days' });
}

/** Forbidden clauses and personal data in the texts that a draft would take over. */
export function clauseProblems(content: TemplateContent): Problem[] {
  const texts: readonly (readonly [string, string])[] = [
    ...TEXTS.map(([field]) => [field, content[field]] as const),
    ...content.milestones.map(({ name }, index) => [`milestones.${index}.name`, name] as const),
  ];
  return texts
    .flatMap(([field, text]) => clausesIn(field, text))
    .map(({ field, kind, words }) => ({
      field,
      message: `“${words}” cannot stand in a contract: ${kind}.`,
    }));
}

/** @throws DomainError `CONFLICT` when somebody changed the template meanwhile */
export function assertTemplateRevision(current: number, seen: number): void {
  if (current === seen) return;
  throw new DomainError(
    'CONFLICT',
    `The template was changed meanwhile: you saw revision ${seen}, it is at ${current}. Please read it again.`,
    { seen, current },
  );
}

/** The fablab's own version of each template, and the one that everybody starts with where it has none. */
export function templatesOf(
  fablabId: Id<'community'>,
  own: readonly (Pick<ContractTemplate, 'key' | 'revision'> & { readonly content: TemplateContent })[],
): ContractTemplate[] {
  const ownByKey = new Map(own.map((each) => [each.key, each]));
  const keys = [...new Set([...Object.keys(DEFAULT_TEMPLATES), ...ownByKey.keys()])];
  return keys.flatMap((key) => {
    const copy = ownByKey.get(key);
    const content = copy?.content ?? DEFAULT_TEMPLATES[key];
    return content ? [{ ...content, key, fablabId, revision: copy?.revision ?? 0 }] : [];
  });
}
