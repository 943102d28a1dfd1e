import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { z } from 'zod';
import { base64Of, bytesOfBase64 } from './core/bytes.js';
import { isKeyName, type SigningKey } from './core/note.js';

const OWNER_ONLY = 0o600;

const keyFile = z.strictObject({
  format: z.literal('commonwright.log-key/1'),
  /** Signed into every head; it never changes. */
  origin: z.string().refine(isKeyName),
  /** Every head is signed by each of them: the first is the newest. */
  seeds: z.array(z.string()).min(1).max(8),
  /** Cosigns the heads of other logs; a key of its own, as the specification demands. */
  witnessSeed: z.string(),
});

const headFile = z.strictObject({
  format: z.literal('commonwright.log-head/1'),
  size: z.number().int().min(0),
  /** The signed head; empty until the first was signed. */
  note: z.string(),
});

export interface LogKeys {
  readonly origin: string;
  readonly signing: readonly SigningKey[];
  readonly witness: SigningKey;
}

/** What was signed last. */
export interface SignedHead {
  readonly size: number;
  readonly note: string;
}

/** Thrown when the log must not go on by itself; the sentence says what a person has to do. */
export class LogRefusal extends Error {
  override readonly name = 'LogRefusal';
}

/**
 * The log's secret keys and, beside them in `<file>.head`, the last head that was signed with them. Both stand outside of
 * the database, so that a restored database cannot take them back in time with it.
 */
export class LogKeyFile {
  constructor(readonly path: string) {}

  get headPath(): string {
    return `${this.path}.head`;
  }

  exists(): boolean {
    return existsSync(this.path);
  }

  /** @throws LogRefusal when the file cannot be understood */
  keys(): LogKeys {
    const { origin, seeds, witnessSeed } = this.read();
    return {
      origin,
      signing: seeds.map((seed) => ({ name: origin, seed: bytesOfBase64(seed) })),
      witness: { name: origin, seed: bytesOfBase64(witnessSeed) },
    };
  }

  /** Makes new keys, readable by this user alone. @param head what the log has signed so far, if anything */
  create(origin: string, head: SignedHead = { size: 0, note: '' }): LogKeys {
    mkdirSync(dirname(this.path), { recursive: true });
    // The head first: a key without its head is refused, a head without its key is only made anew.
    this.writeHead(head);
    this.write({ format: 'commonwright.log-key/1', origin, seeds: [newSeed()], witnessSeed: newSeed() });
    return this.keys();
  }

  /** Adds a key, which signs beside the others from the next head on. */
  add(): void {
    const file = this.read();
    this.write({ ...file, seeds: [newSeed(), ...file.seeds] });
  }

  /** Leaves only the newest key. */
  retire(): void {
    const file = this.read();
    this.write({ ...file, seeds: file.seeds.slice(0, 1) });
  }

  /** @throws LogRefusal when it is missing or damaged: without it nothing keeps two heads of one size apart */
  head(): SignedHead {
    let text: string;
    try {
      text = readFileSync(this.headPath, 'utf8');
    } catch {
      throw new LogRefusal(
        `${this.headPath} is missing: it says which head of the log was signed last. Put it back as it was, or, if it ` +
          'is lost for good, accept the last published head as the last one: npm run log:key -- accept-database.',
      );
    }
    const { size, note } = parsed(headFile, text, this.headPath);
    return { size, note };
  }

  /** Durable before it returns: a signature may leave only when it is remembered. */
  writeHead({ size, note }: SignedHead): void {
    durably(this.headPath, JSON.stringify({ format: 'commonwright.log-head/1', size, note }));
  }

  private read(): z.infer<typeof keyFile> {
    return parsed(keyFile, readFileSync(this.path, 'utf8'), this.path);
  }

  private write(file: z.infer<typeof keyFile>): void {
    durably(this.path, `${JSON.stringify(file, null, 2)}\n`);
  }
}

function newSeed(): string {
  return base64Of(randomBytes(32));
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string, path: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new LogRefusal(`${path} is damaged. Put back a copy of it that is whole.`);
  }
}

/** Written beside, made durable, and moved over: after a crash there is the old file or the new one. */
function durably(path: string, text: string): void {
  const fresh = `${path}.new`;
  const file = openSync(fresh, 'w', OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
