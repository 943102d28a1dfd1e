import { describe, expect, it } from '@jest/globals';
import {
  deliverable,
  HOSTILE,
  sampleClosing,
  sampleDocument,
  sampleTermination,
} from '../../testing/sample-contract.js';
import { releasePdf, type ReleasePdfSource } from './release-pdf.js';

function source(changes: Parameters<typeof sampleDocument>[0] = {}): ReleasePdfSource {
  return {
    document: sampleDocument(changes),
    sha256: 'ab'.repeat(32),
    logIndex: 41,
    proofAddress: 'https://cw.example/registry/contracts/CSM-2026-0001/releases/1.tlog-proof',
    pageAddress: 'https://cw.example/registry/contracts/CSM-2026-0001',
    jsonAddress: 'https://cw.example/registry/contracts/CSM-2026-0001/releases/1.json',
  };
}

function pagesOf(bytes: Buffer): number {
  return bytes.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

describe('the PDF of a release', () => {
  it('has the same bytes whenever it is made', async () => {
    const first = await releasePdf(source());
    const second = await releasePdf(source());

    expect(first.equals(second)).toBe(true);
    expect(first.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
  });

  it('has other bytes for another hash and another place in the log', async () => {
    const plain = await releasePdf(source());
    for (const other of [{ sha256: 'cd'.repeat(32) }, { logIndex: 42 }])
      expect(plain.equals(await releasePdf({ ...source(), ...other }))).toBe(false);
  });

  it('says of an amendment that it is proposed, and why', async () => {
    const plain = await releasePdf(source({ release: 2 }));
    const amended = await releasePdf(
      source({ release: 2, amendment: { amends: 1, reason: 'Wood is late.' } }),
    );

    expect(amended.equals(plain)).toBe(false);
    expect(pagesOf(amended)).toBe(2);
  });

  it('holds the settlement of a terminated contract, and what came of every pledge', async () => {
    const termination = sampleTermination();
    const closing = sampleClosing();
    const headings = async (changes: Parameters<typeof sampleDocument>[0]): Promise<number> =>
      (await releasePdf(source(changes))).toString('latin1').match(/\/S \/H2\b/g)?.length ?? 0;
    const plain = await headings({});

    expect(await headings({ status: 'terminated', termination })).toBe(plain + 1);
    expect(await headings({ status: 'terminated', termination, closing })).toBe(plain + 2);
    expect(await headings({ status: 'completed', closing })).toBe(plain + 1);
  });

  it('is dated by the release, tagged, in a named language, and has bookmarks', async () => {
    const text = (await releasePdf(source())).toString('latin1');

    expect(text).toContain('(D:20260302080000Z)');
    expect(text).toContain('/Marked true');
    expect(text).toContain('/Lang (en)');
    expect(text).toContain('/PageMode /UseOutlines');
    expect(text.match(/\/S \/(H1|H2|Table|TR|TH|TD|P|Link)\b/g)?.length).toBeGreaterThan(40);
    expect(text).toContain('/DisplayDocTitle true');
  });

  it('goes on over the page for a long table', async () => {
    const deliverables = Array.from({ length: 50 }, (_each, index) =>
      deliverable(index + 1, 'linden-street', 3),
    );
    const bytes = await releasePdf(source({ deliverables }));

    expect(pagesOf(bytes)).toBeGreaterThan(2);
    expect(pagesOf(await releasePdf(source()))).toBe(2);
  });

  it('keeps its metadata well-formed whatever the title holds', async () => {
    const text = (await releasePdf(source({ title: HOSTILE }))).toString();
    const metadata = text.slice(text.indexOf('<?xpacket begin'), text.indexOf('<?xpacket end'));

    expect(metadata).toContain('‹script›alert("1")‹/script›');
    expect(metadata).not.toMatch(/<script|&(?!amp;)/);
  });

  it('survives hostile, very long and foreign text', async () => {
    const long = `${'wordwithoutend'.repeat(80)} ${'and more of it. '.repeat(200)}`;
    const bytes = await releasePdf(
      source({
        title: HOSTILE,
        summary: `Zażółć gęślą jaźń. Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία.\n\n${long}`,
        endCondition: long,
      }),
    );

    expect(pagesOf(bytes)).toBeGreaterThan(2);
  });
});
