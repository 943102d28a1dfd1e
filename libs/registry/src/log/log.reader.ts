import { Inject, Injectable } from '@nestjs/common';
import { Database, type StatementTx } from '#platform';
import { utf8 } from './core/bytes.js';
import { HASH_BYTES } from './core/merkle.js';
import type { SubtreeReader } from './core/proofs.js';
import { entryBundle, hashesOfTile, tileReader, tileWidth, TILE_WIDTH, type Tile } from './core/tiles.js';

type Queries = Pick<StatementTx, 'query'>;

export interface PublishedHead {
  readonly size: number;
  /** The signed checkpoint, with the cosignatures that came in. */
  readonly note: string;
  readonly publishedAt: Date;
  readonly witnesses: readonly { readonly name: string; readonly receivedAt: Date }[];
}

export interface LoggedLeaf {
  /** Its place in the log; null until it was given one, some hundred milliseconds after its publication. */
  readonly index: number | null;
  readonly statement: string;
}

/** Reads the log as anyone may: what is not under a published head does not exist yet. */
@Injectable()
export class LogReader {
  constructor(@Inject(Database) private readonly database: Queries) {}

  /** The same, in a transaction: it sees what that transaction wrote. */
  static within(tx: Queries): LogReader {
    return new LogReader(tx);
  }

  async head(): Promise<PublishedHead | null> {
    const [row] = await this.database.query<{
      size: bigint;
      note: string;
      publishedAt: Date;
      lines: { witness: string; line: string; at: string }[];
    }>(
      `SELECT c.size, c.note, c.published_at AS "publishedAt",
              coalesce((SELECT jsonb_agg(jsonb_build_object('witness', s.witness, 'line', s.line, 'at', s.received_at) ORDER BY s.witness)
                        FROM registry.log_cosignature s WHERE s.size = c.size), '[]') AS lines
       FROM registry.log_checkpoint c ORDER BY c.size DESC LIMIT 1`,
      [],
      'log-head',
    );
    if (!row) return null;
    return {
      size: Number(row.size),
      note: row.note + row.lines.map(({ line }) => `${line}\n`).join(''),
      publishedAt: row.publishedAt,
      witnesses: row.lines.map(({ witness, at }) => ({ name: witness, receivedAt: new Date(at) })),
    };
  }

  async vkeys(purpose: 'log' | 'witness'): Promise<string[]> {
    const rows = await this.database.query<{ vkey: string }>(
      `SELECT vkey FROM registry.log_key WHERE purpose = $1 ORDER BY first_used_at DESC, vkey`,
      [purpose],
      'log-vkeys',
    );
    return rows.map(({ vkey }) => vkey);
  }

  /** How many entries have a place, whether or not a head over them was published. */
  async sequenced(): Promise<number> {
    const [row] = await this.database.query<{ size: bigint }>(
      `SELECT coalesce(max(index) + 1, 0) AS size FROM registry.log_entry`,
    );
    return Number(row?.size ?? 0);
  }

  /** The bytes of a tile or bundle of a tree of that size; null when it has no such tile. */
  async tile(tile: Tile, size: number): Promise<Uint8Array | null> {
    if (tile.width > tileWidth(tile.level, tile.index, size)) return null;
    const from = tile.index * TILE_WIDTH;
    const range = [from, from + tile.width - 1];
    if (tile.level !== 'entries') {
      const [row] = await this.database.query<{ bytes: Buffer | null }>(
        `SELECT string_agg(hash, ''::bytea ORDER BY index) AS bytes FROM registry.log_node
         WHERE level = $1 AND index BETWEEN $2 AND $3`,
        [tile.level, ...range],
        'log-tile',
      );
      return row?.bytes ?? new Uint8Array();
    }
    const rows = await this.database.query<{ statement: string }>(
      `SELECT l.statement FROM registry.log_entry e JOIN registry.log_leaf l ON l.id = e.leaf_id
       WHERE e.index BETWEEN $1 AND $2 ORDER BY e.index`,
      range,
      'log-bundle',
    );
    return entryBundle(rows.map(({ statement }) => utf8(statement)));
  }

  /** The tree of that size, for proofs. @throws LogFormatError when hashes are missing from the database */
  tree(size: number): SubtreeReader {
    return tileReader(async (tile) => {
      const bytes = (await this.tile(tile, size)) ?? new Uint8Array();
      return hashesOfTile(bytes, Math.min(tile.width, Math.floor(bytes.length / HASH_BYTES)));
    }, size);
  }

  /** The leaf of a document; null when there is none. */
  async leafOf(kind: string, sha256: string): Promise<LoggedLeaf | null> {
    const [row] = await this.database.query<{ index: bigint | null; statement: string }>(
      `SELECT e.index, l.statement FROM registry.log_leaf l LEFT JOIN registry.log_entry e ON e.leaf_id = l.id
       WHERE l.kind = $1 AND l.sha256 = $2`,
      [kind, sha256],
      'log-leaf-of',
    );
    return row ? { index: row.index === null ? null : Number(row.index), statement: row.statement } : null;
  }

  async document(sha256: string): Promise<string | null> {
    const [row] = await this.database.query<{ canonicalJson: string }>(
      `SELECT canonical_json AS "canonicalJson" FROM registry.log_document WHERE sha256 = $1`,
      [sha256],
      'log-document',
    );
    return row?.canonicalJson ?? null;
  }
}
