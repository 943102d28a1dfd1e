import type { ReleaseDocument } from '#contracting';
import { PdfWriter } from '#platform';
import {
  anInstrument,
  count,
  dayWords,
  instantWords,
  minorWords,
  shortened,
  thresholdsWords,
} from '../pages/words.js';
import { ending } from './ending-pdf.js';

export interface ReleasePdfSource {
  readonly document: ReleaseDocument;
  /** 64 hexadecimal digits: the hash of the document's canonical JSON. */
  readonly sha256: string;
  /** Its place in the public log. It is known a moment after the publication and never changes, so this file does not either. */
  readonly logIndex: number;
  /** The proof of that, absolute. */
  readonly proofAddress: string;
  /** The contract's page, absolute. */
  readonly pageAddress: string;
  /** The JSON of this very release, absolute. */
  readonly jsonAddress: string;
}

/**
 * The PDF of a release. All of it comes from the release's document, its hash and its addresses, so the same
 * bytes come out whenever it is made again; what changes (funding, progress, state) stands on the page only.
 */
export async function releasePdf({
  document,
  sha256,
  logIndex,
  proofAddress,
  pageAddress,
  jsonAddress,
}: ReleasePdfSource): Promise<Buffer> {
  const { contract, release, title, publishedAt } = document;
  const published = new Date(publishedAt);
  const pdf = new PdfWriter({
    title: `${contract}, release ${release}: ${title}`,
    subject: `SHA-256 of the JSON: ${sha256}`,
    date: published,
    footer: shortened(`${contract} · Release ${release} · ${title}`, 90),
  });
  pdf
    .title(`Contract ${contract} · Release ${release}`, title)
    .paragraph(`Published ${instantWords(published)}. ${standing(document)}`, { soft: true })
    .gap(4)
    .panel([
      { text: 'SHA-256 of the JSON of this release', font: 'bold' },
      { text: sha256, font: 'mono', size: 9 },
      { text: `Entry ${logIndex} of the public log`, soft: true },
      { text: `${pageAddress}`, soft: true },
    ]);
  pdf.heading('What this is about').paragraph(document.summary);
  ending(pdf, document);
  parties(pdf, document);
  deliverables(pdf, document);
  funding(pdf, document);
  if (document.milestones.length > 0) {
    pdf.heading('Milestones').table(
      [
        { head: 'Milestone', weight: 3 },
        { head: 'Due', weight: 1.2 },
      ],
      document.milestones.map(({ name, dueOn }) => [name, dayWords(dueOn)]),
    );
  }
  pdf
    .heading('Terms')
    .terms([
      ['When the scrutiny ends', document.endCondition],
      ['Who mediates a dispute', document.mediator],
      ...(document.answerDays === undefined
        ? []
        : [['How soon a question is answered', `Within ${count(document.answerDays, 'day')}.`] as const]),
      ['Licence of the design', document.licence],
    ]);
  verification(pdf, { jsonAddress, pageAddress, proofAddress });
  return pdf.end();
}

/** What this release means for the contract, as far as its own text can know. */
function standing({ status, amendment, closing }: ReleaseDocument): string {
  if (!amendment || closing) return `With this release the contract is ${status}.`;
  return `Proposed in the place of release ${amendment.amends}, and in force once every party has accepted it; the contract’s page says whether that is so. Why: ${amendment.reason}`;
}

function parties(pdf: PdfWriter, { parties: all }: ReleaseDocument): void {
  pdf.heading('Parties').table(
    [
      { head: 'Community', weight: 3 },
      { head: 'Part in the contract', weight: 1.6 },
    ],
    all.map(({ name, role }) => [name, role === 'manufacturing' ? 'makes' : 'receives']),
  );
}

function deliverables(pdf: PdfWriter, document: ReleaseDocument): void {
  const nameOf = (slug: string): string =>
    document.parties.find((party) => party.slug === slug)?.name ?? slug;
  pdf.heading('What is made, and for whom').table(
    [
      { head: 'Product and version', weight: 2.3 },
      { head: 'For', weight: 2.05 },
      { head: 'Tier', weight: 1.05 },
      { head: 'Units', weight: 0.75, align: 'right' },
      { head: 'Price of one', weight: 1.5, align: 'right' },
      { head: 'Due', weight: 1.95 },
    ],
    document.deliverables.map((line) => [
      `${line.product} ${line.version}`,
      nameOf(line.receiver),
      line.tier,
      line.quantity.toLocaleString('en'),
      minorWords(line.unitPrice.amountMinor, line.unitPrice.currency),
      dayWords(line.dueOn),
    ]),
  );
}

function funding(pdf: PdfWriter, document: ReleaseDocument): void {
  const needed = thresholdsWords(document.thresholds);
  const deadline = `${dayWords(document.deadline)} (that day included)`;
  pdf
    .heading('What is needed, and what is returned')
    .paragraph(
      needed === ''
        ? `Nothing must be pledged. The contract becomes active as soon as every party has accepted the same release, by ${deadline}.`
        : `${needed} must be pledged by ${deadline}. The contract becomes active as soon as this is so and every party has accepted the same release.`,
    )
    .terms(document.pledges.map((each) => [`For ${anInstrument(each.instrument)}`, each.return]));
}

function verification(
  pdf: PdfWriter,
  {
    jsonAddress,
    pageAddress,
    proofAddress,
  }: Pick<ReleasePdfSource, 'jsonAddress' | 'pageAddress' | 'proofAddress'>,
): void {
  pdf
    .heading('How to check this document')
    .paragraph('The JSON of this release is published at')
    .link(jsonAddress)
    .paragraph('Compute its fingerprint with')
    .paragraph(`curl -fsS ${jsonAddress} | sha256sum`, { font: 'mono', size: 8.5 })
    .paragraph(
      'and compare the result with the SHA-256 on the first page. That it stands in the public log is proven by',
    )
    .link(proofAddress)
    .paragraph('Funding, progress and later releases stand on the contract’s page:')
    .link(pageAddress);
}
