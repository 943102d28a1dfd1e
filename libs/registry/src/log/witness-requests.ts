import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { CLOCK, CONFIG, Database, LOGGER, type Config, type Logger } from '#platform';
import { LogFormatError } from './core/bytes.js';
import { cosignaturesOf } from './core/cosignature.js';
import { readNote, readSignatureLine, readVkey, type VerifierKey } from './core/note.js';
import { proveConsistency } from './core/proofs.js';
import { addCheckpointText } from './core/witness.js';
import { LogReader, type PublishedHead } from './log.reader.js';

const ANSWER_MILLISECONDS = 10_000;

/** Has the configured witnesses cosign the newest head. What one of them does not answer is asked again later. */
@Injectable()
export class WitnessRequests {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly reader: LogReader,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns how many cosignatures came in */
  async run(): Promise<number> {
    if (this.config.registryWitnesses.length === 0) return 0;
    const head = await this.reader.head();
    if (!head) return 0;
    let came = 0;
    for (const { vkey, address } of this.config.registryWitnesses) {
      const witness = readVkey(vkey);
      if (head.witnesses.some(({ name }) => name === witness.name)) continue;
      try {
        await this.ask(witness, address, head);
        came += 1;
      } catch (error) {
        this.logger.warn(
          { err: error, witness: witness.name },
          'a witness did not cosign; it is asked again',
        );
      }
    }
    return came;
  }

  private async ask(witness: VerifierKey, address: string, head: PublishedHead): Promise<void> {
    const row = await this.database.queryOne<{ size: bigint | null }>(
      `SELECT max(size) AS size FROM registry.log_cosignature WHERE witness = $1`,
      [witness.name],
    );
    let answer = await this.post(address, head, Number(row?.size ?? 0));
    // It knows best what it cosigned last.
    if (answer.status === 409) answer = await this.post(address, head, Number((await answer.text()).trim()));
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}.`);
    const lines = (await answer.text()).trimEnd().split('\n').map(readSignatureLine);
    const [cosignature] = cosignaturesOf(readNote(head.note).text, lines, [witness]);
    if (!cosignature) throw new LogFormatError('The answer holds no cosignature of this witness.');
    await this.database.query(
      `INSERT INTO registry.log_cosignature (size, witness, line, received_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [head.size, witness.name, cosignature.line, this.clock.now()],
    );
  }

  private async post(address: string, { size, note }: PublishedHead, old: number): Promise<Response> {
    if (!Number.isSafeInteger(old) || old < 0 || old > size)
      throw new LogFormatError(`The witness has seen ${old} entries of this log, which has ${size}.`);
    const proof = old > 0 ? await proveConsistency(this.reader.tree(size), old, size) : [];
    return fetch(`${address}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: addCheckpointText({ old, proof, note }),
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    });
  }
}
