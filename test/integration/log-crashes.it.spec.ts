import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogRefusal, type LogKeyFile } from '#registry';
import { readCheckpoint } from '../../libs/registry/src/log/core/checkpoint.js';
import { base64Of } from '../../libs/registry/src/log/core/bytes.js';
import { buildLogWorld, type LogWorld } from '../support/builders/log.builder.js';

const CRASHES = 1000;

class Crash extends Error {}

/** Between which two steps the process dies. */
const MOMENTS = [
  'before signing',
  'before the head is on disk',
  'after the head is on disk',
  'never',
] as const;

describe('the log through crashes and restores', () => {
  let log: LogWorld;
  /** Every root that was ever signed, by size: what a witness somewhere may have seen. */
  const signed = new Map<number, Set<string>>();

  beforeAll(async () => {
    log = await buildLogWorld();
    await log.signer.publish();
  });

  afterAll(() => log.close());

  /** The head's file, in a process that dies at that moment. What was signed counts as seen, written or not. */
  function dying(moment: (typeof MOMENTS)[number]): LogKeyFile {
    return new Proxy(log.file, {
      get: (file, name) => {
        if (name === 'head' && moment === 'before signing')
          return () => {
            throw new Crash();
          };
        if (name !== 'writeHead') {
          const value: unknown = Reflect.get(file, name);
          return typeof value === 'function' ? (value as () => unknown).bind(file) : value;
        }
        return (head: { size: number; note: string }) => {
          if (moment === 'before the head is on disk') throw new Crash();
          file.writeHead(head);
          remember(head.note);
          if (moment === 'after the head is on disk') throw new Crash();
        };
      },
    });
  }

  function remember(note: string): void {
    const { size, root } = readCheckpoint(note);
    signed.set(size, (signed.get(size) ?? new Set()).add(base64Of(root)));
  }

  it(`never has two signed heads for one size, whatever is cut off, in ${CRASHES} lives`, async () => {
    let state = 20_261_120;
    const random = (below: number): number =>
      (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) % below;
    let [refusals, restores] = [0, 0];
    for (let life = 0; life < CRASHES; life += 1) {
      if (random(3) > 0) await log.append(1 + random(3));
      if (random(4) > 0) await log.sequencer.sequence();
      const moment = MOMENTS[random(MOMENTS.length)] ?? 'never';
      await log
        .signerOn(dying(moment))
        .publish()
        .catch((error: unknown) => {
          if (!(error instanceof Crash)) throw error;
        });
      if (life % 10 !== 9) continue;
      // An older backup comes back: the tail of the tree is gone, and others may be written in its place.
      restores += 1;
      const size = await log.reader.sequenced();
      const kept = Math.max(0, size - random(6));
      await backup(kept);
      await log.tamper(`DELETE FROM registry.log_entry WHERE index >= $1`, [kept]);
      await log.tamper(`DELETE FROM registry.log_node WHERE level = 0 AND index >= $1`, [kept]);
      await log.tamper(`DELETE FROM registry.log_node WHERE level = 1 AND (index + 1) * 256 > $1`, [kept]);
      await log.tamper(`DELETE FROM registry.log_checkpoint WHERE size > $1`, [kept]);
      if (random(2) === 0) {
        await log.append(1 + random(8));
        await log.sequencer.sequence();
      }
      const last = readCheckpoint(
        (JSON.parse(readFileSync(log.file.headPath, 'utf8')) as { note: string }).note,
      );
      const refused = await log
        .signerOn(dying('never'))
        .publish()
        .then(
          () => false,
          (error: unknown) => error instanceof LogRefusal,
        );
      expect(refused).toBe(kept < last.size);
      if (refused) {
        refusals += 1;
        await restore(kept);
      }
      await log.sequencer.requeue();
    }
    expect(await log.signer.publish()).toBe(await log.reader.sequenced());
    const forks = [...signed.values()].filter((roots) => roots.size > 1);
    expect(forks).toEqual([]);
    expect([restores, refusals > 10, signed.size > 100]).toEqual([CRASHES / 10, true, true]);
  }, 600_000);

  async function backup(kept: number): Promise<void> {
    await log.tamper(`DROP TABLE IF EXISTS public.entry, public.node, public.head`);
    await log.tamper(`CREATE TABLE public.entry AS SELECT * FROM registry.log_entry WHERE index >= ${kept}`);
    await log.tamper(
      `CREATE TABLE public.node AS SELECT * FROM registry.log_node
       WHERE level = 0 AND index >= ${kept} OR level = 1 AND (index + 1) * 256 > ${kept}`,
    );
    await log.tamper(
      `CREATE TABLE public.head AS SELECT * FROM registry.log_checkpoint WHERE size > ${kept}`,
    );
  }

  /** The operator does what the refusal asks for: the later backup comes back, and what came since waits again. */
  async function restore(kept: number): Promise<void> {
    await log.tamper(`DELETE FROM registry.log_entry WHERE index >= $1`, [kept]);
    await log.tamper(`DELETE FROM registry.log_node WHERE level = 0 AND index >= $1`, [kept]);
    await log.tamper(`DELETE FROM registry.log_node WHERE level = 1 AND (index + 1) * 256 > $1`, [kept]);
    await log.tamper(`INSERT INTO registry.log_entry SELECT * FROM public.entry`);
    await log.tamper(`INSERT INTO registry.log_node SELECT * FROM public.node`);
    await log.tamper(`DELETE FROM registry.log_checkpoint WHERE size > $1`, [kept]);
    await log.tamper(`INSERT INTO registry.log_checkpoint SELECT * FROM public.head`);
  }
});
