import type { ContributionKind, Instrument, ReturnKind } from '~/generated/graphql';

interface InstrumentRule {
  readonly gives: readonly ContributionKind[];
  /** The first one is proposed. */
  readonly returns: readonly ReturnKind[];
  /** Only whole units can be bought: there is no change. */
  readonly wholeUnits: boolean;
}

/** What can be given with each instrument, and what can come back for it, as the server knows it too. */
export const INSTRUMENT_RULES: Readonly<Record<Instrument, InstrumentRule>> = {
  loan: { gives: ['money'], returns: ['money', 'units'], wholeUnits: false },
  pre_purchase: { gives: ['money'], returns: ['units'], wholeUnits: true },
  premium: { gives: ['money'], returns: ['units'], wholeUnits: true },
  gift: { gives: ['money', 'hours', 'goods'], returns: ['nothing'], wholeUnits: false },
  labour: { gives: ['hours'], returns: ['units', 'nothing'], wholeUnits: false },
  material: { gives: ['goods'], returns: ['units', 'nothing'], wholeUnits: false },
  tool_loan: { gives: ['goods'], returns: ['tool'], wholeUnits: false },
};

export const INSTRUMENTS = Object.keys(INSTRUMENT_RULES) as Instrument[];

export function gives(instrument: Instrument, kind: ContributionKind): boolean {
  return INSTRUMENT_RULES[instrument].gives.includes(kind);
}
