import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DocumentDeliverable, ReleaseDocument } from './release-document.js';
import { releaseDifference } from './release-difference.js';

const line: DocumentDeliverable = {
  position: 1,
  product: 'Cargo trailer',
  version: '1.0',
  versionId: '0198',
  licence: 'CERN-OHL-S-2.0',
  receiver: 'north',
  tier: 'fair',
  quantity: 4,
  unitPrice: { amountMinor: '45000', currency: 'EUR' },
  dueOn: '2026-09-30',
};
const first: ReleaseDocument = {
  format: 'commonwright.release/1',
  contract: 'CSM-2026-0001',
  release: 1,
  publishedAt: '2026-03-02T08:00:00.000Z',
  status: 'open',
  title: 'Trailers',
  summary: 'Four trailers.',
  parties: [
    { role: 'manufacturing', slug: 'oakmoor', name: 'Oakmoor' },
    { role: 'receiving', slug: 'north', name: 'North Village' },
  ],
  deliverables: [line],
  thresholds: [{ kind: 'money', amountMinor: '300000', currency: 'EUR' }],
  deadline: '2026-06-30',
  pledges: [{ instrument: 'loan', return: 'Ten instalments.' }],
  milestones: [{ name: 'Prototype inspected', dueOn: '2026-07-31' }],
  endCondition: 'Repaid.',
  licence: 'CERN-OHL-S-2.0',
  mediator: 'The network',
};
const second = (over: Partial<ReleaseDocument>): ReleaseDocument => ({
  ...first,
  release: 2,
  publishedAt: '2026-04-01T08:00:00.000Z',
  amendment: { amends: 1, reason: 'Wood is late.' },
  ...over,
});
const sentences = (over: Partial<ReleaseDocument>): string[] =>
  releaseDifference(first, second(over)).map(({ sentence }) => sentence);

describe('the difference between two releases', () => {
  it('is nothing when the terms are the same, whatever their number, time and reason', () => {
    expect(sentences({ status: 'active' })).toEqual([]);
  });

  it('says before and after of each term, in words', () => {
    expect(releaseDifference(first, second({ deadline: '2026-07-31' }))).toEqual([
      {
        kind: 'changed',
        path: 'Deadline',
        before: '30 June 2026',
        after: '31 July 2026',
        sentence: 'Deadline: 30 June 2026 becomes 31 July 2026.',
      },
    ]);
    expect(
      sentences({
        mediator: 'The guild',
        thresholds: [{ kind: 'money', amountMinor: '5', currency: 'EUR' }],
      }),
    ).toEqual([
      'Who mediates a dispute: “The network” becomes “The guild”.',
      'Threshold money: amount: 3000.00 EUR becomes 0.05 EUR.',
    ]);
    expect(sentences({ pledges: [{ instrument: 'loan', return: 'At once.' }] })).toEqual([
      'What is returned for a loan: terms: “Ten instalments.” becomes “At once.”.',
    ]);
  });

  it('names the deliverable, and what of it is different', () => {
    const dearer = {
      ...line,
      quantity: 6,
      unitPrice: { amountMinor: '46000', currency: 'EUR' },
      dueOn: '2026-10-31',
    };
    expect(sentences({ deliverables: [dearer] })).toEqual([
      'Cargo trailer 1.0 for North Village, fair: units: 4 becomes 6.',
      'Cargo trailer 1.0 for North Village, fair: price of one: 450.00 EUR becomes 460.00 EUR.',
      'Cargo trailer 1.0 for North Village, fair: due day: 30 September 2026 becomes 31 October 2026.',
    ]);
  });

  it('says what is added, removed and put in another order', () => {
    expect(sentences({ milestones: [{ name: 'Wood bought', dueOn: '2026-05-31' }] })).toEqual([
      'Milestone “Prototype inspected” is removed (due day 31 July 2026).',
      'Milestone “Wood bought” is added (due day 31 May 2026).',
    ]);
    const two = [...first.milestones, { name: 'Wood bought', dueOn: '2026-05-31' }];
    expect(
      releaseDifference(second({ milestones: two }), second({ milestones: [...two].reverse() })).map(
        ({ sentence }) => sentence,
      ),
    ).toEqual([
      'Order of the milestones: “Milestone “Prototype inspected”; Milestone “Wood bought”” becomes “Milestone “Wood bought”; Milestone “Prototype inspected””.',
    ]);
    expect(
      sentences({
        deliverables: [
          { ...line, position: 1 },
          { ...line, position: 2, quantity: 1 },
        ],
      }),
    ).toEqual([
      'Cargo trailer 1.0 for North Village, fair (2) is added (licence CERN-OHL-S-2.0, units 1, price of one 450.00 EUR, due day 30 September 2026).',
    ]);
  });

  it('passes over no field, not even one that it does not know', () => {
    const strange = { ...second({}), leadTimeDays: 14 } as ReleaseDocument;
    expect(releaseDifference(first, strange).map(({ sentence }) => sentence)).toEqual([
      'lead time days is added: 14.',
    ]);
    expect(releaseDifference(strange, first).map(({ sentence }) => sentence)).toEqual([
      'lead time days is removed; it was 14.',
    ]);
  });

  it('is empty exactly for equal terms, and the same things backwards', () => {
    const words = fc.constantFrom('a', 'b', 'c');
    const day = fc.constantFrom('2026-06-30', '2026-07-31');
    const milestones = fc.array(fc.record({ name: words, dueOn: day }), { maxLength: 3 });
    const deliverables = fc.array(
      fc.record({
        product: words,
        receiver: fc.constantFrom('oakmoor', 'north'),
        quantity: fc.integer({ min: 1, max: 2 }),
        dueOn: day,
      }),
      { maxLength: 3 },
    );
    const terms = fc
      .record({ title: words, deadline: day, milestones, deliverables })
      .map(({ deliverables: lines, ...rest }) =>
        second({
          ...rest,
          deliverables: lines.map((each, index) => ({ ...line, ...each, position: index + 1 })),
        }),
      );
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        const forwards = releaseDifference(a, b);
        const backwards = releaseDifference(b, a);
        expect(forwards.length === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        const paths = (changes: typeof forwards): string[] => changes.map(({ path }) => path).sort();
        expect(paths(backwards)).toEqual(paths(forwards));
      }),
    );
  });
});
