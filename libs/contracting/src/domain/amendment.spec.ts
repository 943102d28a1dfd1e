import { describe, expect, it } from '@jest/globals';
import { tableMistakes, type Currency, type Day, type Id } from '#kernel';
import {
  AMENDMENT_STATES,
  AMENDMENT_TRANSITIONS,
  amendmentAgreed,
  amendmentProblems,
  assertAmendmentAcceptable,
  assertAmendmentStep,
  assertStillAmendable,
  withoutAssumed,
  type Amendment,
} from './amendment.js';
import { closingDocument } from './closing.js';
import { CONTRACT_STATES, lapseDue, type Contract } from './contract.js';
import { defaultRepayment } from './schedule.js';
import type { ReleaseDocument } from './release-document.js';
import type { Terms } from './terms.js';

const FABLAB = 'fablab' as Id<'community'>;
const NORTH = 'north' as Id<'community'>;
const SOUTH = 'south' as Id<'community'>;
const SHA = 'a'.repeat(64);

const terms: Terms = {
  receivingCommunityIds: [NORTH, SOUTH],
  title: 'Trailers',
  summary: 'Five trailers.',
  currency: 'EUR' as Currency,
  deadline: '2026-06-30' as Day,
  thresholdMinor: 300n,
  deliverables: [
    {
      productVersionId: 'version' as Id<'productVersion'>,
      receiverId: NORTH,
      tier: 'fair',
      quantity: 4,
      unitPriceMinor: 45n,
      dueOn: '2026-09-30' as Day,
    },
  ],
  repaymentTerms: 'Ten instalments.',
  endCondition: 'Repaid.',
  mediator: 'The network',
  milestones: [{ name: 'Prototype', dueOn: '2026-07-31' as Day }],
  licence: 'CERN-OHL-S-2.0',
};
const contract = {
  id: 'contract',
  ref: 'CSM-2026-0001',
  state: 'open',
  fablabId: FABLAB,
  receivingCommunityIds: [NORTH, SOUTH],
  terms,
} as unknown as Contract;
const active: Contract = { ...contract, state: 'active' };
const [line] = terms.deliverables as [Terms['deliverables'][number]];

const amendment: Amendment = {
  contractId: contract.id,
  number: 2,
  sha256: SHA,
  amends: 1,
  state: 'proposed',
  terms: { ...terms, mediator: 'The guild' },
  acceptedBy: [NORTH],
};
const fieldsRefused = (of: Contract, over: Partial<Terms>, fablabId = FABLAB): string[] =>
  amendmentProblems(of, { ...terms, ...over }, fablabId).map(({ field }) => field);

describe('the transitions of an amendment', () => {
  it('reach every state, lead to known ones, and refuse every other step', () => {
    expect(tableMistakes(AMENDMENT_TRANSITIONS, 'proposed')).toEqual([]);
    for (const state of AMENDMENT_STATES)
      for (const to of AMENDMENT_STATES) {
        const step = (): void => assertAmendmentStep({ number: 2, state }, to);
        if ((AMENDMENT_TRANSITIONS[state] as readonly string[]).includes(to)) expect(step).not.toThrow();
        else expect(step).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
      }
  });
});

describe('what an amendment can change', () => {
  it('is any term but parties and currency while the contract is open', () => {
    expect(
      fieldsRefused(contract, {
        deadline: '2026-08-31' as Day,
        thresholdMinor: 200n,
        deliverables: [{ ...line, quantity: 5 }, line],
        title: 'Five trailers',
      }),
    ).toEqual([]);
    expect(
      fieldsRefused(contract, { receivingCommunityIds: [NORTH], currency: 'SEK' as Currency }, SOUTH),
    ).toEqual(['fablabId', 'receivingCommunityIds', 'currency']);
  });

  it('is days, texts, milestones and the mediator once it is active', () => {
    const later = { ...line, dueOn: '2026-12-31' as Day };
    expect(
      fieldsRefused(active, {
        deliverables: [later],
        milestones: [],
        mediator: 'The guild',
        repaymentTerms: 'Twelve instalments.',
        endCondition: 'Repaid and delivered.',
        title: 'Trailers, later',
        summary: 'Later.',
      }),
    ).toEqual([]);
    expect(fieldsRefused(active, { deadline: '2026-08-31' as Day, thresholdMinor: 1n })).toEqual([
      'deadline',
      'threshold',
    ]);
    const repayment = {
      instalments: 10,
      firstDueOn: '2027-01-31' as Day,
      everyMonths: 1,
      interestBasisPointsPerYear: 0,
    };
    expect(fieldsRefused(active, { repayment })).toEqual(['repayment']);
    expect(fieldsRefused(contract, { repayment })).toEqual([]);
  });

  it.each([
    ['more units', [{ ...line, quantity: 5 }], 'deliverables.0'],
    ['another price', [{ ...line, unitPriceMinor: 46n }], 'deliverables.0'],
    ['another tier', [{ ...line, tier: 'free' }], 'deliverables.0'],
    ['another receiver', [{ ...line, receiverId: SOUTH }], 'deliverables.0'],
    ['another version', [{ ...line, productVersionId: 'other' }], 'deliverables.0'],
    ['one line more', [line, line], 'deliverables'],
  ])('is not %s once work orders were made', (_name, deliverables, field) => {
    expect(fieldsRefused(active, { deliverables: deliverables as Terms['deliverables'] })).toEqual([field]);
  });

  it('is something: the same terms are no amendment, in whatever order the receivers are named', () => {
    expect(fieldsRefused(contract, { receivingCommunityIds: [SOUTH, NORTH] })).toEqual(['reason']);
  });

  it('is asked again when the last party accepts: the contract may be active by now', () => {
    const more = { ...amendment, terms: { ...terms, thresholdMinor: 200n } };
    expect(() => assertStillAmendable(contract, more)).not.toThrow();
    expect(() => assertStillAmendable(active, more)).toThrow(
      'Release 2 can no longer come into force. The contract is active: its threshold has been met and stays.',
    );
  });
});

describe('the acceptance of a proposal', () => {
  const acceptance = { communityId: SOUTH, releaseNumber: 2, releaseSha256: SHA };

  it('is for its very hash, once for each party, while it is proposed', () => {
    expect(() => assertAmendmentAcceptable(amendment, acceptance)).not.toThrow();
    for (const over of [{ communityId: NORTH }, { releaseSha256: 'b'.repeat(64) }])
      expect(() => assertAmendmentAcceptable(amendment, { ...acceptance, ...over })).toThrow(
        expect.objectContaining({ code: 'CONFLICT' }),
      );
    for (const state of ['accepted', 'declined', 'closed'] as const)
      expect(() => assertAmendmentAcceptable({ ...amendment, state }, acceptance)).toThrow(
        expect.objectContaining({ code: 'INVALID_STATE' }),
      );
  });

  it('puts it into force with the last party, the fablab included', () => {
    expect(amendmentAgreed(contract, { acceptedBy: [NORTH, SOUTH] })).toBe(false);
    expect(amendmentAgreed(contract, { acceptedBy: [SOUTH, FABLAB, NORTH] })).toBe(true);
  });
});

describe('the closing release of an amended contract', () => {
  it('holds what was agreed last, and does not call itself proposed', () => {
    const inForce = {
      release: 2,
      title: 'Trailers',
      amendment: { amends: 1, reason: 'The wood comes later.' },
    } as ReleaseDocument;
    const now = new Date('2026-12-01T08:00:00.000Z');
    const document = closingDocument(inForce, { number: 4, now, obligations: [], slugs: new Map() });
    expect(document).toMatchObject({ release: 4, title: 'Trailers', closing: { closes: 2 } });
    expect(document).not.toHaveProperty('amendment');
  });
});

describe('a schedule that was never agreed', () => {
  const assumed = defaultRepayment(terms.deadline);

  it('is still none when an editor sends back what it showed', () => {
    expect(withoutAssumed(terms, { ...terms, repayment: assumed })).not.toHaveProperty('repayment');
  });

  it('is agreed when it is another one, or when the deadline moves without it', () => {
    const monthly = { ...assumed, instalments: 12 };
    expect(withoutAssumed(terms, { ...terms, repayment: monthly }).repayment).toEqual(monthly);
    const later = { ...terms, deadline: '2026-07-31' as Day, repayment: assumed };
    expect(withoutAssumed(terms, later).repayment).toEqual(assumed);
    const agreed = { ...terms, repayment: assumed };
    expect(withoutAssumed(agreed, agreed).repayment).toEqual(assumed);
  });
});

describe('a lapse', () => {
  it('is due on the day after the deadline, of an open contract alone', () => {
    for (const state of CONTRACT_STATES) {
      expect(lapseDue({ state, deadline: '2026-06-30' as Day }, '2026-06-30' as Day)).toBe(false);
      expect(lapseDue({ state, deadline: '2026-06-30' as Day }, '2026-07-01' as Day)).toBe(state === 'open');
    }
  });
});
