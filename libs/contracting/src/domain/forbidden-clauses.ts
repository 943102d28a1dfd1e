import { DomainError, type Problem } from '#kernel';
import type { Terms } from './terms.js';

/** What no contract may hold (product.md), and personal data, which no public text may hold. */
export type ClauseKind =
  | 'transfer of ownership'
  | 'controlling stake'
  | 'right to close the fablab'
  | 'ban on later competing work'
  | 'gag'
  | 'personal data';

export interface FoundClause {
  readonly field: string;
  readonly kind: ClauseKind;
  /** The very words. */
  readonly words: string;
}

const PLACE = String.raw`(?:fab ?lab|workshop|maker ?space|machines?|tools|premises|business|manufacturing community)`;

interface Rule {
  readonly kind: ClauseKind;
  readonly pattern: RegExp;
  /** «No ownership … is transferred» is the opposite of such a clause. A ban, though, is made of «not». */
  readonly negatable: boolean;
}

/**
 * Conservative: each pattern wants the verb and its object in one sentence, so that a contract may speak of
 * owners, closing days and competitors. The check helps people who mean well; the public page does the rest.
 */
const RULES: readonly Rule[] = [
  {
    kind: 'transfer of ownership',
    pattern: new RegExp(
      String.raw`\b(?:ownership|title|property) (?:of|in|to) (?:the |its |our |all )*${PLACE}\b[^.;]{0,80}\b(?:pass|transfer|assign|go|fall|belong|cede)\w*`,
      'iu',
    ),
    negatable: true,
  },
  {
    kind: 'transfer of ownership',
    pattern: new RegExp(
      String.raw`\b(?:transfer|assign|cede|sign over|hand over|sell)\w*\b[^.;]{0,40}\b(?:ownership|title)\b[^.;]{0,30}\b${PLACE}\b`,
      'iu',
    ),
    negatable: true,
  },
  {
    kind: 'transfer of ownership',
    pattern: new RegExp(
      String.raw`\bbecomes? (?:the |a |an )?(?:sole |joint |co-?)?owners? of (?:the |its |our |all )*${PLACE}\b`,
      'iu',
    ),
    negatable: true,
  },
  {
    kind: 'controlling stake',
    pattern:
      /\b(?:controlling|majority) (?:stake|share|interest|holding|vote)\w*|\bmajority of (?:the )?(?:votes|shares|seats)\b|\bequity (?:stake|share|in)\b|\bvoting rights in the (?:fab ?lab|workshop)\b/iu,
    negatable: true,
  },
  {
    kind: 'right to close the fablab',
    pattern: new RegExp(
      String.raw`\b(?:right|power|entitled|authority|may|can|allowed)\b[^.;]{0,60}\b(?:close(?: down)?|shut(?: down)?|dissolve|liquidate|wind up)\b[^.;]{0,20}\b${PLACE}\b`,
      'iu',
    ),
    negatable: true,
  },
  {
    kind: 'ban on later competing work',
    pattern: /\bnon-?compet(?:e|ition)\b/iu,
    negatable: true,
  },
  {
    kind: 'ban on later competing work',
    pattern:
      /\b(?:shall|must|may|will|can)(?: not|not)\b[^.;]{0,60}\b(?:compete|competing|(?:make|build|produce|manufacture|offer|sell)\b[^.;]{0,60}\b(?:others|other communities|third parties|competitors|anyone else))\b/iu,
    negatable: false,
  },
  {
    kind: 'ban on later competing work',
    pattern:
      /\b(?:exclusive right to (?:make|build|produce|manufacture|the design)|(?:refrain|abstain) from (?:making|building|producing|competing)|(?:banned|barred|prohibited) from (?:making|building|producing|competing))\b/iu,
    negatable: true,
  },
  {
    kind: 'gag',
    pattern: /\b(?:non-?disclosure|non-?disparagement|gag (?:clause|order))\b/iu,
    negatable: true,
  },
  {
    kind: 'gag',
    pattern:
      /\b(?:shall|must|may|will|can)(?: not|not)\b[^.;]{0,40}\b(?:publish|disclose|criticis\w+|criticiz\w+|disparage|speak (?:about|of|to|publicly)|talk (?:about|to)|reveal)\b/iu,
    negatable: false,
  },
  {
    kind: 'gag',
    pattern:
      /\bkeep\b[^.;]{0,50}\b(?:contract|terms|price|prices|defects?|dispute)\b[^.;]{0,30}\b(?:secret|confidential)\b/iu,
    negatable: true,
  },
  {
    kind: 'personal data',
    pattern: /[^\s@<>()]+@[^\s@<>()]+\.\p{L}{2,}/u,
    negatable: false,
  },
  {
    kind: 'personal data',
    pattern: /(?:\+\d{1,3}|\b(?:tel|phone|mobile)[.:]?)\s?[\d ()/-]{7,}\d/iu,
    negatable: false,
  },
];

const NEGATION = /\b(?:no|not|never|none|neither|nor|without|nobody)\b/iu;

/** Finds forbidden clauses in one text, sentence by sentence. */
export function clausesIn(field: string, text: string): FoundClause[] {
  const found: FoundClause[] = [];
  // «tel. 0170 …» is no end of a sentence, and would hide the number behind it.
  for (const sentence of text.split(/(?<=[.;!?])(?<!\btel\.)\s+|\n+/iu)) {
    for (const { kind, pattern, negatable } of RULES) {
      const match = pattern.exec(sentence);
      if (!match || found.some((each) => each.kind === kind)) continue;
      if (negatable && isNegated(sentence.slice(0, match.index), match[0])) continue;
      found.push({ field, kind, words: match[0] });
    }
  }
  return found;
}

/** A «not» counts in the same part of the sentence: «if the loan is not repaid, ownership passes» is no negation. */
function isNegated(before: string, words: string): boolean {
  return NEGATION.test(`${before.slice(before.lastIndexOf(',') + 1)}${words}`);
}

/** The free texts of a contract, all of which are published. */
export function forbiddenClauses(terms: Terms): FoundClause[] {
  const texts: readonly (readonly [string, string])[] = [
    ['title', terms.title],
    ['summary', terms.summary],
    ['repaymentTerms', terms.repaymentTerms],
    ...(terms.offers ?? []).map(({ words }, index) => [`offers.${index}.words`, words] as const),
    ...(terms.offers ?? []).map(
      ({ section, goods }, index) =>
        [`offers.${index}`, [section, goods?.name].filter(Boolean).join('. ')] as const,
    ),
    ...(terms.thresholds ?? []).map(
      (each, index) => [`thresholds.${index}`, each.kind === 'hours' ? each.section : each.name] as const,
    ),
    ['endCondition', terms.endCondition],
    ['mediator', terms.mediator],
    ...terms.milestones.map(({ name }, index) => [`milestones.${index}.name`, name] as const),
  ];
  return texts.flatMap(([field, text]) => clausesIn(field, text));
}

/** @throws DomainError `BAD_INPUT` that names each clause and quotes its words */
export function assertPublishable(terms: Terms): void {
  refuseClauses(forbiddenClauses(terms));
}

/** As `assertPublishable`, for one text that is published beside the terms. */
export function assertTextPublishable(field: string, text: string): void {
  refuseClauses(clausesIn(field, text));
}

function refuseClauses(clauses: readonly FoundClause[]): void {
  if (clauses.length === 0) return;
  const problems: Problem[] = clauses.map(({ field, kind, words }) => ({
    field,
    message:
      kind === 'personal data'
        ? `“${words}” looks like personal data, which a public contract cannot hold.`
        : `“${words}” reads like a forbidden clause: ${kind}.`,
  }));
  throw new DomainError('BAD_INPUT', problems.map(({ message }) => message).join(' '), { problems, clauses });
}
