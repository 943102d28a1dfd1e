import { describe, expect, it } from '@jest/globals';
import { afterFailure, composeMail } from './mail.js';

const createdAt = new Date('2026-03-02T08:00:00.000Z');
const later = { isFinal: false, reason: 'busy' };

function minutesUntilNext(attempts: number): number | null {
  const { nextAttemptAt } = afterFailure({ attempts, createdAt }, later, createdAt);
  return nextAttemptAt && (nextAttemptAt.getTime() - createdAt.getTime()) / 60_000;
}

describe('a mail that could not be sent', () => {
  it('is tried again after growing pauses', () => {
    expect([1, 2, 3, 4, 5, 6, 40].map(minutesUntilNext)).toEqual([1, 5, 15, 60, 240, 240, 240]);
  });

  it('is given up when the next try would come after three days', () => {
    const at = (hours: number) =>
      afterFailure({ attempts: 9, createdAt }, later, new Date(createdAt.getTime() + hours * 3_600_000));
    expect(at(68)).toEqual({ state: 'queued', nextAttemptAt: new Date('2026-03-05T08:00:00.000Z') });
    expect(at(68.1)).toEqual({ state: 'failed', nextAttemptAt: null });
  });

  it('is given up at once when the server will not have it', () => {
    expect(
      afterFailure({ attempts: 1, createdAt }, { isFinal: true, reason: '550 unknown' }, createdAt),
    ).toEqual({
      state: 'failed',
      nextAttemptAt: null,
    });
  });
});

describe('the text of a mail', () => {
  it('greets, says it, leads to the page, and says how to get no more of them', () => {
    const text = composeMail(
      {
        kind: 'instalments',
        subject: 'x',
        body: 'Something is due.',
        path: '/contracts/CSM-2026-0001',
        displayName: 'Noor',
      },
      { origin: 'https://csm.example', unsubscribe: 'https://csm.example/app/unsubscribe/abc' },
    );
    expect(text).toBe(
      'Hello Noor,\n\nSomething is due.\n\nhttps://csm.example/app/contracts/CSM-2026-0001\n\n--\n' +
        'You get this because of your role in a community. To get no more mails about money that is due:\n' +
        'https://csm.example/app/unsubscribe/abc',
    );
  });
});
