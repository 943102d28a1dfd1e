import { describe, expect, it } from '@jest/globals';
import { clausesIn, type ClauseKind } from './forbidden-clauses.js';

describe('forbidden clauses', () => {
  it.each<[ClauseKind, string]>([
    [
      'transfer of ownership',
      'If the loan is not repaid, the ownership of the workshop passes to North Village.',
    ],
    ['transfer of ownership', 'The fablab will transfer the title to its machines as security.'],
    ['transfer of ownership', 'After two years the supporter becomes joint owner of the fablab.'],
    ['controlling stake', 'North Village receives a controlling stake.'],
    ['controlling stake', 'Supporters hold a majority of votes in the assembly.'],
    ['right to close the fablab', 'North Village may close down the workshop after two late deliveries.'],
    ['right to close the fablab', 'Supporters have the right to shut the fablab.'],
    ['ban on later competing work', 'The fablab shall not make similar trailers for other communities.'],
    ['ban on later competing work', 'A non-compete of five years applies.'],
    ['ban on later competing work', 'North Village gets the exclusive right to manufacture the trailer.'],
    ['gag', 'The parties must not publish the price.'],
    ['gag', 'Members may not speak about defects in public.'],
    ['gag', 'A non-disclosure agreement is part of this contract.'],
    ['gag', 'All will keep the terms of this contract secret.'],
    ['personal data', 'Ask eva@example.org.'],
    ['personal data', 'The mediator can be reached at +49 30 1234567.'],
  ])('of the kind “%s” are found: %s', (kind, text) => {
    expect(clausesIn('endCondition', text)).toEqual([
      { field: 'endCondition', kind, words: expect.any(String) },
    ]);
  });

  it.each([
    'No ownership of the workshop is transferred by this contract.',
    'The trailers become the property of North Village on delivery.',
    'This contract gives nobody a controlling stake.',
    'The workshop closes at 18:00 and on holidays.',
    'The fablab may close its books of 2026 in March.',
    'The fablab is free to make trailers for other communities as well.',
    'Without any non-compete clause.',
    'The fablab competes with nobody.',
    'All prices are published.',
    'The brakes must not fail below 0 °C.',
    'Addresses of members stay between the parties.',
    'Ten instalments of 300.00 EUR from 2027-01-31 to 2027-10-31.',
    'Drawing 4711-0815, revision 12.',
  ])('are not seen in: %s', (text) => {
    expect(clausesIn('summary', text)).toEqual([]);
  });

  it('are quoted, each kind once, whatever stands around them', () => {
    const text = 'We like trailers. North Village may shut the workshop. Members must not disclose that.';
    expect(clausesIn('summary', text)).toEqual([
      { field: 'summary', kind: 'right to close the fablab', words: 'may shut the workshop' },
      { field: 'summary', kind: 'gag', words: 'must not disclose' },
    ]);
  });
});
