import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../logging/logger.js';
import { Rounds } from './rounds.js';

const warnings: string[] = [];
const logger = { warn: (_fields: object, message: string) => warnings.push(message) } as unknown as Logger;
afterEach(() => void warnings.splice(0));

describe('rounds', () => {
  it('begin at once, one after the other, and end when they are asked to', async () => {
    const rounds = new Rounds(logger);
    let begun = 0;
    let running = 0;
    let together = 0;
    rounds.every(1, 'counting', async () => {
      begun += 1;
      running += 1;
      together = Math.max(together, running);
      await pause(3);
      running -= 1;
    });
    expect(begun).toBe(1);
    while (begun < 3) await pause(1);
    await rounds.stop();
    const end = begun;
    await pause(15);
    expect({ begun, running, together }).toEqual({ begun: end, running: 0, together: 1 });
  });

  it('go on after a failure, which is logged', async () => {
    const rounds = new Rounds(logger);
    let tries = 0;
    rounds.every(1, 'failing', () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('once')) : Promise.resolve();
    });
    while (tries < 2) await pause(1);
    await rounds.stop();
    expect(warnings).toEqual(['failing failed; it is tried again']);
  });
});
