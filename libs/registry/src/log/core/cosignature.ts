import { concat, LogFormatError, uint64, utf8, type Bytes } from './bytes.js';
import {
  ed25519Sign,
  ed25519Verify,
  publicKeyOf,
  signatureLine,
  SIGNATURE_TYPES,
  type NoteSignature,
  type SigningKey,
  type VerifierKey,
} from './note.js';

const TIMESTAMP_BYTES = 8;

/** c2sp.org/tlog-cosignature, Ed25519: what a witness signs, over the checkpoint's text. */
function cosignedMessage(text: string, seconds: number): Bytes {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
}

/**
 * A line for the checkpoint's note.
 * @param seconds since 1970, above zero
 */
export function cosign(text: string, key: SigningKey, seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds <= 0) throw new LogFormatError('A cosignature has a time.');
  const signature = ed25519Sign(key, cosignedMessage(text, seconds));
  return signatureLine(publicKeyOf(key, SIGNATURE_TYPES.cosignature), concat(uint64(seconds), signature));
}

/** When the witness saw this checkpoint, in seconds since 1970; null when the signature does not verify. */
export function cosignatureTime(key: VerifierKey, text: string, signature: Bytes): number | null {
  if (key.type !== SIGNATURE_TYPES.cosignature || signature.length !== TIMESTAMP_BYTES + 64) return null;
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (time <= 0n || time > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const seconds = Number(time);
  return ed25519Verify(key, cosignedMessage(text, seconds), signature.subarray(TIMESTAMP_BYTES))
    ? seconds
    : null;
}

export interface Cosignature {
  readonly witness: VerifierKey;
  readonly seconds: number;
  readonly line: string;
}

/** The cosignatures of known witnesses. @throws LogFormatError when one that claims a known key does not verify */
export function cosignaturesOf(
  text: string,
  signatures: readonly NoteSignature[],
  witnesses: readonly VerifierKey[],
): Cosignature[] {
  return witnesses.flatMap((witness) =>
    signatures
      .filter(({ name, keyId }) => name === witness.name && keyId === witness.id)
      .map(({ signature, line }) => {
        const seconds = cosignatureTime(witness, text, signature);
        if (seconds === null) throw new LogFormatError(`The cosignature of ${witness.name} does not verify.`);
        return { witness, seconds, line };
      }),
  );
}
