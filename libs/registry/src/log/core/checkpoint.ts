import { base64Of, bytesOfBase64, LogFormatError, numberOf } from './bytes.js';
import { HASH_BYTES, type Hash } from './merkle.js';
import {
  readNote,
  signNote,
  verifyNote,
  type SignedNote,
  type SigningKey,
  type VerifierKey,
} from './note.js';

/** c2sp.org/tlog-checkpoint: a tree's head, as a log signs it. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Opaque lines that others may add; ours has none. */
  readonly extensions: readonly string[];
}

export interface SignedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
}

/** The same head gives the same text: there is no time in it, so it can be signed again without becoming another. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), base64Of(root), ...extensions, ''].join('\n');
}

/** @throws LogFormatError */
export function readCheckpointText(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new LogFormatError('A checkpoint ends with a newline.');
  const [origin, size, root, ...extensions] = lines;
  if (!origin || size === undefined || root === undefined || extensions.includes(''))
    throw new LogFormatError('A checkpoint is an origin, a size and a root, each on a line of its own.');
  const hash = bytesOfBase64(root);
  if (hash.length !== HASH_BYTES) throw new LogFormatError('The root of a checkpoint has 32 bytes.');
  return { origin, size: numberOf(size, 'The size of the checkpoint'), root: hash, extensions };
}

export function signCheckpoint(checkpoint: Checkpoint, keys: readonly SigningKey[]): string {
  return signNote(checkpointText(checkpoint), keys);
}

/** Reads without believing. @throws LogFormatError */
export function readCheckpoint(note: string): SignedCheckpoint {
  const read = readNote(note);
  return { ...readCheckpointText(read.text), note: read };
}

/**
 * Reads and believes: of that origin, and signed by a key that is known.
 * @throws LogFormatError
 */
export function openCheckpoint(note: string, origin: string, keys: readonly VerifierKey[]): SignedCheckpoint {
  const checkpoint = readCheckpoint(note);
  if (checkpoint.origin !== origin)
    throw new LogFormatError(`This checkpoint is of ${checkpoint.origin}, not of ${origin}.`);
  verifyNote(checkpoint.note, keys);
  return checkpoint;
}
