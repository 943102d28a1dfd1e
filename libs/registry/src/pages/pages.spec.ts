import { describe, expect, it } from '@jest/globals';
import { money } from '#kernel';
import { HOSTILE, sampleContract, sampleRelease, LOG_PLACE } from '../../testing/sample-contract.js';
import { contractPage } from './contract.page.js';
import { landingPage } from './landing.page.js';
import { problemPage } from './problem.page.js';
import { registryListPage } from './registry-list.page.js';

const ORIGIN = 'https://cw.example';
const NO_PROGRESS = new Map<string, never>();

function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');
}

function expectHarmless(page: string): void {
  expect(page).not.toMatch(/<script|<img|onerror='|javascript:/i);
  expect(page.match(/<title>/g)).toHaveLength(1);
  expect(page.match(/<\/title>/g)).toHaveLength(1);
  expect(page.match(/<h1/g)).toHaveLength(1);
}

describe('the page of a contract', () => {
  const contract = sampleContract();
  const page = contractPage({ origin: ORIGIN, contract, progress: null, log: LOG_PLACE });
  const text = textOf(page);

  it('holds title, description, canonical address and the other forms', () => {
    expect(page).toContain(
      '<title>Cargo bicycle trailers for two neighbourhoods (CSM-2026-0001) · Commonwright</title>',
    );
    expect(page).toContain(
      '<link rel="canonical" href="https://cw.example/registry/contracts/CSM-2026-0001" />',
    );
    expect(page).toMatch(/<meta name="description" content="Contract CSM-2026-0001, open\. Ten trailers/);
    expect(page).toContain(
      '<link rel="alternate" type="application/json" href="/registry/contracts/CSM-2026-0001.json"',
    );
    expect(page).toContain('<a class="skip" href="#content">');
    expect(page).toContain('<html lang="en">');
  });

  it('says what is funded in text and in a bar with a name', () => {
    expect(text).toContain('60 % pledged, by 2 pledges. 1,200.00 EUR still to be pledged.');
    expect(page).toContain(
      'aria-label="600.00\u00a0EUR received and 1,800.00\u00a0EUR pledged of 3,000.00\u00a0EUR needed"',
    );
    expect(page).toContain(
      '<rect class="pledged" width="60" height="4" /><rect class="received" width="20" height="4" />',
    );
  });

  it('says how soon a question is answered, where the release says it', () => {
    const published = sampleContract({}, { answerDays: 14 });
    expect(
      textOf(contractPage({ origin: ORIGIN, contract: published, progress: null, log: LOG_PLACE })),
    ).toContain('How soon a question is answered Within 14 days.');
    expect(text).not.toContain('How soon a question');
  });

  it('says who makes, who receives, who has accepted and who has not', () => {
    expect(text).toContain('Oak Hollow Fablab makes for Harbour Garden and Linden Street Tenants.');
    expect(text).toContain('Oak Hollow Fablab makes 4 March 2026, 09:30 UTC, by its coordinator');
    expect(text).toContain('Harbour Garden receives not yet');
  });

  it('says deliverables, returns, end of scrutiny, mediator, licence and milestones', () => {
    expect(text).toContain('Cargo trailer 1.2 Linden Street Tenants fair 6 240.00 EUR 15 September 2026');
    expect(text).toContain('For a loan: The principal, in ten equal monthly parts');
    expect(text).toContain('When the scrutiny ends The scrutiny ends when the loan is paid back');
    expect(text).toContain('The cooperative advice centre of the district');
    expect(text).toContain('CERN-OHL-S-2.0');
    expect(text).toContain('30 June 2026 – First trailer tested');
  });

  it('says the hash, and how to check it', () => {
    expect(text).toContain(contract.release.sha256);
    expect(text).toContain(
      'curl -fsS https://cw.example/registry/contracts/CSM-2026-0001/releases/1.json | sha256sum',
    );
  });

  it('shows the newest release first', () => {
    const releases = [1, 2].map((number) => sampleRelease({ number, sha256: String(number).repeat(64) }));
    const shown = contractPage({
      origin: ORIGIN,
      contract: { ...contract, releases },
      progress: null,
      log: LOG_PLACE,
    });
    expect(shown.indexOf('Release 2</strong>')).toBeLessThan(shown.indexOf('Release 1</strong>'));
    expect(shown).toContain('href="/registry/contracts/CSM-2026-0001/releases/1.pdf"');
  });

  it('says where the release stands in the public log, and who cosigned its head', () => {
    expect(page).toContain('is entry <strong>6</strong> of the public log');
    expect(page).toMatch(/covers\s+7 entries/);
    expect(page).toContain('cosigned by witness.example/w1');
    expect(page).toContain('href="/registry/contracts/CSM-2026-0001/releases/1.tlog-proof"');
    const early = contractPage({ origin: ORIGIN, contract, progress: null, log: { ...LOG_PLACE, index: 7 } });
    expect(early).toContain('will stand in the public log in a few seconds');
  });

  it('shows progress when there is work, and says that there is none yet', () => {
    const progress = { jobsDone: 7, jobsTotal: 12, unitsDone: 3, unitsTotal: 10 };
    const shown = contractPage({
      origin: ORIGIN,
      contract: sampleContract({ state: 'active' }),
      progress,
      log: LOG_PLACE,
    });
    expect(textOf(shown)).toContain('Jobs done 7 of 12 Units finished 3 of 10');
    expect(shown).toContain('aria-label="7 of 12 jobs done"');
    expect(text).toContain('The work begins when the contract becomes active.');
  });

  it('escapes whatever the parties wrote', () => {
    const hostile = sampleContract(
      {
        title: HOSTILE,
        summary: HOSTILE,
        withdrawnReason: HOSTILE,
        fablab: { ...contract.fablab, name: HOSTILE },
        receivingCommunities: [{ ...contract.fablab, name: HOSTILE }],
      },
      {
        title: HOSTILE,
        summary: HOSTILE,
        endCondition: HOSTILE,
        mediator: HOSTILE,
        licence: HOSTILE,
        milestones: [{ name: HOSTILE, dueOn: '2026-06-30' }],
        pledges: [{ instrument: 'loan', return: HOSTILE }],
        parties: [{ role: 'manufacturing', slug: 'x', name: HOSTILE }],
        deliverables: [{ ...contract.release.document.deliverables[0]!, product: HOSTILE, version: HOSTILE }],
      },
    );
    expectHarmless(contractPage({ origin: ORIGIN, contract: hostile, progress: null, log: LOG_PLACE }));
  });

  it('needs nothing from elsewhere and runs nothing', () => {
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(addresses.filter((each) => !/^(\/|#|data:|https:\/\/cw\.example)/.test(each))).toEqual([]);
    expectHarmless(page);
  });
});

describe('the list of contracts', () => {
  const view = {
    origin: ORIGIN,
    state: null,
    contracts: [sampleContract()],
    progress: NO_PROGRESS,
    after: null,
    next: null,
  };

  it('shows each with state, parties and funding, as a link', () => {
    const text = textOf(registryListPage(view));
    expect(text).toContain('open CSM-2026-0001 published 2 March 2026');
    expect(text).toContain(
      '60 % of 3,000.00 EUR pledged, by 2 pledges; 600.00 EUR received. Open until 31 May 2026.',
    );
    expect(registryListPage(view)).toContain('<a href="/registry/contracts/CSM-2026-0001">');
  });

  it('offers every state but draft, and marks the one that is shown', () => {
    const page = registryListPage({ ...view, state: 'active' });
    expect(page).toMatch(/<a href="\/registry\?state=active" aria-current="page"\s*>Active</);
    expect(page).not.toMatch(/draft/i);
  });

  it('goes on with a plain link, within the state, and back', () => {
    const page = registryListPage({ ...view, state: 'open', after: 'aa', next: 'b"b' });
    expect(page).toContain(
      '<a class="button" rel="next" href="/registry?state=open&amp;after=b%22b">Older contracts</a>',
    );
    expect(page).toContain('<a class="button" href="/registry?state=open">Back to the newest</a>');
  });

  it('says that there is nothing', () => {
    expect(textOf(registryListPage({ ...view, contracts: [], state: 'lapsed' }))).toContain(
      'No published contract is lapsed at the moment.',
    );
    expect(textOf(registryListPage({ ...view, contracts: [], after: 'aa' }))).toContain(
      'There are no older contracts.',
    );
  });

  it('escapes titles, summaries and names', () => {
    const contract = sampleContract({ title: HOSTILE, summary: HOSTILE });
    expectHarmless(registryListPage({ ...view, contracts: [contract] }));
  });
});

describe('the landing page', () => {
  it('shows the totals by state as links, and the newest contracts', () => {
    const page = landingPage({
      origin: ORIGIN,
      totals: { open: 2, active: 1 },
      newest: [sampleContract()],
      progress: NO_PROGRESS,
      demo: true,
    });
    expect(page).toContain('<a href="/registry?state=open"><b>2</b> open</a>');
    expect(page).toContain('<a href="/registry?state=completed"><b>0</b> completed</a>');
    expect(page).not.toContain('state=lapsed');
    expect(textOf(page)).toContain('This instance tells a demo story.');
    expect(page).toContain('href="/app"');
  });

  it('says that nothing was published yet', () => {
    const text = textOf(
      landingPage({ origin: ORIGIN, totals: {}, newest: [], progress: NO_PROGRESS, demo: false }),
    );
    expect(text).toContain('No contract has been published here yet');
    expect(text).not.toContain('demo story');
  });
});

describe('the page for a problem', () => {
  it('says what was wrong, escaped, and is not indexed', () => {
    const page = problemPage({ title: HOSTILE, sentence: HOSTILE, incident: null });
    expectHarmless(page);
    expect(page).toContain('<meta name="robots" content="noindex" />');
  });

  it('gives the number under which the log has more', () => {
    expect(problemPage({ title: 'Oh', sentence: 'Sorry.', incident: 'abc-1' })).toContain(
      '<code>abc-1</code>',
    );
  });
});

describe('funding that needs nothing or is more than enough', () => {
  it('is shown without leaving the bar', () => {
    const contract = sampleContract({
      funding: {
        threshold: money(0n, 'EUR'),
        pledged: money(500n, 'EUR'),
        received: money(0n, 'EUR'),
        pledgeCount: 1,
      },
    });
    const page = contractPage({ origin: ORIGIN, contract, progress: null, log: LOG_PLACE });
    expect(textOf(page)).toContain('100 % pledged, by 1 pledge. What is needed has been pledged.');
    expect(page).not.toMatch(/<rect class="pledged" width="(?!100")/);
  });
});
