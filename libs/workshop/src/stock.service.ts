import { Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, formatMilli, parseMilli, type Id, type InputCheck } from '#kernel';
import {
  Idempotency,
  IdSource,
  UnitOfWork,
  requireRole,
  requireViewer,
  violatedConstraint,
  type Viewer,
} from '#platform';
import {
  MOVEMENT_KINDS,
  StockRepository,
  type MovementKind,
  type StockItemRow,
} from './persistence/stock.repository.js';

export interface MovementGiven {
  readonly idempotencyKey: string;
  readonly itemId: string;
  readonly kind: string;
  readonly quantity: string;
  readonly note?: string | null;
}

const UNIT_CHARS_MAX = 20;
const NOTE_CHARS_MAX = 300;
const QUANTITY_MILLI_MAX = 1_000_000_000_000n;

/** What lies on the shelves: entered by coordinators, moved by makers too. */
@Injectable()
export class StockService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly stock: StockRepository,
  ) {}

  /** @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `CONFLICT` (there is one of this name and unit) */
  async createItem(
    who: Viewer | null,
    input: { fablabId: string; name: string; unit: string },
  ): Promise<Id<'stockItem'>> {
    const viewer = requireViewer(who);
    const item = checkInput((check) => ({
      id: this.ids.next<'stockItem'>(),
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      name: check.text('name', input.name, { max: LIMITS.nameCharsMax, name: 'a name' }),
      unit: check.text('unit', input.unit, { max: UNIT_CHARS_MAX, name: 'the unit' }),
    }));
    requireRole(viewer, item.fablabId, ['coordinator'], 'add items to the stock');
    try {
      await this.unitOfWork.run((tx) => this.stock.insert(tx, item));
    } catch (error) {
      if (violatedConstraint(error) !== 'stock_item_name_key') throw error;
      throw new DomainError('CONFLICT', `The stock has “${item.name}” in ${item.unit} already.`);
    }
    return item.id;
  }

  /**
   * A receipt adds, an issue takes away, a count says what is there.
   * @throws DomainError `BAD_INPUT`, `FORBIDDEN`, `NOT_FOUND`, `INVALID_STATE` (less is there), `KEY_REUSED`
   */
  move(who: Viewer | null, { idempotencyKey: key, ...input }: MovementGiven): Promise<Id<'stockItem'>> {
    const viewer = requireViewer(who);
    const read = checkInput((check) => readMovement(check, input));
    const call = { actor: viewer.personId, key, operation: 'moveStock', input };
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(tx, call, async () => {
        const item = await this.stock.lock(tx, read.itemId);
        if (!item) throw DomainError.notFound('item', read.itemId);
        requireRole(viewer, item.fablabId, ['coordinator', 'maker'], 'move its stock');
        const milli = changeOf(item, read);
        await this.stock.move(tx, { ...read, milli, personId: viewer.personId });
        return item.id;
      }),
    );
  }
}

function readMovement(check: InputCheck, input: Omit<MovementGiven, 'idempotencyKey'>) {
  const kind = check.oneOf('kind', input.kind, MOVEMENT_KINDS);
  // A count may find nothing; nobody receives or takes nothing.
  const isNothing = kind === 'count' && parseMilli(input.quantity) === 0n;
  const quantityMilli = isNothing ? 0n : check.milli('quantity', input.quantity, 'the quantity');
  if (quantityMilli > QUANTITY_MILLI_MAX)
    check.refuse('quantity', 'The quantity is too large; take a larger unit.');
  return {
    itemId: check.id<'stockItem'>('itemId', input.itemId, 'the item'),
    kind,
    quantityMilli,
    note: check.optionalText('note', input.note, { max: NOTE_CHARS_MAX, name: 'the note' }),
  };
}

/** @throws DomainError `INVALID_STATE` when more is taken than there is */
function changeOf(item: StockItemRow, move: { kind: MovementKind; quantityMilli: bigint }): bigint {
  if (move.kind === 'receipt') return move.quantityMilli;
  if (move.kind === 'count') return move.quantityMilli - item.onHandMilli;
  if (move.quantityMilli <= item.onHandMilli) return -move.quantityMilli;
  throw new DomainError(
    'INVALID_STATE',
    `Only ${formatMilli(item.onHandMilli)} ${item.unit} of “${item.name}” are there. Count again, or take less.`,
    { onHand: formatMilli(item.onHandMilli) },
  );
}
