import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogKeyFile, LogRefusal } from '#registry';
import { leafHash, GrowingTree } from '../../libs/registry/src/log/core/merkle.js';
import { hexOf } from '../../libs/registry/src/log/core/bytes.js';
import { openCheckpoint, readCheckpoint } from '../../libs/registry/src/log/core/checkpoint.js';
import { publicKeyOf } from '../../libs/registry/src/log/core/note.js';
import { entriesOfBundle, hashesOfTile, tilesOf } from '../../libs/registry/src/log/core/tiles.js';
import { buildLogWorld, LOG_NAME, type LogWorld } from '../support/builders/log.builder.js';

/** One after the other: each goes on with the log as it was left. */
describe('the log in the database', () => {
  let log: LogWorld;

  beforeAll(async () => {
    log = await buildLogWorld();
  });

  afterAll(() => log.close());

  const grow = async (count: number): Promise<number | null> => {
    await log.append(count);
    while ((await log.sequencer.sequence()) > 0);
    return log.signer.publish();
  };

  it('makes its key when it first signs, for its own eyes alone, and signs the empty tree', async () => {
    expect(log.file.exists()).toBe(false);
    expect(await log.signer.publish()).toBe(0);
    expect(statSync(log.file.path).mode & 0o777).toBe(0o600);
    expect(statSync(log.file.headPath).mode & 0o777).toBe(0o600);
    const head = await log.reader.head();
    const keys = log.file.keys().signing.map((key) => publicKeyOf(key));
    expect(openCheckpoint(head?.note ?? '', LOG_NAME, keys).size).toBe(0);
  });

  it('gives every leaf a place, and serves tiles that make up the signed root', async () => {
    expect(await grow(3)).toBe(3);
    expect(await grow(600)).toBe(603);
    const tree = new GrowingTree();
    const leaves: string[] = [];
    for (const tile of tilesOf(603)) {
      const bytes = (await log.reader.tile(tile, 603)) ?? new Uint8Array();
      if (tile.level === 'entries') {
        for (const entry of entriesOfBundle(bytes, tile.width)) {
          tree.append(leafHash(entry));
          leaves.push(hexOf(leafHash(entry)));
        }
      } else if (tile.level === 0) {
        const hashes = hashesOfTile(bytes, tile.width).map(hexOf);
        expect(hashes).toEqual(leaves.slice(tile.index * 256, tile.index * 256 + tile.width));
      } else {
        expect(tile).toEqual({ level: 1, index: 0, width: 2 });
        expect(hashesOfTile(bytes, 2)).toHaveLength(2);
      }
    }
    const head = await log.reader.head();
    expect(hexOf(readCheckpoint(head?.note ?? '').root)).toBe(hexOf(tree.root()));
    expect(await log.reader.tile({ level: 0, index: 2, width: 92 }, 603)).toBeNull();
    expect(await log.reader.tile({ level: 0, index: 2, width: 20 }, 603)).toHaveLength(640);
    expect(await log.reader.tile({ level: 2, index: 0, width: 1 }, 603)).toBeNull();
  });

  it('lets two sequencers at once give no place twice', async () => {
    await log.append(40);
    await Promise.all([log.sequencer.sequence(), log.sequencer.sequence(), log.sequencer.sequence()]);
    while ((await log.sequencer.sequence()) > 0);
    expect(await log.reader.sequenced()).toBe(643);
    expect(await log.signer.publish()).toBe(643);
  });

  it('finds what a restore left without a place and without a ticket', async () => {
    await log.append(2);
    await log.tamper(`DELETE FROM registry.log_waiting`);
    expect(await log.sequencer.sequence()).toBe(0);
    expect(await log.sequencer.requeue()).toBe(2);
    expect(await log.sequencer.sequence()).toBe(2);
    expect(await log.signer.publish()).toBe(645);
  });

  it('refuses to sign a database that is behind, and one that went on differently', async () => {
    await log.tamper(
      `CREATE TABLE registry.kept_entry AS SELECT * FROM registry.log_entry WHERE index >= 640`,
    );
    await log.tamper(
      `CREATE TABLE registry.kept_node AS SELECT * FROM registry.log_node WHERE level = 0 AND index >= 640`,
    );
    await log.tamper(
      `CREATE TABLE registry.kept_head AS SELECT * FROM registry.log_checkpoint WHERE size > 640`,
    );
    await log.tamper(`DELETE FROM registry.log_entry WHERE index >= 640`);
    await log.tamper(`DELETE FROM registry.log_node WHERE level = 0 AND index >= 640`);
    await log.tamper(`DELETE FROM registry.log_checkpoint WHERE size > 640`);
    await expect(log.signer.publish()).rejects.toThrow(
      /has 640 entries of the log, but a head over 645 was signed/,
    );
    await log.append(30);
    while ((await log.sequencer.sequence()) > 0);
    await expect(log.signer.publish()).rejects.toThrow(/are not those that were signed/);
    expect((await log.reader.head())?.size).toBe(603);
    await log.tamper(`DELETE FROM registry.log_entry WHERE index >= 640`);
    await log.tamper(`DELETE FROM registry.log_node WHERE level = 0 AND index >= 640`);
    await log.tamper(`INSERT INTO registry.log_entry SELECT * FROM registry.kept_entry`);
    await log.tamper(`INSERT INTO registry.log_node SELECT * FROM registry.kept_node`);
    expect(await log.signer.publish()).toBe(645);
    await log.sequencer.requeue();
    expect(await log.sequencer.sequence()).toBe(30);
    expect(await log.signer.publish()).toBe(675);
  });

  it('signs nothing once a hash below the last head is another one', async () => {
    const flip = `UPDATE registry.log_node SET hash = set_byte(hash, 5, get_byte(hash, 5) # 1) WHERE level = 1 AND index = 0`;
    await log.tamper(flip);
    await log.append(1);
    await log.sequencer.sequence();
    await expect(log.signer.publish()).rejects.toThrow(LogRefusal);
    await log.tamper(flip);
    expect(await log.signer.publish()).toBe(676);
  });

  it('refuses when the head’s file is gone, old or damaged, and when the key is gone', async () => {
    const [head, key] = [readFileSync(log.file.headPath), readFileSync(log.file.path)];
    rmSync(log.file.headPath);
    await expect(log.signer.publish()).rejects.toThrow(/is missing/);
    writeFileSync(
      log.file.headPath,
      JSON.stringify({ format: 'commonwright.log-head/1', size: 0, note: '' }),
    );
    await expect(log.signer.publish()).rejects.toThrow(/older than the database/);
    writeFileSync(log.file.headPath, '{');
    await expect(log.signer.publish()).rejects.toThrow(/damaged/);
    writeFileSync(log.file.headPath, head.toString().replace('"size":676', '"size":677'));
    await expect(log.signer.publish()).rejects.toThrow(/damaged/);
    writeFileSync(log.file.headPath, head);
    rmSync(log.file.path);
    await expect(log.signer.publish()).rejects.toThrow(/is missing, but this log has signed heads/);
    writeFileSync(log.file.path, key);
    expect(await log.signer.publish()).toBe(676);
  });

  it('signs with an added key and the old one, then with the new one alone', async () => {
    const old = log.file.keys().signing.map((key) => publicKeyOf(key));
    log.file.add();
    expect(await grow(1)).toBe(677);
    const both = log.file.keys().signing.map((key) => publicKeyOf(key));
    const note = (await log.reader.head())?.note ?? '';
    expect(readCheckpoint(note).note.signatures).toHaveLength(2);
    expect(openCheckpoint(note, LOG_NAME, old).size).toBe(677);
    log.file.retire();
    await expect(grow(1)).resolves.toBe(678);
    const last = (await log.reader.head())?.note ?? '';
    expect(openCheckpoint(last, LOG_NAME, both.slice(0, 1)).size).toBe(678);
    expect(() => openCheckpoint(last, LOG_NAME, old)).toThrow('No key');
    expect(await log.reader.vkeys('log')).toHaveLength(2);
  });

  it('keeps its name: a copy of the key under another origin is refused', async () => {
    const copy = new LogKeyFile(`${log.file.path}.copy`);
    copyFileSync(log.file.path, copy.path);
    copyFileSync(log.file.headPath, copy.headPath);
    writeFileSync(copy.path, readFileSync(copy.path, 'utf8').replace(LOG_NAME, 'other.test/log'));
    await expect(log.signerOn(copy).publish()).rejects.toThrow();
    rmSync(copy.path);
    rmSync(copy.headPath);
  });

  it.each([
    [`UPDATE registry.log_leaf SET statement = statement`, 'log_leaf_append_only'],
    [`DELETE FROM registry.log_entry`, 'log_entry_append_only'],
    [`UPDATE registry.log_node SET hash = hash`, 'log_node_append_only'],
    [`DELETE FROM registry.log_checkpoint`, 'log_checkpoint_append_only'],
    [`TRUNCATE registry.log_key`, 'log_key_no_truncate'],
    [
      `INSERT INTO registry.log_entry (index, leaf_id) SELECT 5000, id FROM registry.log_leaf LIMIT 1`,
      'log_entry_without_gap',
    ],
    [
      `INSERT INTO registry.log_checkpoint (size, note, published_at) VALUES (678, 'other', now())`,
      'log_checkpoint_pkey',
    ],
    [`INSERT INTO registry.log_leaf (statement) VALUES ('{"format":"x"}')`, 'log_leaf'],
  ])('is refused by the database itself: %s', async (sql, constraint) => {
    const { default: pg } = await import('pg');
    const owner = new pg.Client({ connectionString: log.database.ownerUrl });
    await owner.connect();
    try {
      await expect(owner.query(sql)).rejects.toThrow(expect.objectContaining({}));
      await owner.query(sql).catch((error: { constraint?: string; table?: string }) => {
        expect(error.constraint ?? error.table).toContain(constraint);
      });
    } finally {
      await owner.end();
    }
  });
});
