/**
 * `npm run chaos -- --seconds 120 --seed 1 --api 3 --makers 6`: makers work while everything around them breaks.
 * Ends with one line of JSON, and with 1 where a job was lost, done twice, held twice or taken from its maker too early.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chaos } from './chaos/run.mjs';
import { setUp } from './setup.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    api: { type: 'string', default: '3' },
    makers: { type: 'string', default: '6' },
    'fault-ms': { type: 'string', default: '600' },
    without: { type: 'string' },
    built: { type: 'boolean', default: false },
  },
});
const say = (/** @type {string} */ line) => console.error(line);

try {
  if (!values.built) await setUp({ root, log: say, parts: ['server'] });
  const verdict = await chaos({
    ...{ seconds: Number(values.seconds), seed: Number(values.seed), api: Number(values.api) },
    ...{ makers: Number(values.makers), faultMilliseconds: Number(values['fault-ms']) },
    ...{ without: values.without ?? null, root, say },
  });
  console.log(JSON.stringify(verdict));
  const { lost, doneTwice, overlappingLeases, earlyExpiries } = verdict;
  process.exit(lost + doneTwice + overlappingLeases + earlyExpiries === 0 ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(2);
}
