import type { DocumentMoney, ReleaseDocument } from '#contracting';
import { planWords } from '../pages/ending-cards.js';
import { dayWords, minorWords } from '../pages/words.js';
import type { PdfWriter } from '#platform';

function amount({ amountMinor, currency }: DocumentMoney): string {
  return minorWords(amountMinor, currency);
}

function nameOf({ parties }: ReleaseDocument, slug: string): string {
  return parties.find((party) => party.slug === slug)?.name ?? slug;
}

/** How a contract ended before its time, and what came of it. Nothing for a release that ends nothing. */
export function ending(pdf: PdfWriter, document: ReleaseDocument): void {
  settlement(pdf, document);
  closing(pdf, document);
}

function settlement(pdf: PdfWriter, document: ReleaseDocument): void {
  const { termination } = document;
  if (!termination) return;
  const dispute =
    termination.dispute === undefined ? '' : ` The dispute of question ${termination.dispute} ended so.`;
  pdf
    .heading('How it ended, and the settlement')
    .paragraph(termination.reason)
    .paragraph(
      `Terminated on ${dayWords(termination.endedOn)}, in the place of release ${termination.ends}.${dispute}`,
    );
  if (termination.obligations.length > 0) {
    pdf.table(
      [
        { head: 'Supporter', weight: 2 },
        { head: 'Owed', weight: 1.3, align: 'right' },
        { head: 'Repaid', weight: 1.3, align: 'right' },
        { head: 'Forgiven', weight: 1.3, align: 'right' },
        { head: 'Stays due', weight: 1.3, align: 'right' },
        { head: 'Plan', weight: 2.2 },
      ],
      termination.obligations.map((line) => [
        nameOf(document, line.supporter),
        amount(line.owed),
        amount(line.repaid),
        amount(line.forgiven),
        amount(line.due),
        planWords(line),
      ]),
    );
  }
  for (const { supporter, waived } of termination.unpaid)
    pdf.paragraph(
      `${amount(waived)} that ${nameOf(document, supporter)} pledged and did not pay is wanted no more.`,
    );
  pdf
    .paragraph('SHA-256 of the proposal that everybody asked has accepted:', { soft: true })
    .paragraph(termination.proposalSha256, { font: 'mono', size: 8.5 });
}

function closing(pdf: PdfWriter, document: ReleaseDocument): void {
  const { closing: closed } = document;
  if (!closed) return;
  pdf
    .heading('What came of it')
    .paragraph(
      `The last obligation ended on ${dayWords(closed.endedOn)}, and with it all scrutiny. What became of every pledge under release ${closed.closes}:`,
    )
    .table(
      [
        { head: 'Supporter', weight: 2 },
        { head: 'Received', weight: 1.3, align: 'right' },
        { head: 'Returned', weight: 1.3, align: 'right' },
        { head: 'Interest', weight: 1.15, align: 'right' },
        { head: 'Forgiven', weight: 1.3, align: 'right' },
        { head: 'Waived', weight: 1.3, align: 'right' },
        { head: 'Ended', weight: 1.6 },
      ],
      closed.pledges.map((pledge) => [
        nameOf(document, pledge.supporter),
        amount(pledge.received),
        amount(pledge.returned),
        amount(pledge.interest),
        amount(pledge.forgiven),
        amount(pledge.waived),
        pledge.endedOn ? dayWords(pledge.endedOn) : '–',
      ]),
    );
}
