import { describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256Hex } from './canonical.js';

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 code units and leaves no white space, as RFC 8785 says', () => {
    expect(canonicalJson({ b: [1, 'é\n'], a: { d: null, c: true } })).toBe(
      '{"a":{"c":true,"d":null},"b":[1,"é\\n"]}',
    );
  });

  it('is the same text for the same value, whatever the order of keys was', () => {
    expect(canonicalJson({ x: 1, y: 2 })).toBe(canonicalJson({ y: 2, x: 1 }));
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson({ amount: 1n })).toThrow();
    expect(() => canonicalJson(undefined)).toThrow('no JSON form');
    expect(() => canonicalJson({ n: Number.NaN })).toThrow();
  });

  it('hashes UTF-8 bytes', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});
