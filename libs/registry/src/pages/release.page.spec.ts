import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import {
  FABLAB,
  HARBOUR,
  HOSTILE,
  sampleContract,
  sampleRelease,
  sampleReleasePage,
  LOG_PLACE,
} from '../../testing/sample-contract.js';
import { contractPage } from './contract.page.js';
import { releasePage } from './release.page.js';

const origin = 'https://cw.example';
const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');

describe('the page of a proposed release', () => {
  const page = releasePage({ origin, page: sampleReleasePage() });
  const text = textOf(page);

  it('says that it is not in force, why it was proposed, and by whom', () => {
    expect(text).toContain('Release 2: proposed, not in force');
    expect(text).toContain('The wood comes later. Proposed by Oak Hollow Fablab in the place of release 1.');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toContain(
      '<link rel="canonical" href="https://cw.example/registry/contracts/CSM-2026-0001/releases/2" />',
    );
    expect(page).toContain('href="/registry/contracts/CSM-2026-0001/releases/2.json"');
  });

  it('shows each term before and after', () => {
    expect(text).toContain(
      'Who mediates a dispute The cooperative advice centre of the district The guild of makers',
    );
    expect(text).toContain('Milestone “First trailer tested” due day 30 June 2026 removed');
    expect(page).toContain('<a href="/registry/contracts/CSM-2026-0001/releases/1">release 1</a>');
  });

  it('says who has accepted it and who has not', () => {
    expect(text).toContain('Oak Hollow Fablab: 4 March 2026, 09:30 UTC');
    expect(text).toContain('Harbour Garden: not accepted');
  });

  it('says who declined it, when, and why', () => {
    const declined = {
      status: 'declined' as const,
      declinedBy: HARBOUR,
      declineReason: 'We need them in June.',
      decidedAt: new Date('2026-03-05T10:00:00.000Z'),
    };
    const shown = textOf(releasePage({ origin, page: sampleReleasePage(declined) }));
    expect(shown).toContain('Release 2: declined');
    expect(shown).toContain('Decided 5 March 2026, 10:00 UTC.');
    expect(shown).toContain('Why Harbour Garden declined it We need them in June.');
  });

  it('of the first release compares it with nothing', () => {
    const first = {
      ...sampleReleasePage({ number: 1, amends: null, reason: null, proposedBy: null, status: 'in_force' }),
      changes: [],
    };
    const shown = textOf(releasePage({ origin, page: first }));
    expect(shown).toContain('Release 1: in force');
    expect(shown).not.toContain('What it changes');
  });

  it('escapes whatever the parties wrote', () => {
    const party = { ...FABLAB, name: HOSTILE };
    const changes = { reason: HOSTILE, proposedBy: party, declinedBy: party, declineReason: HOSTILE };
    const shown = releasePage({
      origin,
      page: sampleReleasePage(changes, { title: HOSTILE, mediator: HOSTILE }),
    });
    expect(shown).not.toMatch(/<script|<img|onerror='|javascript:/i);
    expect(shown.match(/<\/title>/g)).toHaveLength(1);
  });
});

describe('the releases on the page of a contract', () => {
  it('say which one is in force, which is proposed and which was declined, and why', () => {
    const releases = [
      sampleRelease({ status: 'in_force' }),
      sampleRelease({
        number: 2,
        status: 'declined',
        amends: 1,
        reason: 'Cheaper.',
        declinedBy: HARBOUR,
        declineReason: 'Too late.',
      }),
      sampleRelease({ number: 3, status: 'proposed', amends: 1, reason: 'The wood comes later.' }),
    ];
    const page = contractPage({
      origin,
      contract: { ...sampleContract(), releases },
      progress: null,
      log: LOG_PLACE,
    });
    const text = textOf(page);
    expect(text).toContain('Release 3, 2 March 2026, 08:00 UTC: proposed, not in force –');
    expect(text).toContain('Release 2, 2 March 2026, 08:00 UTC: declined by Harbour Garden –');
    expect(text).toContain('Why: Cheaper.Declined: Too late.');
    expect(text).toContain('Release 1, 2 March 2026, 08:00 UTC: in force –');
    expect(page).toContain('<a href="/registry/contracts/CSM-2026-0001/releases/3">');
    // What is offered as the contract itself stays the release in force.
    expect(text).toContain('Release 1, published 2 March 2026, 08:00 UTC: the text that the parties accept.');
  });
});
