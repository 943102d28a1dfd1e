import { LIMITS, type InputCheck } from '#kernel';
import { i18next } from '~/app/i18n';
import type { CreateProductVersionInput, ProductQuery } from '~/generated/graphql';
import type { RoutingStep } from './routing-list';

export interface BomValues {
  readonly key: string;
  readonly item: string;
  readonly quantity: string;
  readonly unit: string;
  /** A version that is made first; empty for what is bought or in stock. */
  readonly partVersionId: string;
}

export interface OperationValues {
  readonly key: string;
  readonly name: string;
  readonly workCentreId: string;
  readonly setupMinutes: number | string;
  readonly unitMinutes: number | string;
  /** Keys of other rows, so that an answer stays right when rows move. */
  readonly after: string[];
  readonly instructions: string;
}

export interface VersionValues {
  readonly label: string;
  readonly licence: string;
  readonly billOfMaterials: BomValues[];
  readonly routing: OperationValues[];
}

let keys = 0;

function rowKey(): string {
  keys += 1;
  return `row-${keys}`;
}

export function emptyBomLine(): BomValues {
  return { key: rowKey(), item: '', quantity: '', unit: '', partVersionId: '' };
}

/** A new step mostly follows the one above it. */
export function emptyOperation(after: readonly string[] = []): OperationValues {
  return {
    key: rowKey(),
    name: '',
    workCentreId: '',
    setupMinutes: 0,
    unitMinutes: '',
    after: [...after],
    instructions: '',
  };
}

export function emptyVersion(): VersionValues {
  return { label: '', licence: '', billOfMaterials: [emptyBomLine()], routing: [emptyOperation()] };
}

type Version = NonNullable<ProductQuery['product']>['versions'][number];

/** A new version that begins as a copy of another; only its label must be given. */
export function copyOf(version: Version): VersionValues {
  const keys = version.routing.map(() => rowKey());
  return {
    label: '',
    licence: version.licence,
    billOfMaterials: version.billOfMaterials.map(({ item, quantity, unit, partVersionId }) => ({
      ...{ key: rowKey(), item, quantity, unit },
      partVersionId: partVersionId ?? '',
    })),
    routing: version.routing.map((step, index) => ({
      key: keys[index] ?? rowKey(),
      name: step.name,
      workCentreId: step.workCentreId,
      setupMinutes: step.setupMinutes,
      unitMinutes: step.unitMinutes,
      after: step.after.flatMap((position) => keys[position - 1] ?? []),
      instructions: step.instructions ?? '',
    })),
  };
}

function whole(value: number | string): number | null {
  return typeof value === 'number' ? value : null;
}

/** Positions from 1 on, as the API counts them. */
function positionsOf(values: VersionValues, after: readonly string[]): number[] {
  return values.routing.flatMap((each, index) => (after.includes(each.key) ? [index + 1] : []));
}

export function checkVersion(check: InputCheck, values: VersionValues): void {
  const t = i18next.getFixedT(null, 'catalogue');
  const short = { max: LIMITS.nameCharsMax };
  check.text('label', values.label, { ...short, name: t('newVersion.labelName') });
  check.text('licence', values.licence, { ...short, name: t('newVersion.licenceName') });
  const minutes = { min: 0, max: LIMITS.minutesMax };
  for (const [index, each] of values.routing.entries()) {
    const path = `routing.${index}`;
    check.text(`${path}.name`, each.name, { ...short, name: t('routing.nameName') });
    if (each.workCentreId === '') check.refuse(`${path}.workCentreId`, t('routing.workCentreProblem'));
    check.integer(`${path}.setupMinutes`, whole(each.setupMinutes), {
      ...minutes,
      name: t('routing.setupName'),
    });
    check.integer(`${path}.unitMinutes`, whole(each.unitMinutes), {
      ...minutes,
      name: t('routing.unitName'),
    });
    check.optionalText(`${path}.instructions`, each.instructions, {
      max: LIMITS.noteCharsMax,
      name: t('routing.instructionsName'),
    });
  }
  for (const [index, each] of filled(values).entries()) {
    const path = `billOfMaterials.${index}`;
    check.text(`${path}.item`, each.item, { ...short, name: t('bom.itemName') });
    check.milli(`${path}.quantity`, each.quantity, t('bom.quantityName'));
    check.text(`${path}.unit`, each.unit, { ...short, name: t('bom.unitName') });
  }
}

/** Lines left wholly empty at the end are no lines. */
function filled({ billOfMaterials }: VersionValues): readonly BomValues[] {
  const last = billOfMaterials.findLastIndex(
    (line) => line.item !== '' || line.quantity !== '' || line.unit !== '',
  );
  return billOfMaterials.slice(0, last + 1);
}

export function inputOf(productId: string, values: VersionValues): CreateProductVersionInput {
  return {
    productId,
    label: values.label,
    licence: values.licence,
    billOfMaterials: filled(values).map(({ item, quantity, unit, partVersionId }) => ({
      item,
      quantity,
      unit,
      ...(partVersionId !== '' && { partVersionId }),
    })),
    routing: values.routing.map((each) => ({
      name: each.name,
      workCentreId: each.workCentreId,
      setupMinutes: Number(each.setupMinutes),
      unitMinutes: Number(each.unitMinutes),
      after: positionsOf(values, each.after),
      ...(each.instructions.trim() !== '' && { instructions: each.instructions }),
    })),
  };
}

/** What is typed so far, as the list in words shows it. */
export function stepsOf(values: VersionValues, workCentres: ReadonlyMap<string, string>): RoutingStep[] {
  return values.routing.map((each, index) => ({
    position: index + 1,
    name: each.name,
    workCentre: workCentres.get(each.workCentreId) ?? '…',
    setupMinutes: whole(each.setupMinutes) ?? 0,
    unitMinutes: whole(each.unitMinutes) ?? 0,
    after: positionsOf(values, each.after),
    instructions: each.instructions,
  }));
}
