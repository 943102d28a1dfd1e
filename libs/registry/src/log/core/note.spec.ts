import { createHash, generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64Of, bytesOfBase64, hexOf, numberOf, utf8 } from './bytes.js';
import { canonicalText, readCanonical, type Json } from './canonical.js';
import { openCheckpoint, readCheckpoint, readCheckpointText, signCheckpoint } from './checkpoint.js';
import { cosign, cosignaturesOf } from './cosignature.js';
import { leafHash, nodeHash } from './merkle.js';
import {
  noteOf,
  publicKeyOf,
  readNote,
  readVkey,
  signNote,
  SIGNATURE_TYPES,
  verifyNote,
  vkeyText,
  type SigningKey,
} from './note.js';
import { openTlogProof, readTlogProof, tlogProofText } from './tlog-proof.js';

const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE_NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

const key = (name: string, fill: number): SigningKey => ({ name, seed: new Uint8Array(32).fill(fill) });
const LOG = key('log.example/cw', 7);
const WITNESS = key('witness.example/w1', 9);

describe('signed notes', () => {
  it('verify the example of the specification', () => {
    const known = readVkey(EXAMPLE_KEY);
    expect(vkeyText(known)).toBe(EXAMPLE_KEY);
    expect(verifyNote(readNote(EXAMPLE_NOTE), [known])).toEqual([known]);
    expect(readNote(EXAMPLE_NOTE).text).toBe('This is an example message.\n');
  });

  it('are signed as Node’s own Ed25519 does, with the key id that the specification computes', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const jwk = privateKey.export({ format: 'jwk' });
    const seed = new Uint8Array(Buffer.from(jwk.d ?? '', 'base64url'));
    const mine = { name: 'here.example/log', seed };
    const { publicKey, id } = publicKeyOf(mine);
    expect(Buffer.from(publicKey).toString('base64url')).toBe(jwk.x);
    const expected = createHash('sha256')
      .update('here.example/log\n')
      .update(Buffer.from([1]))
      .update(publicKey)
      .digest();
    expect(id).toBe(expected.subarray(0, 4).toString('hex'));
    const [signature] = readNote(signNote('Hello.\n', [mine])).signatures;
    const message = Buffer.from('Hello.\n');
    expect(Buffer.from(signature!.signature)).toEqual(sign(null, message, privateKey));
    expect(verify(null, message, createPublicKey(privateKey), signature!.signature)).toBe(true);
  });

  it('pass unknown keys by, and refuse a known one whose signature is false', () => {
    const note = signNote('Text.\n', [LOG, WITNESS]);
    const [log, witness] = [publicKeyOf(LOG), publicKeyOf(WITNESS)];
    expect(verifyNote(readNote(note), [log])).toEqual([log]);
    expect(verifyNote(readNote(note), [log, witness])).toHaveLength(2);
    expect(() => verifyNote(readNote(note), [publicKeyOf(key('log.example/cw', 8))])).toThrow('No key');
    expect(() => verifyNote(readNote(note.replace('Text', 'Next')), [log])).toThrow('does not verify');
  });

  it('may hold empty lines; the last one parts text from signatures', () => {
    const text = 'One.\n\nTwo.\n';
    expect(readNote(signNote(text, [LOG])).text).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['no signature', 'Text.\n\n'],
    ['no empty line', 'Text.\n— a b\n'],
    ['a control character', EXAMPLE_NOTE.replace('This', 'Th\tis')],
    ['no last newline', EXAMPLE_NOTE.slice(0, -1)],
    ['a hyphen for the dash', EXAMPLE_NOTE.replace('—', '-')],
    ['two spaces', EXAMPLE_NOTE.replace('foo U', 'foo  U')],
    ['loose base64', EXAMPLE_NOTE.replace('yaQM=', 'yaQN=')],
    ['missing padding', EXAMPLE_NOTE.replace('aQM=', 'aQM')],
    ['a plus in the name', EXAMPLE_NOTE.replace('.com/foo', '.com+foo')],
  ])('are refused with %s', (_what, note) => expect(() => readNote(note)).toThrow());

  it('refuse keys whose id is another’s, of another kind, or misnamed', () => {
    expect(() => readVkey(EXAMPLE_KEY.replace('530d903a', '530d903b'))).toThrow('id');
    expect(() => readVkey(`${EXAMPLE_KEY}A`)).toThrow();
    expect(() => readVkey('a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k')).toThrow();
    expect(() => readVkey('a+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k')).toThrow('kind');
  });
});

describe('checkpoints', () => {
  const head = { origin: LOG.name, size: 7, root: leafHash(utf8('x')), extensions: [] };

  it('say the same head in the same bytes, and are read back', () => {
    const note = signCheckpoint(head, [LOG]);
    expect(signCheckpoint(head, [LOG])).toBe(note);
    const read = openCheckpoint(note, LOG.name, [publicKeyOf(LOG)]);
    expect([read.size, hexOf(read.root)]).toEqual([7, hexOf(head.root)]);
    expect(() => openCheckpoint(note, 'other.example', [publicKeyOf(LOG)])).toThrow('not of other.example');
  });

  it('may bear lines of others', () => {
    const note = signCheckpoint({ ...head, extensions: ['more'] }, [LOG]);
    expect(readCheckpoint(note).extensions).toEqual(['more']);
  });

  it.each(['', 'o\n', 'o\n1\n', 'o\n01\nAA==\n', 'o\n1\nAA==\n', 'o\n-1\nAA==\n', 'o\n1.0\nAA==\n'])(
    'are not %j',
    (text) => expect(() => readCheckpointText(text)).toThrow(),
  );

  it('hold no empty line, no sign and no number that JavaScript would round', () => {
    const root = base64Of(head.root);
    expect(readCheckpointText(`o\n0\n${root}\n`).size).toBe(0);
    for (const text of [
      `o\n7\n${root}`,
      `o\n7\n${root}\n\n`,
      `\n7\n${root}\n`,
      `o\n+7\n${root}\n`,
      `o\n9007199254740993\n${root}\n`,
    ])
      expect(() => readCheckpointText(text)).toThrow();
  });
});

describe('cosignatures', () => {
  const note = signCheckpoint({ origin: LOG.name, size: 7, root: leafHash(utf8('x')), extensions: [] }, [
    LOG,
  ]);
  const text = readNote(note).text;
  const witness = publicKeyOf(WITNESS, SIGNATURE_TYPES.cosignature);

  it('sign the text behind a header and a time, as the specification spells it', () => {
    const line = cosign(text, WITNESS, 1_679_315_147);
    const read = readNote(noteOf(text, [...readNote(note).signatures.map((each) => each.line), line]));
    expect(cosignaturesOf(text, read.signatures, [witness])).toEqual([
      { witness, seconds: 1_679_315_147, line },
    ]);
    const bytes = read.signatures[1]!.signature;
    expect([...bytes.subarray(0, 8)]).toEqual([0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb]);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), witness.publicKey]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const message = Buffer.from(`cosignature/v1\ntime 1679315147\n${text}`);
    expect(verify(null, message, publicKey, bytes.subarray(8))).toBe(true);
    expect(verifyNote(read, [publicKeyOf(LOG)])).toHaveLength(1);
  });

  it('are refused over another text, at no time, and never count as the log’s signature', () => {
    const line = cosign(text, WITNESS, 5);
    const { signatures } = readNote(noteOf(text, [line]));
    expect(() => cosignaturesOf(text.replace('7', '8'), signatures, [witness])).toThrow('does not verify');
    expect(() => cosign(text, WITNESS, 0)).toThrow();
    expect(() => verifyNote(readNote(noteOf(text, [line])), [witness])).toThrow('does not verify');
  });
});

describe('tlog proofs', () => {
  const [a, b] = [leafHash(utf8('a')), leafHash(utf8('b'))];
  const checkpoint = signCheckpoint({ origin: LOG.name, size: 2, root: nodeHash(a, b), extensions: [] }, [
    LOG,
  ]);
  const proof = { extra: null, index: 1, path: [a], checkpoint };
  const log = { origin: LOG.name, keys: [publicKeyOf(LOG)] };

  it('are read as written, and bind the leaf to the signed tree', () => {
    const text = tlogProofText(proof);
    expect(text).toBe(`c2sp.org/tlog-proof@v1\nindex 1\n${base64Of(a)}\n\n${checkpoint}`);
    expect(readTlogProof(text)).toEqual(proof);
    expect(openTlogProof(readTlogProof(text), b, log).size).toBe(2);
    expect(() => openTlogProof(readTlogProof(text), a, log)).toThrow('at that place');
    const extra = { ...proof, extra: utf8('more') };
    expect(readTlogProof(tlogProofText(extra))).toEqual(extra);
  });

  it.each([
    ['another head', (text: string) => text.replace('@v1', '@v2')],
    ['no index', (text: string) => text.replace('index 1\n', '')],
    ['a leading zero', (text: string) => text.replace('index 1', 'index 01')],
    ['half a hash', (text: string) => text.replace(base64Of(a), base64Of(a.subarray(1)))],
    ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n') + 2)],
  ])('are refused with %s', (_what, change) =>
    expect(() => readTlogProof(change(tlogProofText(proof)))).toThrow(),
  );
});

describe('bytes and canonical JSON', () => {
  it('read base64 in one form alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect([...bytesOfBase64(base64Of(bytes))]).toEqual([...bytes]);
      }),
    );
    for (const text of [
      'A',
      'AA',
      'AA=',
      'AB==',
      'AAB=',
      'A===',
      'AA==AA==',
      'AA-_',
      'AA\n=',
      ' AA=',
      '====',
      '=',
    ])
      expect(() => bytesOfBase64(text)).toThrow();
    for (const text of ['', '01', '+1', '1e3', ' 1', '9007199254740992'])
      expect(() => numberOf(text, 'It')).toThrow();
  });

  it('write JSON as the server’s package does, and take no other text for it', async () => {
    const { default: canonicalize } = await import('canonicalize');
    const integers = fc
      .jsonValue({ noUnicodeString: false })
      .map((value) => JSON.parse(JSON.stringify(value)) as Json);
    fc.assert(fc.property(integers, (value) => expect(canonicalText(value)).toBe(canonicalize(value))));
    expect(readCanonical('{"a":1,"b":["é",null]}')).toEqual({ a: 1, b: ['é', null] });
    for (const text of [
      '{"b":1,"a":2}',
      '{"a":1,"a":1}',
      '{"a": 1}',
      '{"a":1.5}',
      '9007199254740993',
      '9007199254740992',
      '1e2',
      '"\\u0041"',
      '"\\ud800"',
      '{"\\ud800":1}',
      '{',
    ])
      expect(() => readCanonical(text)).toThrow();
  });
});
