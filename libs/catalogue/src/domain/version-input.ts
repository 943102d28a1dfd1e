import { LIMITS, type InputCheck } from '#kernel';
import type { BomLine, Operation } from './product.js';
import { checkPrecedence } from './routing.js';

const UNIT_CHARS_MAX = 20;
/** A thousand million units: beyond any bill of materials, and far from the end of a bigint. */
const QUANTITY_MILLI_MAX = 1_000_000_000_000n;

export interface BomLineGiven {
  readonly item: string;
  readonly quantity: string;
  readonly unit: string;
  readonly partVersionId?: string | null;
}

export interface OperationGiven {
  readonly name: string;
  readonly workCentreId: string;
  readonly setupMinutes: number;
  readonly unitMinutes: number;
  readonly after: readonly number[];
  readonly instructions?: string | null;
}

export interface VersionGiven {
  readonly label: string;
  readonly licence: string;
  readonly billOfMaterials: readonly BomLineGiven[];
  readonly routing: readonly OperationGiven[];
}

export interface VersionRead {
  readonly label: string;
  readonly licence: string;
  readonly bom: readonly BomLine[];
  readonly routing: readonly Operation[];
}

/** Reads what pins a version. Positions are given by order, from 1 on. */
export function readVersion(check: InputCheck, given: VersionGiven): VersionRead {
  const max = LIMITS.nameCharsMax;
  const lines = { max: LIMITS.bomLinesMax, name: 'lines of the bill of materials' };
  const operations = { min: 1, max: LIMITS.operationsMax, name: 'operations of the routing' };
  const read = {
    label: check.text('label', given.label, { max, name: 'a label for the version' }),
    licence: check.text('licence', given.licence, { max, name: 'the licence of the design' }),
    bom: check.list('billOfMaterials', given.billOfMaterials, lines, (line, path, index) =>
      readLine(check, line, path, index + 1),
    ),
    routing: check.list('routing', given.routing, operations, (operation, path, index) =>
      readOperation(check, operation, path, index + 1),
    ),
  };
  checkPrecedence(check, 'routing', read.routing);
  return read;
}

function readLine(check: InputCheck, line: BomLineGiven, path: string, position: number): BomLine {
  const quantityMilli = check.milli(`${path}.quantity`, line.quantity, 'the quantity');
  if (quantityMilli > QUANTITY_MILLI_MAX) {
    check.refuse(`${path}.quantity`, 'The quantity may be at most 1000000000; take a larger unit.');
  }
  const partVersionId = line.partVersionId
    ? check.id<'productVersion'>(`${path}.partVersionId`, line.partVersionId, 'the sub-assembly')
    : null;
  if (partVersionId !== null && quantityMilli % 1000n !== 0n)
    check.refuse(`${path}.quantity`, 'A sub-assembly is made whole: give a number without decimals.');
  return {
    position,
    partVersionId,
    item: check.text(`${path}.item`, line.item, { max: LIMITS.nameCharsMax, name: 'the item' }),
    quantityMilli,
    unit: check.text(`${path}.unit`, line.unit, { max: UNIT_CHARS_MAX, name: 'the unit' }),
  };
}

function readOperation(check: InputCheck, given: OperationGiven, path: string, position: number): Operation {
  const minutes = { min: 0, max: LIMITS.minutesMax };
  const operation = {
    position,
    name: check.text(`${path}.name`, given.name, {
      max: LIMITS.nameCharsMax,
      name: 'the name of the operation',
    }),
    workCentreId: check.id<'workCentre'>(`${path}.workCentreId`, given.workCentreId, 'the work centre'),
    setupMinutes: check.integer(`${path}.setupMinutes`, given.setupMinutes, {
      ...minutes,
      name: 'the minutes to set up',
    }),
    unitMinutes: check.integer(`${path}.unitMinutes`, given.unitMinutes, {
      ...minutes,
      name: 'the minutes for each unit',
    }),
    after: readAfter(check, given.after, path),
    instructions: check.optionalText(`${path}.instructions`, given.instructions, {
      max: LIMITS.noteCharsMax,
      name: 'the instructions',
    }),
  };
  if (given.setupMinutes === 0 && given.unitMinutes === 0) {
    check.refuse(
      `${path}.unitMinutes`,
      'An operation takes at least one minute, to set up or for each unit.',
    );
  }
  return operation;
}

function readAfter(check: InputCheck, after: readonly number[], path: string): number[] {
  const positions = check.list(`${path}.after`, after, { max: LIMITS.operationsMax }, (position) => position);
  return [...new Set(positions)].sort((a, b) => a - b);
}
