import { Inject, Injectable } from '@nestjs/common';
import { DomainError, dayOf, type Clock, type Day, type Id } from '#kernel';
import { CLOCK, Database, canonicalJson, requireRole, sha256Hex, type Viewer } from '#platform';
import type { Query } from '../persistence/obligation.rows.js';
import { parseTable, type ImportTable } from './csv-table.js';
import type { ImportRow } from './import.js';
import { ImportReader } from './persistence/import.reader.js';
import { SnapshotReader } from './persistence/snapshot.reader.js';
import { planImport, type ImportPlan } from './plan.js';
import { readSettings, type ImportSettings, type SettingsGiven } from './settings.js';
import type { ImportSnapshot } from './snapshot.js';

export interface ImportPreview {
  readonly table: ImportTable;
  readonly settings: ImportSettings;
  readonly snapshot: ImportSnapshot;
  readonly plan: ImportPlan;
  /** Of all that would be done: whoever applies it says what was seen. */
  readonly hash: string;
}

/** @throws DomainError `UNAUTHENTICATED`, `FORBIDDEN` */
export function requireImporter(viewer: Viewer, fablabId: Id<'community'>): void {
  requireRole(viewer, fablabId, ['treasurer', 'coordinator'], 'import tables');
}

/** Says what a table would do. It writes nothing. */
@Injectable()
export class ImportPreviewService {
  constructor(
    private readonly reader: ImportReader,
    private readonly snapshots: SnapshotReader,
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `NOT_FOUND`, alike for what is not the viewer's to see */
  async find(viewer: Viewer, id: Id<'import'>): Promise<ImportRow> {
    const found = await this.reader.byId(id);
    if (!found || !viewer.roles.has(found.fablabId)) throw DomainError.notFound('import', id);
    requireImporter(viewer, found.fablabId);
    return found;
  }

  preview(row: ImportRow, given: SettingsGiven): Promise<ImportPreview> {
    const query: Query = (text, values) => this.database.query(text, values);
    return this.planned(query, row, given, dayOf(this.clock.now()));
  }

  /** As `preview`, in a transaction. @throws DomainError `BAD_INPUT`; `INVALID_STATE` for a discarded import */
  async planned(query: Query, row: ImportRow, given: SettingsGiven, today: Day): Promise<ImportPreview> {
    if (row.content === null)
      throw new DomainError('INVALID_STATE', 'This import was discarded, and its table forgotten.');
    const table = parseTable(row.content);
    const snapshot = await this.snapshots.read(query, row.fablabId);
    const settings = readSettings(given, table, [
      ...new Set(snapshot.contracts.map(({ currency }) => currency)),
    ]);
    const plan = planImport(table, settings, snapshot, today);
    return { table, settings, snapshot, plan, hash: hashOf(plan) };
  }
}

function hashOf({ deeds }: ImportPlan): string {
  return sha256Hex(
    canonicalJson(deeds.map((deed) => ({ ...deed, amountMinor: deed.amountMinor.toString() }))),
  );
}
