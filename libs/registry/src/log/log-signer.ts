import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { BorrowedClient, CLOCK, Database } from '#platform';
import { equalBytes } from './core/bytes.js';
import { readCheckpoint, signCheckpoint } from './core/checkpoint.js';
import { publicKeyOf, SIGNATURE_TYPES, vkeyText } from './core/note.js';
import { rootOfSize } from './core/proofs.js';
import { LogKeyFile, LogRefusal, type LogKeys, type SignedHead } from './log-key.file.js';
import { LOG_ORIGIN, type LogOrigin } from './log-origin.js';
import { LogReader } from './log.reader.js';

const SIGNER_LOCK = 4_120_778;

/**
 * Signs and publishes the log's head. The tree is committed before; a head is remembered on disk before it leaves; it is
 * in the database last. Whatever is cut off in between is taken up where it was, and comes to the same bytes.
 *
 * Before each signature the database is compared with the last head on disk: one that has fewer entries, or other ones,
 * was restored or changed, and another head of the same size would be a fork that nobody could take back.
 */
@Injectable()
export class LogSigner {
  constructor(
    private readonly database: Database,
    private readonly reader: LogReader,
    private readonly file: LogKeyFile,
    @Inject(LOG_ORIGIN) private readonly origin: LogOrigin,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the size of the published head; null while another worker signs
   * @throws LogRefusal that says what to do
   */
  async publish(): Promise<number | null> {
    const borrowed = await BorrowedClient.from(this.database.pool);
    const locked = async (name: string): Promise<boolean> => {
      const { rows } = await borrowed.client.query<{ done: boolean }>(`SELECT ${name}($1) AS done`, [
        SIGNER_LOCK,
      ]);
      return rows[0]?.done ?? false;
    };
    try {
      if (!(await locked('pg_try_advisory_lock'))) return null;
      try {
        return await this.sign();
      } finally {
        await locked('pg_advisory_unlock').catch((error: unknown) => borrowed.fail(error as Error));
      }
    } finally {
      borrowed.giveBack();
    }
  }

  private async sign(): Promise<number> {
    const keys = await this.keys();
    const [last, published] = [this.lastSigned(keys), await this.reader.head()];
    const size = await this.reader.sequenced();
    await this.assertGrown(last, size);
    if (published && published.size > last.size) throw headIsBehind(this.file, last, published.size);
    const signed = last.note !== '' && last.size === size ? last : await this.signNext(keys, size);
    if (published?.size !== signed.size) await this.record(keys, signed);
    return signed.size;
  }

  /** The keys; made when this log has never signed anything. */
  private async keys(): Promise<LogKeys> {
    const { name, configured } = this.origin;
    if (!this.file.exists()) {
      if ((await this.reader.head()) !== null) {
        throw new LogRefusal(
          `${this.file.path} is missing, but this log has signed heads with a key. Put the key back from where it is ` +
            'kept. If it is lost for good, begin with a new one: npm run log:key -- new. Who follows the log will be told.',
        );
      }
      return this.file.create(name);
    }
    const keys = this.file.keys();
    if (configured && keys.origin !== name) {
      throw new LogRefusal(
        `REGISTRY_LOG_ORIGIN is ${name}, but this log has signed as ${keys.origin} since it began. Set it back: the ` +
          'origin is what others know the log by.',
      );
    }
    return keys;
  }

  /** The file stands where the key stands, so its own signature would prove nothing more. */
  private lastSigned(keys: LogKeys): SignedHead {
    const head = this.file.head();
    if (head.note === '') return head;
    const { origin, size } = readCheckpoint(head.note);
    if (origin === keys.origin && size === head.size) return head;
    throw new LogRefusal(
      `${this.file.headPath} is damaged, or of another log. Put back the one that belongs here.`,
    );
  }

  private async assertGrown({ size: signed, note }: SignedHead, size: number): Promise<void> {
    if (size < signed) {
      throw new LogRefusal(
        `The database has ${size} entries of the log, but a head over ${signed} was signed: it was restored from an ` +
          'older backup. Nothing is signed until it has them again. Restore a later backup (docs/operations.md, “The public log”).',
      );
    }
    if (note === '') return;
    const root = await rootOfSize(this.reader.tree(signed), signed).catch(() => null);
    if (root && equalBytes(root, readCheckpoint(note).root)) return;
    throw new LogRefusal(
      `The first ${signed} entries of the log in the database are not those that were signed. Somebody changed them, ` +
        'or it was restored and went on. Nothing is signed. Restore a backup that holds what was signed (docs/operations.md, “The public log”).',
    );
  }

  private async signNext(keys: LogKeys, size: number): Promise<SignedHead> {
    const root = await rootOfSize(this.reader.tree(size), size);
    const note = signCheckpoint({ origin: keys.origin, size, root, extensions: [] }, keys.signing);
    const signed = { size, note };
    this.file.writeHead(signed);
    return signed;
  }

  private async record(keys: LogKeys, { size, note }: SignedHead): Promise<void> {
    const now = this.clock.now();
    const vkeys = keys.signing.map((key) => [vkeyText(publicKeyOf(key)), 'log']);
    vkeys.push([vkeyText(publicKeyOf(keys.witness, SIGNATURE_TYPES.cosignature)), 'witness']);
    await this.database.query(
      `WITH keys AS (
         INSERT INTO registry.log_key (vkey, purpose, first_used_at)
         SELECT vkey, purpose, $3 FROM unnest($4::text[], $5::text[]) AS key (vkey, purpose) ON CONFLICT DO NOTHING)
       INSERT INTO registry.log_checkpoint (size, note, published_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [size, note, now, vkeys.map(([vkey]) => vkey), vkeys.map(([, purpose]) => purpose)],
    );
  }
}

function headIsBehind(file: LogKeyFile, last: SignedHead, published: number): LogRefusal {
  return new LogRefusal(
    `${file.headPath} says that ${last.size} was signed last, but the database has a signed head over ${published}: the ` +
      'file is older than the database. Put back the newer one, or accept the database: npm run log:key -- accept-database.',
  );
}
