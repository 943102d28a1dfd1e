import { describe, expect, it } from '@jest/globals';
import {
  FABLAB,
  HOSTILE,
  LINDEN,
  sampleClosing,
  sampleContract,
  sampleSettlement,
  sampleTermination,
  LOG_PLACE,
} from '../../testing/sample-contract.js';
import { contractPage } from './contract.page.js';
import { planWords } from './ending-cards.js';

const ORIGIN = 'https://cw.example';

function textOf(contract: ReturnType<typeof sampleContract>): string {
  return contractPage({ origin: ORIGIN, contract, progress: null, log: LOG_PLACE })
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ');
}

describe('the page of a contract that ended before its time', () => {
  const termination = sampleTermination();

  it('says why, by which settlement, and that what stays due keeps its scrutiny', () => {
    const text = textOf(sampleContract({ state: 'terminated' }, { termination, status: 'terminated' }));
    expect(text).toContain('How it ended, and the settlement The saw burned down.No other can be had.');
    expect(text).toContain('Terminated on 1 July 2026, in the place of release 1.');
    expect(text).toContain(
      'Linden Street Tenants 1,200.00 EUR 200.00 EUR 0.00 EUR 1,000.00 EUR 10 parts, one every month from 31 January 2027 on',
    );
    expect(text).toContain('600.00 EUR that Harbour Garden pledged and did not pay is wanted no more.');
    expect(text).toContain('the supporter keeps its scrutiny until it is returned');
    expect(text).toContain('d'.repeat(64));
  });

  it('says no such thing once the closing release is published', () => {
    const text = textOf(sampleContract({ state: 'terminated' }, { termination, closing: sampleClosing() }));
    expect(text).not.toContain('keeps its scrutiny until');
    expect(text).toContain(
      'What came of it The last obligation ended on 31 October 2027, and with it all scrutiny.',
    );
    expect(text).toContain(
      'Linden Street Tenants loan 1,200.00 EUR 1,200.00 EUR 1,100.00 EUR 0.00 EUR 100.00 EUR 0.00 EUR 31 October 2027',
    );
  });

  it('names the dispute that ended so', () => {
    const text = textOf(sampleContract({}, { termination: { ...termination, dispute: 3 } }));
    expect(text).toContain('The dispute of question 3 ended so.');
  });

  it('shows a proposal before it is agreed, and lets nothing of it break the page', () => {
    const document = {
      ...sampleSettlement(),
      reason: HOSTILE,
      format: 'commonwright.settlement/1' as const,
      contract: 'CSM-2026-0001',
      proposal: 1,
      proposedAt: '2026-06-30T10:00:00.000Z',
      proposedBy: FABLAB.slug,
      asked: [FABLAB.slug, LINDEN.slug],
    };
    const contract = sampleContract({ proposedTermination: { sha256: 'e'.repeat(64), document } });
    const page = contractPage({ origin: ORIGIN, contract, progress: null, log: LOG_PLACE });
    expect(page).not.toMatch(/<script|<img|onerror='/i);
    const text = textOf(contract);
    expect(text).toContain('It is proposed to end this contract');
    expect(text).toContain(
      'Proposed by Oak Hollow Fablab on 30 June 2026, 10:00 UTC. Nothing changes before all of these have accepted it: Oak Hollow Fablab, Linden Street Tenants.',
    );
  });

  it('is silent about all this while nothing ends', () => {
    const text = textOf(sampleContract());
    for (const words of ['How it ended', 'What came of it', 'It is proposed to end'])
      expect(text).not.toContain(words);
  });
});

describe('what is still owed', () => {
  it('stands under the pledges in plain words', () => {
    const scrutiny = [{ supporter: LINDEN, sentence: 'Ends after 1,240.00 EUR more is repaid.' }];
    expect(textOf(sampleContract({ scrutiny }))).toContain(
      'What is still owed, and when each scrutiny ends Linden Street Tenants – Ends after 1,240.00 EUR more is repaid.',
    );
  });

  it('is planned in words', () => {
    const plan = { instalments: 1, firstDueOn: '2027-01-31' as never, everyMonths: 1 };
    expect(planWords({ plan })).toBe('all of it on 31 January 2027');
    expect(planWords({ plan: { ...plan, instalments: 2, everyMonths: 3 } })).toBe(
      '2 parts, one every 3 months from 31 January 2027 on',
    );
    expect(planWords({})).toBe('–');
  });
});
