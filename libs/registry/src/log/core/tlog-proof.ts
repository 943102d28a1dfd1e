import { base64Of, bytesOfBase64, LogFormatError, numberOf } from './bytes.js';
import { openCheckpoint, readCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { HASH_BYTES, type Hash } from './merkle.js';
import type { VerifierKey } from './note.js';
import { verifyInclusion } from './proofs.js';

const HEAD = 'c2sp.org/tlog-proof@v1';
const PATH_HASHES_MAX = 63;

/** c2sp.org/tlog-proof: that a leaf stands in a log, for those who are offline. */
export interface TlogProof {
  /** Opaque, and proven by nothing; null when there is none. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed checkpoint, as it was served. */
  readonly checkpoint: string;
}

export function tlogProofText({ extra, index, path, checkpoint }: TlogProof): string {
  const lines = [HEAD];
  if (extra) lines.push(`extra ${base64Of(extra)}`);
  lines.push(`index ${index}`, ...path.map(base64Of), '');
  return `${lines.join('\n')}\n${checkpoint}`;
}

/** @throws LogFormatError */
export function readTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  const lines = end < 0 ? [] : text.slice(0, end).split('\n');
  if (lines.shift() !== HEAD) throw new LogFormatError('This is no proof of c2sp.org/tlog-proof@v1.');
  const extra = lines[0]?.startsWith('extra ') ? bytesOfBase64((lines.shift() ?? '').slice(6)) : null;
  const index = lines.shift();
  if (!index?.startsWith('index '))
    throw new LogFormatError('This proof does not say which entry it is about.');
  if (lines.length > PATH_HASHES_MAX) throw new LogFormatError('This proof is longer than any can be.');
  const path = lines.map((line) => {
    const hash = bytesOfBase64(line);
    if (hash.length !== HASH_BYTES) throw new LogFormatError('A hash in this proof has not 32 bytes.');
    return hash;
  });
  const checkpoint = text.slice(end + 2);
  readCheckpoint(checkpoint);
  return { extra, index: numberOf(index.slice(6), 'The index'), path, checkpoint };
}

/**
 * Whether the proof binds the leaf to a tree that the log has signed. The size of the tree is bound by the signature.
 * @returns the checkpoint
 * @throws LogFormatError that says what does not hold
 */
export function openTlogProof(
  proof: TlogProof,
  leaf: Hash,
  log: { readonly origin: string; readonly keys: readonly VerifierKey[] },
): SignedCheckpoint {
  const checkpoint = openCheckpoint(proof.checkpoint, log.origin, log.keys);
  if (!verifyInclusion({ index: proof.index, hash: leaf }, checkpoint, proof.path))
    throw new LogFormatError('This entry does not stand in the log at that place.');
  return checkpoint;
}
