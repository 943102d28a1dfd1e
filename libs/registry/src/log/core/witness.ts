import { base64Of, bytesOfBase64, equalBytes, LogFormatError, numberOf } from './bytes.js';
import { readCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { emptyRoot, HASH_BYTES, type Hash } from './merkle.js';
import { verifyNote, type VerifierKey } from './note.js';
import { verifyConsistency } from './proofs.js';

const PROOF_HASHES_MAX = 63;

/** c2sp.org/tlog-witness: what a log sends to have its newest head cosigned. */
export interface AddCheckpoint {
  /** The size of the head that the witness cosigned last, as the log believes; 0 for none. */
  readonly old: number;
  readonly proof: readonly Hash[];
  /** The signed head. */
  readonly note: string;
}

export function addCheckpointText({ old, proof, note }: AddCheckpoint): string {
  return [`old ${old}`, ...proof.map(base64Of), '', note].join('\n');
}

/** @throws LogFormatError */
export function readAddCheckpoint(text: string): AddCheckpoint {
  const end = text.indexOf('\n\n');
  const [first = '', ...lines] = end < 0 ? [] : text.slice(0, end).split('\n');
  if (!first.startsWith('old ')) throw new LogFormatError('The first line says “old” and a size.');
  if (lines.length > PROOF_HASHES_MAX) throw new LogFormatError('This proof is longer than any can be.');
  const proof = lines.map((line) => {
    const hash = bytesOfBase64(line);
    if (hash.length !== HASH_BYTES) throw new LogFormatError('A hash in this proof has not 32 bytes.');
    return hash;
  });
  return { old: numberOf(first.slice(4), 'The old size'), proof, note: text.slice(end + 2) };
}

export type WitnessAnswer =
  | { readonly status: 200; readonly checkpoint: SignedCheckpoint }
  | { readonly status: 400 | 403 | 404 | 422 }
  /** The witness has cosigned another size. */
  | { readonly status: 409; readonly size: number };

/**
 * Whether a witness may cosign: the head is the log's, and follows the one it cosigned last.
 * @param logs the keys of the logs that are witnessed; a key's name is the origin
 * @param latest the last head that was cosigned for that origin; null for none
 */
export function judge(
  request: AddCheckpoint,
  logs: readonly VerifierKey[],
  latest: SignedCheckpoint | null,
): WitnessAnswer {
  const opened = openFor(request, logs);
  if ('status' in opened) return opened;
  const { old, proof } = request;
  if (old > opened.size) return { status: 400 };
  if (old !== (latest?.size ?? 0)) return { status: 409, size: latest?.size ?? 0 };
  if (opened.size === 0 && !equalBytes(opened.root, emptyRoot())) return { status: 422 };
  const follows =
    latest === null || old === 0 ? proof.length === 0 : verifyConsistency(latest, opened, proof);
  return follows ? { status: 200, checkpoint: opened } : { status: 422 };
}

/** The origin is asked about before its signature is: a witness keeps a place for each log. */
export function originOf(request: AddCheckpoint): string {
  return readCheckpoint(request.note).origin;
}

function openFor(
  { note }: AddCheckpoint,
  logs: readonly VerifierKey[],
): SignedCheckpoint | { readonly status: 403 | 404 } {
  const checkpoint = readCheckpoint(note);
  const keys = logs.filter(({ name }) => name === checkpoint.origin);
  if (keys.length === 0) return { status: 404 };
  try {
    verifyNote(checkpoint.note, keys);
    return checkpoint;
  } catch (error) {
    if (error instanceof LogFormatError) return { status: 403 };
    throw error;
  }
}
