import type { Day } from '#kernel';
import { readAmount, readDay } from './cells.js';
import { INSTRUMENT_RULES, type Instrument } from '../domain/instrument.js';
import type { ImportField } from './columns.js';
import { readInstrument } from './instrument-cell.js';
import type { PledgeFinder, Told } from './pledge-finder.js';
import { nameKey, type ImportSettings } from './settings.js';
import type { SnapshotCommunity, SnapshotContract } from './snapshot.js';

/** What was wrong with one cell, and what would be right. */
export interface RowProblem extends Told {
  readonly column: ImportField;
}

interface Move {
  readonly amountMinor: bigint;
  readonly day: Day;
}

export interface RowRead {
  readonly contract: SnapshotContract;
  readonly community: SnapshotCommunity;
  /** Null where the row names none. */
  readonly instrument: Instrument | null;
  readonly pledged: bigint | null;
  readonly received: Move | null;
  readonly repaid: Move | null;
}

export interface RowAnswer {
  /** Null when there are problems. */
  readonly row: RowRead | null;
  readonly problems: readonly RowProblem[];
  readonly unknownSupporter: string | null;
  readonly asksDateOrder: boolean;
}

interface Around {
  readonly finder: PledgeFinder;
  readonly today: Day;
}

/** Reads one row and finds everything that is wrong with it at once. */
export function readRow(cells: readonly string[], settings: ImportSettings, around: Around): RowAnswer {
  const reader = new RowReader(cells, settings, around);
  return reader.read();
}

class RowReader {
  private readonly problems: RowProblem[] = [];
  private asksDateOrder = false;
  private unknownSupporter: string | null = null;

  constructor(
    private readonly cells: readonly string[],
    private readonly settings: ImportSettings,
    private readonly around: Around,
  ) {}

  read(): RowAnswer {
    const contract = this.contract();
    const community = contract && this.community(contract);
    const instrument = this.instrument();
    this.refuseQuantities();
    const pledged = this.amount('pledged', contract);
    const received = this.move('received', 'receivedOn', contract);
    const repaid = this.move('repaid', 'repaidOn', contract);
    if (this.problems.length === 0 && pledged === null && !received && !repaid)
      this.refuse(
        'received',
        'The row holds no amount.',
        'Give what was pledged, received or repaid, or leave the row out.',
      );
    const whole = this.problems.length === 0 && contract && community;
    return {
      row: whole ? { contract, community, instrument, pledged, received, repaid } : null,
      problems: this.problems,
      unknownSupporter: this.unknownSupporter,
      asksDateOrder: this.asksDateOrder,
    };
  }

  private cell(field: ImportField): string {
    const column = this.settings.mapping[field];
    return column === undefined ? '' : (this.cells[column] ?? '');
  }

  private refuse(column: ImportField, message: string, remedy: string): null {
    this.problems.push({ column, message, remedy });
    return null;
  }

  private contract(): SnapshotContract | null {
    const name = this.cell('contract') || (this.settings.contractRef ?? '');
    if (name === '')
      return this.refuse(
        'contract',
        'No contract is named.',
        'Give its number, such as CSM-2026-0001, or its title.',
      );
    const found = this.around.finder.contracts(name);
    if (found.length > 1) {
      const refs = found.map(({ ref }) => ref).join(', ');
      return this.refuse(
        'contract',
        `Several contracts are called “${name}”.`,
        `Give one of their numbers: ${refs}.`,
      );
    }
    return (
      found[0] ??
      this.refuse(
        'contract',
        `This fablab has no contract “${name}”.`,
        'Give a number such as CSM-2026-0001, or a title.',
      )
    );
  }

  private instrument(): Instrument | null {
    const cell = this.cell('instrument');
    if (cell === '') return null;
    const instrument = readInstrument(cell);
    if (!instrument)
      return this.refuse(
        'instrument',
        `“${cell}” is no instrument.`,
        'Write loan, pre-purchase, premium or gift, or leave the cell empty.',
      );
    if (!INSTRUMENT_RULES[instrument].contributions.includes('money'))
      return this.refuse(
        'instrument',
        `${cell} is no money: a table brings money alone.`,
        'Leave the row out; hours follow from logged work, and goods are recorded on the contract’s page.',
      );
    return instrument;
  }

  /** Zero is what a table of money holds there, such as the sheet's own file. */
  private refuseQuantities(): void {
    for (const field of ['hours', 'goods'] as const) {
      const cell = this.cell(field);
      if (cell === '' || /^0*[.,]?0*$/.test(cell)) continue;
      this.refuse(
        field,
        field === 'hours' ? 'Hours are not imported.' : 'Goods are not imported.',
        field === 'hours'
          ? 'Leave the row out. Supporters pledge hours on the contract’s page, and hours count from logged work.'
          : 'Leave the row out. Supporters pledge goods on the contract’s page, where the fablab records what came.',
      );
    }
  }

  private community(contract: SnapshotContract): SnapshotCommunity | null {
    const name = this.cell('supporter');
    if (name === '') return this.refuse('supporter', 'No supporter is named.', 'Give its name.');
    const chosen = this.settings.supporters.get(nameKey(name));
    const { finder } = this.around;
    const found = chosen ? finder.communityById(chosen) : finder.community(name, contract);
    if (found && contract.receiverIds.includes(found.id)) return found;
    const parties = contract.receiverIds.map((id) => finder.communityById(id)?.name ?? '').join(', ');
    if (!found) {
      this.unknownSupporter = name;
      return this.refuse(
        'supporter',
        `No community is called “${name}”.`,
        `Say which one is meant; ${contract.ref} has ${parties}.`,
      );
    }
    return this.refuse(
      'supporter',
      `${found.name} is no receiving community of ${contract.ref}.`,
      `Those are: ${parties}.`,
    );
  }

  /** @returns null where nothing stands, or a problem was told */
  private amount(field: 'pledged' | 'received' | 'repaid', contract: SnapshotContract | null): bigint | null {
    const cell = this.cell(field);
    const amount = readAmount(cell, contract?.currency ?? this.settings.currency);
    if (!amount)
      return this.refuse(field, `“${cell}” is no amount.`, 'Write it as 1234.50 or 1.234,50, above zero.');
    if (amount.minor === 0n) return null;
    const named = amount.currency ?? (this.cell('currency').toUpperCase() || this.settings.currency);
    if (contract && named !== contract.currency)
      return this.refuse(field, `The amount is in ${named}.`, `${contract.ref} is in ${contract.currency}.`);
    return amount.minor;
  }

  private move(
    field: 'received' | 'repaid',
    dateField: 'receivedOn' | 'repaidOn',
    contract: SnapshotContract | null,
  ): Move | null {
    const amountMinor = this.amount(field, contract);
    if (amountMinor === null) return null;
    const cell = this.cell(dateField);
    const read = readDay(cell, this.settings.dateOrder);
    if (read.kind === 'ambiguous') {
      this.asksDateOrder = true;
      return this.refuse(
        dateField,
        `“${cell}” can be two days.`,
        'Say whether the day or the month comes first.',
      );
    }
    if (read.kind === 'empty')
      return this.refuse(
        dateField,
        'The day is missing.',
        'Give the value date of the bank statement, such as 2026-03-31.',
      );
    if (read.kind === 'wrong')
      return this.refuse(dateField, `“${cell}” is no day.`, 'Write it as 2026-03-31 or 31.03.2026.');
    if (read.day > this.around.today)
      return this.refuse(
        dateField,
        `${read.day} is in the future.`,
        `Give a day up to ${this.around.today}.`,
      );
    return { amountMinor, day: read.day };
  }
}
