/** What pledges with each instrument contribute, and what can be returned for them: the table of product.md as data. */
export const INSTRUMENTS = [
  'loan',
  'pre-purchase',
  'premium',
  'gift',
  'labour',
  'material',
  'tool-loan',
] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

export const CONTRIBUTION_KINDS = ['money', 'hours', 'goods'] as const;
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number];

/** `nothing` keeps the scrutiny until the deliverables that it was given for are delivered and accepted. */
export const RETURN_KINDS = ['money', 'units', 'tool', 'nothing'] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];

export interface InstrumentRule {
  readonly contributions: readonly ContributionKind[];
  readonly returns: readonly ReturnKind[];
  /** In a sentence: `a tool loan`. */
  readonly words: string;
  /** Only whole units can be bought: there is no change. */
  readonly wholeUnits: boolean;
}

/** Repeated in the database as the CHECKs pledge_contribution_of_instrument and pledge_return_of_instrument. */
export const INSTRUMENT_RULES: Readonly<Record<Instrument, InstrumentRule>> = {
  loan: { contributions: ['money'], returns: ['money', 'units'], words: 'a loan', wholeUnits: false },
  'pre-purchase': {
    contributions: ['money'],
    returns: ['units'],
    words: 'a pre-purchase',
    wholeUnits: true,
  },
  premium: { contributions: ['money'], returns: ['units'], words: 'a premium purchase', wholeUnits: true },
  gift: {
    contributions: ['money', 'hours', 'goods'],
    returns: ['nothing'],
    words: 'a gift',
    wholeUnits: false,
  },
  labour: { contributions: ['hours'], returns: ['units', 'nothing'], words: 'labour', wholeUnits: false },
  material: { contributions: ['goods'], returns: ['units', 'nothing'], words: 'material', wholeUnits: false },
  'tool-loan': { contributions: ['goods'], returns: ['tool'], words: 'a tool loan', wholeUnits: false },
};

/**
 * The same section or item, however it was typed: without regard to capitals, width and spaces. Contracting knows no
 * section of the workshop; the name that was agreed is matched with the section's name when hours are logged.
 */
export function itemKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
