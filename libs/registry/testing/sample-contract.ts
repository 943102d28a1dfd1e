import { createHash } from 'node:crypto';
import {
  releaseDifference,
  type DocumentSettlement,
  type PublicContract,
  type PublicParty,
  type PublicReleaseEntry,
  type PublicReleasePage,
  type ReleaseDocument,
} from '#contracting';
import { money, type Day, type Id } from '#kernel';

/** Text that would break a page which trusts it. */
export const HOSTILE = `</title><script>alert("1")</script><img src=x onerror='alert(2)'> & "quotes"`;

export const FABLAB: PublicParty = { communityId: party(1), slug: 'oak-hollow', name: 'Oak Hollow Fablab' };
export const LINDEN: PublicParty = {
  communityId: party(2),
  slug: 'linden-street',
  name: 'Linden Street Tenants',
};
export const HARBOUR: PublicParty = { communityId: party(3), slug: 'harbour-garden', name: 'Harbour Garden' };

/** A release document with what a test cares about changed. */
export function sampleDocument(changes: Partial<ReleaseDocument> = {}): ReleaseDocument {
  return {
    format: 'commonwright.release/1',
    contract: 'CSM-2026-0001',
    release: 1,
    publishedAt: '2026-03-02T08:00:00.000Z',
    status: 'open',
    title: 'Cargo bicycle trailers for two neighbourhoods',
    summary:
      'Ten trailers that carry 80 kg each, so that shopping, tools and compost move without a car.\n\nThey can be repaired with hand tools, and the drawings are free.',
    parties: [
      { role: 'manufacturing', slug: FABLAB.slug, name: FABLAB.name },
      { role: 'receiving', slug: HARBOUR.slug, name: HARBOUR.name },
      { role: 'receiving', slug: LINDEN.slug, name: LINDEN.name },
    ],
    deliverables: [deliverable(1, LINDEN.slug, 6), deliverable(2, HARBOUR.slug, 4)],
    thresholds: [{ kind: 'money', amountMinor: '300000', currency: 'EUR' }],
    deadline: '2026-05-31',
    pledges: [
      {
        instrument: 'loan',
        return: 'The principal, in ten equal monthly parts from October 2026 on, at 0 %.',
      },
    ],
    milestones: [
      { name: 'First trailer tested', dueOn: '2026-06-30' },
      { name: 'All trailers handed over', dueOn: '2026-09-15' },
    ],
    endCondition: 'The scrutiny ends when the loan is paid back and the ten trailers are accepted.',
    licence: 'CERN-OHL-S-2.0',
    mediator: 'The cooperative advice centre of the district',
    ...changes,
  };
}

export function deliverable(
  position: number,
  receiver: string,
  quantity: number,
): ReleaseDocument['deliverables'][number] {
  return {
    position,
    product: 'Cargo trailer',
    version: '1.2',
    versionId: '019a0000-0000-7000-8000-000000000010',
    licence: 'CERN-OHL-S-2.0',
    receiver,
    tier: 'fair',
    quantity,
    unitPrice: { amountMinor: '24000', currency: 'EUR' },
    dueOn: '2026-09-15',
  };
}

/** A release of the list, in force and the first one, with what a test cares about changed. */
export function sampleRelease(changes: Partial<PublicReleaseEntry> = {}): PublicReleaseEntry {
  return {
    number: 1,
    sha256: '1'.repeat(64),
    publishedAt: new Date('2026-03-02T08:00:00.000Z'),
    status: 'in_force',
    amends: null,
    reason: null,
    proposedBy: null,
    decidedAt: null,
    declinedBy: null,
    declineReason: null,
    ...changes,
  };
}

/** The second release of a contract, proposed by the fablab, with what a test cares about changed. */
export function sampleReleasePage(
  changes: Partial<PublicReleaseEntry> = {},
  terms: Partial<ReleaseDocument> = { mediator: 'The guild of makers', milestones: [] },
): PublicReleasePage {
  const reason = 'The wood comes later.';
  const document = sampleDocument({ release: 2, amendment: { amends: 1, reason }, ...terms });
  const release = sampleRelease({
    number: 2,
    sha256: '2'.repeat(64),
    status: 'proposed',
    amends: 1,
    reason,
    proposedBy: FABLAB,
    ...changes,
  });
  return {
    ref: document.contract,
    title: document.title,
    release: { ...release, document },
    changes: releaseDifference(sampleDocument(), document),
    acceptances: [{ party: FABLAB, acceptedAt: new Date('2026-03-04T09:30:00.000Z') }],
  };
}

/** A published contract as its page reads it, with what a test cares about changed. */
export function sampleContract(
  changes: Partial<PublicContract> = {},
  terms: Partial<ReleaseDocument> = {},
): PublicContract {
  const document = sampleDocument(terms);
  const canonicalJson = JSON.stringify(document);
  const sha256 = createHash('sha256').update(canonicalJson).digest('hex');
  const release = { number: document.release, sha256, publishedAt: new Date(document.publishedAt) };
  const accepted = {
    role: 'coordinator' as const,
    releaseNumber: 1,
    releaseSha256: sha256,
    acceptedAt: new Date('2026-03-04T09:30:00.000Z'),
  };
  return {
    id: '019a0000-0000-7000-8000-000000000001' as Id<'contract'>,
    ref: document.contract,
    state: 'open',
    title: document.title,
    summary: document.summary,
    deadline: document.deadline as Day,
    openedAt: release.publishedAt,
    activatedAt: null,
    withdrawnReason: null,
    fablab: FABLAB,
    receivingCommunities: [HARBOUR, LINDEN],
    funding: {
      threshold: money(300_000n, 'EUR'),
      pledged: money(180_000n, 'EUR'),
      received: money(60_000n, 'EUR'),
      pledgeCount: 2,
    },
    release: { ...release, document, canonicalJson },
    releases: [sampleRelease(release)],
    acceptances: [
      { party: FABLAB, ...accepted },
      { party: LINDEN, ...accepted },
    ],
    scrutiny: [],
    proposedTermination: null,
    pledges: [pledge(LINDEN, 120_000n, 60_000n), pledge(HARBOUR, 60_000n, 0n)],
    ...changes,
  };
}

function pledge(
  supporter: PublicParty,
  amountMinor: bigint,
  receivedMinor: bigint,
): PublicContract['pledges'][number] {
  return {
    supporter,
    instrument: 'loan',
    amount: money(amountMinor, 'EUR'),
    received: money(receivedMinor, 'EUR'),
    goods: null,
    state: 'pledged',
    pledgedAt: new Date('2026-03-05T10:00:00.000Z'),
    movements: [],
  };
}

function party(number: number): Id<'community'> {
  return `019a0000-0000-7000-8000-0000000001${String(number).padStart(2, '0')}` as Id<'community'>;
}

const euro = (amountMinor: number): { amountMinor: string; currency: string } => ({
  amountMinor: `${amountMinor}`,
  currency: 'EUR',
});

/** A settlement by which one loan is repaid in part and stays due in part, and a promise is waived. */
export function sampleSettlement(): DocumentSettlement {
  return {
    ends: 1,
    reason: 'The saw burned down.\n\nNo other can be had.',
    obligations: [
      {
        pledge: '019a0000-0000-7000-8000-000000000201' as Id<'pledge'>,
        supporter: LINDEN.slug,
        owed: euro(120_000),
        repaid: euro(20_000),
        forgiven: euro(0),
        due: euro(100_000),
        plan: { instalments: 10, firstDueOn: '2027-01-31' as Day, everyMonths: 1 },
      },
    ],
    unpaid: [
      {
        pledge: '019a0000-0000-7000-8000-000000000202' as Id<'pledge'>,
        supporter: HARBOUR.slug,
        waived: euro(60_000),
      },
    ],
  };
}

export function sampleTermination(): NonNullable<ReleaseDocument['termination']> {
  return { ...sampleSettlement(), endedOn: '2026-07-01', proposal: 2, proposalSha256: 'd'.repeat(64) };
}

export function sampleClosing(): NonNullable<ReleaseDocument['closing']> {
  const pledge = { instrument: 'loan' as const, interest: euro(0), firstReceivedOn: '2026-06-01' as Day };
  return {
    closes: 1,
    endedOn: '2027-10-31' as Day,
    pledges: [
      {
        ...pledge,
        supporter: LINDEN.slug,
        pledged: euro(120_000),
        received: euro(120_000),
        returned: euro(110_000),
        forgiven: euro(10_000),
        waived: euro(0),
        lastReturnedOn: '2027-10-31' as Day,
        endedOn: '2027-10-31' as Day,
      },
    ],
  };
}

/** Where the sample stands in the public log. */
export const LOG_PLACE = { index: 6, size: 7, witnesses: ['witness.example/w1'] };
