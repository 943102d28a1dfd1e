import { registerEnumType } from '@nestjs/graphql';
import {
  CONTRIBUTION_KINDS,
  INSTRUMENTS,
  RETURN_KINDS,
  type ContributionKind,
  type Instrument,
  type ReturnKind,
} from '../domain/instrument.js';
import { THRESHOLD_KINDS, type ThresholdKind } from '../domain/threshold.js';

/** GraphQL names have no hyphens. */
function enumOf<Value extends string>(values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(values.map((value) => [value.replace('-', '_'), value]));
}

export const InstrumentEnum: Record<string, Instrument> = enumOf(INSTRUMENTS);
registerEnumType(InstrumentEnum, {
  name: 'Instrument',
  description: 'How a contribution is paired with a return.',
});

export const ContributionKindEnum: Record<string, ContributionKind> = enumOf(CONTRIBUTION_KINDS);
registerEnumType(ContributionKindEnum, { name: 'ContributionKind', description: 'What a pledge gives.' });

export const ReturnKindEnum: Record<string, ReturnKind> = enumOf(RETURN_KINDS);
registerEnumType(ReturnKindEnum, {
  name: 'ReturnKind',
  description:
    'What goes back; with “nothing” scrutiny ends when the deliverables are delivered and accepted.',
});

export const ThresholdKindEnum: Record<string, ThresholdKind> = enumOf(THRESHOLD_KINDS);
registerEnumType(ThresholdKindEnum, { name: 'ThresholdKind', description: 'What a threshold asks for.' });
