import { expect, it } from '@jest/globals';
import { seededRandom } from '#kernel';
import { PasswordHasher } from './password-hasher.js';

const hasher = new PasswordHasher(seededRandom(1));

it('hashes with argon2id, 19 MiB and two passes, and a salt of its own each time', async () => {
  const [first, second] = await Promise.all([hasher.hash('a birch'), hasher.hash('a birch')]);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(second).not.toBe(first);
});

it('knows the right password from a wrong one', async () => {
  const hash = await hasher.hash('a birch beside the gate');
  expect(await hasher.matches(hash, 'a birch beside the gate')).toBe(true);
  expect(await hasher.matches(hash, 'a birch beside the gat')).toBe(false);
});

it('takes no password for an account that there is not, and as long to say so', async () => {
  const hash = await hasher.hash('a birch');
  const [known, unknown] = [await timeOf(hash), await timeOf(null)];
  expect(await hasher.matches(null, 'a birch')).toBe(false);
  // Without the stand-in the answer takes a thousandth; a factor of four leaves room for a busy machine.
  expect(unknown).toBeGreaterThan(known / 4);
});

/** The fastest of several, which other work on the machine disturbs least. */
async function timeOf(hash: string | null): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    await hasher.matches(hash, 'not the password');
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}
