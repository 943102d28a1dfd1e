import { LogFormatError, textOf } from '../log/core/bytes.js';
import { openCheckpoint, readCheckpoint, type SignedCheckpoint } from '../log/core/checkpoint.js';
import { cosignaturesOf } from '../log/core/cosignature.js';
import { readVkey, SIGNATURE_TYPES, verifyNote, vkeyText, type VerifierKey } from '../log/core/note.js';
import { SiteError, type Site } from './site.js';

/** What is remembered of a log between two checks: enough to notice if it is ever taken back. */
export interface SeenLog {
  readonly format: 'commonwright.seen-log/1';
  readonly origin: string;
  /** The keys that are believed: those of the first check, and those that a believed key introduced. */
  readonly vkeys: readonly string[];
  /** The last checkpoint that was found good, as it was signed. */
  readonly checkpoint: string;
}

export interface OpenedHead {
  readonly head: SignedCheckpoint;
  /** As it was served. */
  readonly note: string;
  readonly keys: readonly VerifierKey[];
  /** Keys that were not known before. */
  readonly introduced: readonly VerifierKey[];
  readonly witnesses: readonly { readonly name: string; readonly seconds: number }[];
}

/** @throws LogFormatError when the text is not what `rememberedText` wrote */
export function readSeenLog(text: string): SeenLog {
  const value = parsed(text) as Partial<SeenLog> | null;
  const { format, origin, vkeys, checkpoint } = value ?? {};
  if (
    format !== 'commonwright.seen-log/1' ||
    typeof origin !== 'string' ||
    !Array.isArray(vkeys) ||
    typeof checkpoint !== 'string'
  )
    throw new LogFormatError('What was remembered of this log cannot be read.');
  const seen = { format, origin, vkeys: vkeys.map(String), checkpoint } as const;
  openCheckpoint(checkpoint, origin, seen.vkeys.map(readVkey));
  return seen;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function seenText(seen: SeenLog): string {
  return JSON.stringify(seen, null, 2);
}

/**
 * Fetches the log's head and believes it if a key says so that was believed before; the first time, whichever keys the
 * site names. A new key is taken up when it signed beside an old one.
 * @param witnesses keys of witnesses that the reader trusts
 * @throws LogFormatError when the head is not to be believed
 */
export async function openHead(
  site: Site,
  seen: SeenLog | null,
  witnesses: readonly VerifierKey[],
): Promise<OpenedHead> {
  const [named, answer] = await Promise.all([site.get('/log/vkey'), site.get('/log/checkpoint')]);
  if (named.status !== 200 || answer.status !== 200)
    throw new SiteError(`${site.address} has no public log (${named.status}, ${answer.status}).`);
  const offered = textOf(named.bytes).trimEnd().split('\n').map(readVkey);
  const offeredForLog = offered.filter(({ type }) => type === SIGNATURE_TYPES.ed25519);
  const known = seen?.vkeys.map(readVkey) ?? offeredForLog;
  const note = textOf(answer.bytes);
  const origin = seen?.origin ?? readCheckpoint(note).origin;
  const head = openCheckpoint(note, origin, known);
  const signed = verifyNote(head.note, [...known, ...offeredForLog.filter((key) => !has(known, key))]);
  const introduced = signed.filter((key) => !has(known, key));
  return {
    head,
    note,
    keys: [...known, ...introduced],
    introduced,
    witnesses: cosignaturesOf(head.note.text, head.note.signatures, witnesses).map(
      ({ witness, seconds }) => ({
        name: witness.name,
        seconds,
      }),
    ),
  };
}

/** What is to be remembered of a head that was found good. */
export function remembered({ head, note, keys }: OpenedHead): SeenLog {
  return {
    format: 'commonwright.seen-log/1',
    origin: head.origin,
    vkeys: keys.map(vkeyText),
    checkpoint: note,
  };
}

function has(keys: readonly VerifierKey[], key: VerifierKey): boolean {
  return keys.some(({ name, id }) => name === key.name && id === key.id);
}
