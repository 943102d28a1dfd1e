import { getPublicKey, hashes, sign, verify } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { base64Of, bytesOfBase64, concat, hexOf, LogFormatError, textOf, utf8, type Bytes } from './bytes.js';
import { sha256Of } from './merkle.js';

hashes.sha512 = sha512;

/** c2sp.org/signed-note: which algorithm a key signs with. */
export const SIGNATURE_TYPES = { ed25519: 0x01, cosignature: 0x04 } as const;
export type SignatureType = (typeof SIGNATURE_TYPES)[keyof typeof SIGNATURE_TYPES];

const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
/** At least 16 must be read; post-quantum ones are long, and are passed by unread. */
const SIGNATURES_MAX = 64;
const NOTE_CHARS_MAX = 1_000_000;
const DASH = '\u2014';

/** A public key with the name it signs under. */
export interface VerifierKey {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly id: string;
  readonly type: SignatureType;
  readonly publicKey: Bytes;
}

/** A secret key: the 32 bytes of RFC 8032, with the name it signs under. */
export interface SigningKey {
  readonly name: string;
  readonly seed: Bytes;
}

export interface NoteSignature {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  /** What follows the key's id. */
  readonly signature: Bytes;
  /** The line as it stands in the note, without its newline. */
  readonly line: string;
}

export interface SignedNote {
  /** What is signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Non-empty, without Unicode spaces and plus signs. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && !/[+\p{White_Space}\p{Cc}\p{Cs}]/u.test(name);
}

export function verifierKey(name: string, type: SignatureType, publicKey: Bytes): VerifierKey {
  if (!isKeyName(name)) throw new LogFormatError('A key’s name holds no spaces and no plus sign.');
  if (publicKey.length !== KEY_BYTES) throw new LogFormatError('An Ed25519 key has 32 bytes.');
  const id = sha256Of(concat(utf8(`${name}\n`), new Uint8Array([type]), publicKey)).subarray(0, KEY_ID_BYTES);
  return { name, id: hexOf(id), type, publicKey };
}

export function publicKeyOf(key: SigningKey, type: SignatureType = SIGNATURE_TYPES.ed25519): VerifierKey {
  return verifierKey(key.name, type, getPublicKey(key.seed));
}

/** `<name>+<id>+<base64 of type and key>` */
export function vkeyText({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${base64Of(concat(new Uint8Array([type]), publicKey))}`;
}

/** @throws LogFormatError for what is no vkey of Ed25519, and for an id that is not the key's */
export function readVkey(text: string): VerifierKey {
  const [name = '', id = '', ...rest] = text.split('+');
  const material = bytesOfBase64(rest.join('+'));
  const type = [SIGNATURE_TYPES.ed25519, SIGNATURE_TYPES.cosignature].find((known) => known === material[0]);
  if (type === undefined) throw new LogFormatError('This key is of a kind that is not known here.');
  const key = verifierKey(name, type, material.subarray(1));
  if (key.id !== id) throw new LogFormatError('The id in this key is not that of the key.');
  return key;
}

export function ed25519Verify(key: VerifierKey, message: Bytes, signature: Bytes): boolean {
  try {
    // ZIP-215 rules off: the strict reading of RFC 8032, so that everybody answers alike.
    return signature.length === 64 && verify(signature, message, key.publicKey, { zip215: false });
  } catch {
    return false;
  }
}

export function ed25519Sign(key: SigningKey, message: Bytes): Bytes {
  return sign(message, key.seed);
}

/** A line of a note: `— <name> <base64 of key id and signature>`, without its newline. */
export function signatureLine(key: VerifierKey, signature: Bytes): string {
  const id = Uint8Array.from(key.id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `${DASH} ${key.name} ${base64Of(concat(id, signature))}`;
}

/** @throws LogFormatError */
export function readSignatureLine(line: string): NoteSignature {
  const match = new RegExp(`^${DASH} ([^ ]+) ([A-Za-z0-9+/]+={0,2})$`, 'u').exec(line);
  const [, name = '', encoded = ''] = match ?? [];
  if (!match || !isKeyName(name)) throw new LogFormatError('This is no line of a signature.');
  const bytes = bytesOfBase64(encoded);
  if (bytes.length <= KEY_ID_BYTES) throw new LogFormatError('This signature is too short.');
  return {
    name,
    keyId: hexOf(bytes.subarray(0, KEY_ID_BYTES)),
    signature: bytes.subarray(KEY_ID_BYTES),
    line,
  };
}

/** @param text ends with a newline */
export function signNote(text: string, keys: readonly SigningKey[]): string {
  assertNoteText(text);
  const lines = keys.map((key) => signatureLine(publicKeyOf(key), ed25519Sign(key, utf8(text))));
  return noteOf(text, lines);
}

export function noteOf(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** Reads a note without believing it: signatures are checked by `verifyNote`. @throws LogFormatError */
export function readNote(note: string | Bytes): SignedNote {
  const whole = typeof note === 'string' ? note : textOf(note);
  if (whole.length > NOTE_CHARS_MAX) throw new LogFormatError('This note is too long.');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0) throw new LogFormatError('This note has no signatures.');
  const text = whole.slice(0, end + 1);
  assertNoteText(text);
  const rest = whole.slice(end + 2);
  if (!rest.endsWith('\n')) throw new LogFormatError('This note does not end with a newline.');
  const lines = rest.slice(0, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) throw new LogFormatError('This note has too many signatures.');
  return { text, signatures: lines.map(readSignatureLine) };
}

function assertNoteText(text: string): void {
  const holdsControl = [...text].some((letter) => letter < ' ' && letter !== '\n');
  if (!text.endsWith('\n') || holdsControl || /\p{Cs}/u.test(text))
    throw new LogFormatError('The text of a note ends with a newline and holds no control characters.');
}

/**
 * The known keys whose signatures the note bears.
 * @param check verifies one signature; notes are signed by Ed25519 over their text
 * @throws LogFormatError when a signature that claims a known key does not verify, or no known key signed
 */
export function verifyNote(
  note: SignedNote,
  keys: readonly VerifierKey[],
  check: (key: VerifierKey, text: string, signature: Bytes) => boolean = checkText,
): VerifierKey[] {
  const found = keys.filter((key) => {
    const claimed = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.id);
    if (claimed.some(({ signature }) => !check(key, note.text, signature)))
      throw new LogFormatError(`The signature of ${key.name} does not verify.`);
    return claimed.length > 0;
  });
  if (found.length === 0) throw new LogFormatError('No key that is known here has signed this.');
  return found;
}

function checkText(key: VerifierKey, text: string, signature: Bytes): boolean {
  return key.type === SIGNATURE_TYPES.ed25519 && ed25519Verify(key, utf8(text), signature);
}
