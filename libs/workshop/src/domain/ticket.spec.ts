import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededRandom, uuidv7 } from '#kernel';
import { readTicketId, ticketId } from './ticket.js';

describe('a ticket’s id', () => {
  it('holds the job and the epoch, and no colon', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed, epoch) => {
        const ticket = { jobId: uuidv7<'job'>(1_770_000_000_000, seededRandom(seed).bytes(10)), epoch };
        expect(ticketId(ticket)).not.toContain(':');
        expect(readTicketId(ticketId(ticket))).toEqual(ticket);
      }),
    );
  });

  it('is told from ids of other entries', () => {
    expect(
      ['', '17', 'repeat:x', 'jnot-a-uuid-3', 'j019cad3a-0000-7000-8000-0123456789ab-'].map(readTicketId),
    ).toEqual([null, null, null, null, null]);
  });
});
