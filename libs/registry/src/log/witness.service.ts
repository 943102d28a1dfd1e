import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { CLOCK, CONFIG, Database, UnitOfWork, type Config } from '#platform';
import { readCheckpoint } from './core/checkpoint.js';
import { cosign } from './core/cosignature.js';
import { noteOf, readVkey, type VerifierKey } from './core/note.js';
import { judge, originOf, readAddCheckpoint, type WitnessAnswer } from './core/witness.js';
import { LogKeyFile } from './log-key.file.js';

export type Witnessed =
  Exclude<WitnessAnswer, { status: 200 }> | { readonly status: 200; readonly line: string };

/** Witnesses the logs of other instances: cosigns a head that follows the one it cosigned last, and no other. */
@Injectable()
export class WitnessService {
  private readonly logs: readonly VerifierKey[];

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly file: LogKeyFile,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.logs = config.registryWitnessedLogs.map(readVkey);
  }

  /**
   * @param body as c2sp.org/tlog-witness has it
   * @throws LogFormatError for what is no such request
   */
  async addCheckpoint(body: string): Promise<Witnessed> {
    const request = readAddCheckpoint(body);
    const origin = originOf(request);
    if (!this.logs.some(({ name }) => name === origin) || !this.file.exists()) return { status: 404 };
    const { witness } = this.file.keys();
    return this.unitOfWork.run(async (tx) => {
      // One at a time for each log: comparing with the last head and storing the next are one step.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 4120779))`, [origin]);
      const [row] = await tx.query<{ note: string }>(
        `SELECT note FROM registry.witnessed_log WHERE origin = $1`,
        [origin],
      );
      const answer = judge(request, this.logs, row ? readCheckpoint(row.note) : null);
      if (answer.status !== 200) return answer;
      const { note, size } = answer.checkpoint;
      const line = cosign(note.text, witness, Math.floor(this.clock.now().getTime() / 1000));
      const own = note.signatures.filter(({ name, keyId }) =>
        this.logs.some((key) => key.name === name && key.id === keyId),
      );
      await tx.execute(
        `INSERT INTO registry.witnessed_log (origin, size, note, seen_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (origin) DO UPDATE SET size = $2, note = $3, seen_at = $4`,
        [origin, size, noteOf(note.text, [...own.map((each) => each.line), line]), tx.now],
      );
      return { status: 200, line };
    });
  }

  /** The last head that was cosigned for the log whose origin has that SHA-256, in hexadecimal digits. */
  async lastHead(originHash: string): Promise<string | null> {
    const log = this.logs.find(({ name }) => createHash('sha256').update(name).digest('hex') === originHash);
    if (!log) return null;
    const row = await this.database.queryOne<{ note: string }>(
      `SELECT note FROM registry.witnessed_log WHERE origin = $1`,
      [log.name],
    );
    return row?.note ?? null;
  }
}
