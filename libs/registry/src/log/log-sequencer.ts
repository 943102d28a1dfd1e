import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '#platform';
import { utf8 } from './core/bytes.js';
import { GrowingTree, leafHash, type Hash } from './core/merkle.js';
import { subtreesOf } from './core/proofs.js';
import { LogReader } from './log.reader.js';

/** Any number will do, as long as it is always the same: one sequencer at a time, on whatever machine. */
const SEQUENCER_LOCK = 4_120_777;
const BATCH_LEAVES = 5_000;
const TILE_HEIGHT = 8;

interface Node {
  readonly level: number;
  readonly index: number;
  readonly hash: Hash;
}

/** Gives waiting leaves their places, in the order in which they were written, and hashes the tree above them. */
@Injectable()
export class LogSequencer {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** One batch. @returns how many leaves got a place; 0 while another worker is at it */
  sequence(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const [lock] = await tx.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock($1) AS mine`, [
        SEQUENCER_LOCK,
      ]);
      if (!lock?.mine) return 0;
      const waiting = await tx.query<{ id: bigint; statement: string }>(
        `SELECT l.id, l.statement FROM registry.log_waiting w JOIN registry.log_leaf l ON l.id = w.leaf_id
         ORDER BY l.id LIMIT $1`,
        [BATCH_LEAVES],
      );
      if (waiting.length > 0) await this.place(tx, waiting);
      return waiting.length;
    });
  }

  /** Leaves that neither wait nor have a place, after a restore that lost the queue, wait again. */
  async requeue(): Promise<number> {
    return this.unitOfWork.run((tx) =>
      tx.execute(
        `INSERT INTO registry.log_waiting (leaf_id)
         SELECT l.id FROM registry.log_leaf l
         WHERE NOT EXISTS (SELECT FROM registry.log_entry e WHERE e.leaf_id = l.id)
         ON CONFLICT DO NOTHING`,
      ),
    );
  }

  private async place(tx: Tx, leaves: readonly { id: bigint; statement: string }[]): Promise<void> {
    const reader = LogReader.within(tx);
    const size = await reader.sequenced();
    const tree = new GrowingTree(size, await reader.tree(size)(subtreesOf([0, size])));
    const nodes: Node[] = [];
    for (const { statement } of leaves) {
      tree.append(leafHash(utf8(statement)), (height, index, hash) => {
        if (height % TILE_HEIGHT === 0) nodes.push({ level: height / TILE_HEIGHT, index, hash });
      });
    }
    const ids = leaves.map(({ id }) => id);
    await tx.execute(
      `INSERT INTO registry.log_entry (index, leaf_id)
       SELECT $1 + place - 1, id FROM unnest($2::bigint[]) WITH ORDINALITY AS leaf (id, place) ORDER BY place`,
      [size, ids],
    );
    await tx.execute(
      `INSERT INTO registry.log_node (level, index, hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
      [
        nodes.map(({ level }) => level),
        nodes.map(({ index }) => index),
        nodes.map(({ hash }) => Buffer.from(hash)),
      ],
    );
    await tx.execute(`DELETE FROM registry.log_waiting WHERE leaf_id = ANY ($1)`, [ids]);
  }
}
