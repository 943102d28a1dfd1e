import { describe, expect, it } from '@jest/globals';
import type { Currency, Day } from '#kernel';
import { licenceOf, releaseDocument, type ReleaseSource } from './release-document.js';

const source: ReleaseSource = {
  ref: 'CSM-2026-0001',
  number: 1,
  publishedAt: new Date('2026-03-02T08:00:00Z'),
  status: 'open',
  title: 'Trailers',
  summary: 'Two trailers.',
  fablab: { slug: 'oakmoor', name: 'Oakmoor' },
  receivers: [
    { slug: 'south', name: 'South' },
    { slug: 'north', name: 'North' },
  ],
  deliverables: [
    {
      product: 'Trailer',
      version: '1.0',
      versionId: '0198',
      licence: 'CERN-OHL-S-2.0',
      receiver: 'north',
      tier: 'fair',
      quantity: 2,
      unitPrice: { amountMinor: 90071992547409930n, currency: 'EUR' as Currency },
      dueOn: '2026-09-30' as Day,
    },
  ],
  currency: 'EUR' as Currency,
  thresholds: [{ kind: 'money', amountMinor: 90071992547409931n }],
  deadline: '2026-06-30' as Day,
  offers: [{ instrument: 'loan', words: 'Ten instalments.', returns: { kind: 'money' } }],
  endCondition: 'Repaid.',
  mediator: 'The network',
  milestones: [],
};

describe('the release document', () => {
  it('writes money as strings that no JSON reader rounds, and times in 24 characters', () => {
    const document = releaseDocument(source);
    expect(document.deliverables[0]?.unitPrice).toEqual({
      amountMinor: '90071992547409930',
      currency: 'EUR',
    });
    expect(document.thresholds).toEqual([
      { kind: 'money', amountMinor: '90071992547409931', currency: 'EUR' },
    ]);
    expect(document.publishedAt).toBe('2026-03-02T08:00:00.000Z');
  });

  it('is the same for the same terms, in whatever order the receivers were named', () => {
    const other = releaseDocument({ ...source, receivers: [...source.receivers].reverse() });
    expect(other).toEqual(releaseDocument(source));
    expect(other.parties.map(({ slug }) => slug)).toEqual(['oakmoor', 'north', 'south']);
  });

  it('holds the named elements and nothing else that a source may carry', () => {
    const secret = {
      ...source,
      draftedBy: 'Mira',
      fablab: { ...source.fablab, email: 'x' },
    } as ReleaseSource;
    expect(releaseDocument(secret)).toEqual(releaseDocument(source));
  });

  it('holds the answer time where one is published', () => {
    expect(releaseDocument(source)).not.toHaveProperty('answerDays');
    expect(releaseDocument({ ...source, answerDays: 14 }).answerDays).toBe(14);
  });

  it('names each licence of its designs once', () => {
    expect(licenceOf(['B', 'A', 'B'])).toBe('B, A');
  });
});
