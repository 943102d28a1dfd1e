import { Injectable } from '@nestjs/common';
import { DomainError, checkInput, dayOf, type Id } from '#kernel';
import { Idempotency, IdSource, UnitOfWork, sha256Hex, type Tx, type Viewer } from '#platform';
import { decodeTable, parseTable } from './csv-table.js';
import { ImportDeeds } from './import-deeds.js';
import { ImportPreviewService, requireImporter } from './import-preview.service.js';
import type { ImportRow } from './import.js';
import { ImportRepository } from './persistence/import.repository.js';
import type { SettingsGiven } from './settings.js';

interface UploadGiven {
  readonly idempotencyKey: string;
  readonly fablabId: string;
  readonly fileName: string;
  /** The file's bytes, as base64. */
  readonly contentBase64: string;
}

interface ApplyGiven {
  readonly idempotencyKey: string;
  readonly importId: string;
  readonly settings: SettingsGiven;
  /** Of the preview that was looked at. */
  readonly previewHash: string;
}

/** A table that a fablab's treasurer brings: kept as it is, looked at, applied as a whole or forgotten. */
@Injectable()
export class ImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly ids: IdSource,
    private readonly imports: ImportRepository,
    private readonly previews: ImportPreviewService,
    private readonly deeds: ImportDeeds,
  ) {}

  /**
   * Stores the table and nothing else.
   * @throws DomainError `BAD_INPUT` for what is no table, is empty or too large; `FORBIDDEN`
   */
  async upload(viewer: Viewer, { idempotencyKey: key, ...input }: UploadGiven): Promise<Id<'import'>> {
    const { fablabId, fileName } = checkInput((check) => ({
      fablabId: check.id<'community'>('fablabId', input.fablabId, 'the fablab'),
      fileName: check.text('fileName', input.fileName, { max: 200, name: 'the file’s name' }),
    }));
    requireImporter(viewer, fablabId);
    const content = decodeTable(Buffer.from(input.contentBase64, 'base64'));
    parseTable(content);
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'uploadImport', input },
        async () => {
          const id = this.ids.next<'import'>();
          const uploadedBy = viewer.personId;
          await this.imports.insert(tx, {
            id,
            fablabId,
            fileName,
            content,
            sha256: sha256Hex(content),
            uploadedBy,
          });
          return id;
        },
      ),
    );
  }

  /**
   * Does all that the preview said, or nothing. Applied already, by whomever, it does nothing more.
   * @throws DomainError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` with problems left, or when it was
   * undone or discarded; `CONFLICT` when something else would be done than was seen
   */
  async apply(viewer: Viewer, { idempotencyKey: key, ...input }: ApplyGiven): Promise<Id<'import'>> {
    const importId = checkInput((check) => check.id<'import'>('importId', input.importId, 'the import'));
    return this.unitOfWork.run((tx) =>
      this.idempotency.once(
        tx,
        { actor: viewer.personId, key, operation: 'applyImport', input },
        async () => {
          const row = await this.lock(tx, viewer, importId);
          if (row.state === 'applied') return importId;
          if (row.state !== 'uploaded')
            throw new DomainError(
              'INVALID_STATE',
              `This import was ${row.state}. Please upload the table again.`,
            );
          await this.imports.lockFablab(tx, row.fablabId);
          const first = await this.previews.planned(tx.query, row, input.settings, dayOf(tx.now));
          await this.imports.lockContracts(
            tx,
            first.snapshot.contracts.map(({ id }) => id),
          );
          // Read again behind the locks: what others recorded meanwhile is seen, and nothing more can come.
          const { plan, hash } = await this.previews.planned(tx.query, row, input.settings, dayOf(tx.now));
          const wrong = plan.rows.filter(({ state }) => state === 'problem');
          if (hash !== input.previewHash) throw changedMeanwhile();
          if (wrong.length > 0) throw stillWrong(wrong.map((each) => each.row));
          if (plan.deeds.length === 0)
            throw new DomainError(
              'INVALID_STATE',
              'Every row stands in the books already: there is nothing to import.',
            );
          await this.deeds.perform(tx, viewer, row, plan.deeds);
          await this.imports.apply(tx, importId, viewer.personId);
          return importId;
        },
      ),
    );
  }

  /**
   * Forgets a table that was not applied.
   * @throws DomainError `NOT_FOUND`, `FORBIDDEN`; `INVALID_STATE` once it was applied
   */
  async discard(viewer: Viewer, given: { readonly importId: string }): Promise<Id<'import'>> {
    const importId = checkInput((check) => check.id<'import'>('importId', given.importId, 'the import'));
    return this.unitOfWork.run(async (tx) => {
      const row = await this.lock(tx, viewer, importId);
      if (row.state === 'discarded') return importId;
      if (row.state !== 'uploaded')
        throw new DomainError('INVALID_STATE', `This import was ${row.state}; its table stays with it.`);
      await this.imports.discard(tx, importId);
      return importId;
    });
  }

  private async lock(tx: Tx, viewer: Viewer, id: Id<'import'>): Promise<ImportRow> {
    const row = await this.imports.lock(tx, id);
    if (!row || !viewer.roles.has(row.fablabId)) throw DomainError.notFound('import', id);
    requireImporter(viewer, row.fablabId);
    return row;
  }
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'CONFLICT',
    'Something was recorded since you looked at this table, so that it would now do something else. Please look again.',
  );
}

function stillWrong(rows: readonly number[]): DomainError {
  const named = rows.slice(0, 10).join(', ');
  return new DomainError(
    'INVALID_STATE',
    `${rows.length} ${rows.length === 1 ? 'row has' : 'rows have'} problems (${named}${rows.length > 10 ? ', …' : ''}). Please correct the table or leave them out; nothing was imported.`,
    { rows: rows.slice(0, 100) },
  );
}
