import { describe, expect, it } from '@jest/globals';
import { isId, uuidv7 } from './id.js';
import { secureRandom, seededRandom } from './random.js';

describe('uuidv7', () => {
  it('writes the example of RFC 9562, appendix A.6', () => {
    // Time 0x017F22E279B0, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F; version and variant are put in.
    const bytes = Uint8Array.from([0xcc, 0x31, 0x8c, 0x4d, 0xc0, 0xc0, 0xc0, 0x73, 0x98, 0xf0]);
    const id = uuidv7<'contract'>(0x017f22e279b0, bytes);
    expect(id.slice(0, 18)).toBe('017f22e2-79b0-7cc3');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by time of creation', () => {
    const random = seededRandom(7);
    const ids = [1, 2, 1_000, 1_700_000_000_000].map((time) => uuidv7(time, random.bytes(10)));
    expect([...ids].sort()).toEqual(ids);
  });

  it('is an id to isId, and never twice the same', () => {
    const ids = new Set(Array.from({ length: 5000 }, () => uuidv7(1, secureRandom.bytes(10))));
    expect(ids.size).toBe(5000);
    expect([...ids].every(isId)).toBe(true);
  });
});

describe('isId', () => {
  it.each(['', 'x', '018F0000-0000-7000-8000-000000000000', '018f0000-0000-7000-8000-00000000000', null, 7])(
    'refuses %p',
    (text) => expect(isId(text)).toBe(false),
  );
});
