import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Clock } from '#kernel';
import { CLOCK, Database, LOGGER, LogLeaves, UnitOfWork, type Logger } from '#platform';
import { LogClockwork, LogReader, WitnessRequests } from '#registry';
import { cosignaturesOf } from '../../libs/registry/src/log/core/cosignature.js';
import { readCheckpoint } from '../../libs/registry/src/log/core/checkpoint.js';
import { readVkey } from '../../libs/registry/src/log/core/note.js';
import { proveConsistency } from '../../libs/registry/src/log/core/proofs.js';
import { addCheckpointText } from '../../libs/registry/src/log/core/witness.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('an instance that witnesses another', () => {
  let log: TestApp;
  let witness: TestApp;
  let requests: WitnessRequests;
  let vkey: string;

  beforeAll(async () => {
    log = await startTestApp({ environment: { REGISTRY_LOG_ORIGIN: 'a.test/log' } });
    await grow(2);
    const [logKey = ''] = await keysOf(log);
    witness = await startTestApp({
      environment: { REGISTRY_LOG_ORIGIN: 'b.test/log', REGISTRY_WITNESSED_LOGS: logKey },
    });
    await witness.worker?.get(LogClockwork).round();
    vkey = (await keysOf(witness))[1] ?? '';
    const worker = log.worker;
    if (!worker) throw new Error('A worker is needed.');
    requests = new WitnessRequests(
      { ...log.config, registryWitnesses: [{ vkey, address: `${witness.url}/witness` }] },
      worker.get(Database),
      worker.get(LogReader, { strict: false }),
      worker.get<Clock>(CLOCK),
      worker.get<Logger>(LOGGER),
    );
  });

  afterAll(async () => {
    await witness.close();
    await log.close();
  });

  let documents = 0;
  async function grow(count: number): Promise<void> {
    const leaves = log.worker?.get(LogLeaves, { strict: false });
    await log.worker?.get(UnitOfWork).run(async (tx) => {
      for (let each = 0; each < count; each += 1) {
        documents += 1;
        await leaves?.append(tx, {
          kind: 'pool-rule',
          subject: 's',
          number: documents,
          document: `{"n":${documents}}`,
        });
      }
    });
    await log.worker?.get(LogClockwork).round();
  }

  async function keysOf(app: TestApp): Promise<string[]> {
    await app.worker?.get(LogClockwork).round();
    return (await (await fetch(`${app.url}/log/vkey`)).text()).trim().split('\n');
  }

  const headNote = async (): Promise<string> => (await fetch(`${log.url}/log/checkpoint`)).text();

  async function post(
    body: string,
    type = 'text/plain',
  ): Promise<{ status: number; type: string; text: string }> {
    const response = await fetch(`${witness.url}/witness/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  }

  it('cosigns each head that follows the last one, and the log shows who did', async () => {
    expect(await requests.run()).toBe(1);
    expect(await requests.run()).toBe(0);
    await grow(3);
    expect(await requests.run()).toBe(1);
    const head = readCheckpoint(await headNote());
    expect(head.size).toBe(5);
    expect(cosignaturesOf(head.note.text, head.note.signatures, [readVkey(vkey)])).toHaveLength(1);
    const page = await (await fetch(`${log.url}/verify`)).text();
    expect(page).toContain('<strong>b.test/log</strong>');
    const hash = createHash('sha256').update('a.test/log').digest('hex');
    const seen = await fetch(`${witness.url}/witness/${hash}/checkpoint`);
    expect(readCheckpoint(await seen.text()).note.signatures).toHaveLength(2);
    expect((await fetch(`${witness.url}/witness/${'0'.repeat(64)}/checkpoint`)).status).toBe(404);
  });

  it('refuses what the specification refuses, and cosigns nothing then', async () => {
    const note = await headNote();
    const before = await witness.app.get(Database).query(`SELECT * FROM registry.witnessed_log`);
    const reader = log.app.get(LogReader, { strict: false });
    const proof = await proveConsistency(reader.tree(5), 2, 5);
    expect(await post(addCheckpointText({ old: 2, proof, note }))).toEqual({
      status: 409,
      type: 'text/x.tlog.size',
      text: '5\n',
    });
    expect((await post(addCheckpointText({ old: 0, proof: [], note }))).status).toBe(409);
    expect((await post(addCheckpointText({ old: 6, proof: [], note }))).status).toBe(400);
    expect((await post('old 05\n\n')).status).toBe(400);
    expect((await post('')).status).toBe(400);
    expect((await post(addCheckpointText({ old: 5, proof, note }))).status).toBe(422);
    expect(
      (
        await post(
          addCheckpointText({ old: 5, proof: [], note: note.replace('a.test/log\n', 'c.test/log\n') }),
        )
      ).status,
    ).toBe(404);
    expect(
      (await post(addCheckpointText({ old: 5, proof: [], note: note.replace('\n5\n', '\n6\n') }))).status,
    ).toBe(403);
    expect((await post(addCheckpointText({ old: 5, proof: [], note }))).status).toBe(200);
    const after = await witness.app.get(Database).query(`SELECT * FROM registry.witnessed_log`);
    expect(after.map((row) => (row as { size: bigint }).size)).toEqual(
      before.map((row) => (row as { size: bigint }).size),
    );
  });

  it('lets only one of two that race pass from one size to the next', async () => {
    await grow(1);
    const note = (await headNote()).split('\n').slice(0, 5).join('\n') + '\n';
    const proof = await proveConsistency(log.app.get(LogReader, { strict: false }).tree(6), 5, 6);
    const body = addCheckpointText({ old: 5, proof, note });
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });
});
