import type {
  ClosedPledge,
  DocumentMoney,
  DocumentSettlement,
  DocumentSettlementLine,
  PublicContract,
} from '#contracting';
import { html, paragraphs, type Html } from '../html/html.js';
import { timeOf } from './parts.js';
import { dayWords, instantWords, instrumentWords, minorWords } from './words.js';

type NameOf = (slug: string) => string;

/** Supporters stand in documents by the slug of their party, or by the name under which they are shown. */
function namesIn({ release }: PublicContract): NameOf {
  return (slug) => release.document.parties.find((party) => party.slug === slug)?.name ?? slug;
}

/** A termination that waits for answers: everybody can read what is proposed. */
export function proposedTerminationCard(contract: PublicContract): Html | false {
  const { proposedTermination: proposed } = contract;
  if (!proposed) return false;
  const nameOf = namesIn(contract);
  return html`<section class="card" aria-labelledby="termination">
    <h2 id="termination">It is proposed to end this contract</h2>
    ${paragraphs(proposed.document.reason)}
    <p class="soft">
      Proposed by ${nameOf(proposed.document.proposedBy)} on
      ${timeOf(proposed.document.proposedAt, instantWords(new Date(proposed.document.proposedAt)))}. Nothing
      changes before all of these have accepted it:
      ${proposed.document.asked.map((slug) => nameOf(slug)).join(', ')}.
    </p>
    ${settlementTable(proposed.document, nameOf, 'What would become of what is owed')}
    <p class="soft small">SHA-256 of the proposal: <code class="hash">${proposed.sha256}</code></p>
  </section>`;
}

/** How the contract ended before its time, and what stays due. */
export function settlementCard(contract: PublicContract): Html | false {
  const { termination, closing } = contract.release.document;
  if (!termination) return false;
  const stays = !closing && termination.obligations.some(({ due }) => due.amountMinor !== '0');
  return html`<section class="card" aria-labelledby="settlement">
    <h2 id="settlement">How it ended, and the settlement</h2>
    ${paragraphs(termination.reason)}
    <p class="soft">
      Terminated on ${timeOf(termination.endedOn)}, in the place of release
      ${termination.ends}.${termination.dispute !== undefined && ` The dispute of question ${termination.dispute} ended so.`}
    </p>
    ${settlementTable(termination, namesIn(contract), 'What becomes of what was owed')}
    ${
      stays &&
      html`<p>
        What stays due is owed as before: the supporter keeps its scrutiny until it is returned, and a closing
        release is published then.
      </p>`
    }
    <p class="soft small">
      SHA-256 of the proposal that was accepted: <code class="hash">${termination.proposalSha256}</code>
    </p>
  </section>`;
}

function settlementTable({ obligations, unpaid }: DocumentSettlement, nameOf: NameOf, caption: string): Html {
  const row = (line: DocumentSettlementLine): Html =>
    html`<tr>
      <th scope="row">${nameOf(line.supporter)}</th>
      <td data-label="Owed" class="num">${amount(line.owed)}</td>
      <td data-label="Repaid" class="num">${amount(line.repaid)}</td>
      <td data-label="Forgiven" class="num">${amount(line.forgiven)}</td>
      <td data-label="Stays due" class="num">${amount(line.due)}</td>
      <td data-label="Plan"><span>${planWords(line)}</span></td>
    </tr> `;
  return html`${
    obligations.length === 0
      ? html`<p>Nothing was owed.</p>`
      : html`<table class="fold">
          <caption>
            ${caption}
          </caption>
          <thead>
            <tr>
              <th scope="col">Supporter</th>
              <th scope="col" class="num">Owed</th>
              <th scope="col" class="num">Repaid</th>
              <th scope="col" class="num">Forgiven</th>
              <th scope="col" class="num">Stays due</th>
              <th scope="col">Plan</th>
            </tr>
          </thead>
          <tbody>
            ${obligations.map(row)}
          </tbody>
        </table>`
  }
  ${unpaid.map(
    (each) =>
      html`<p>
        ${amount(each.waived)} that ${nameOf(each.supporter)} pledged and did not pay is wanted no more.
      </p> `,
  )}`;
}

/** What came in for each pledge, and what went back: the last word about a contract. */
export function closingCard(contract: PublicContract): Html | false {
  const { closing } = contract.release.document;
  if (!closing) return false;
  const nameOf = namesIn(contract);
  const row = (pledge: ClosedPledge): Html =>
    html`<tr>
      <th scope="row">
        ${nameOf(pledge.supporter)} <span class="soft">${instrumentWords(pledge.instrument)}</span>
      </th>
      <td data-label="Pledged" class="num">${amount(pledge.pledged)}</td>
      <td data-label="Received" class="num">${amount(pledge.received)}</td>
      <td data-label="Returned" class="num">${amount(pledge.returned)}</td>
      <td data-label="Interest" class="num">${amount(pledge.interest)}</td>
      <td data-label="Forgiven" class="num">${amount(pledge.forgiven)}</td>
      <td data-label="Not paid, waived" class="num">${amount(pledge.waived)}</td>
      <td data-label="Ended">${pledge.endedOn ? timeOf(pledge.endedOn) : '–'}</td>
    </tr> `;
  return html`<section class="card" aria-labelledby="closing">
    <h2 id="closing">What came of it</h2>
    <p>
      The last obligation ended on ${timeOf(closing.endedOn)}, and with it all scrutiny. This closing release
      says what became of every pledge under release ${closing.closes}.
    </p>
    <table class="fold">
      <caption>
        What became of each pledge
      </caption>
      <thead>
        <tr>
          <th scope="col">Supporter</th>
          <th scope="col" class="num">Pledged</th>
          <th scope="col" class="num">Received</th>
          <th scope="col" class="num">Returned</th>
          <th scope="col" class="num">Interest</th>
          <th scope="col" class="num">Forgiven</th>
          <th scope="col" class="num">Not paid, waived</th>
          <th scope="col">Ended</th>
        </tr>
      </thead>
      <tbody>
        ${closing.pledges.map(row)}
      </tbody>
    </table>
  </section>`;
}

/** `10 parts, one every month from 31 January 2027 on`. */
export function planWords({ plan }: Pick<DocumentSettlementLine, 'plan'>): string {
  if (!plan) return '–';
  if (plan.instalments === 1) return `all of it on ${dayWords(plan.firstDueOn)}`;
  const every = plan.everyMonths === 1 ? 'every month' : `every ${plan.everyMonths} months`;
  return `${plan.instalments} parts, one ${every} from ${dayWords(plan.firstDueOn)} on`;
}

function amount({ amountMinor, currency }: DocumentMoney): string {
  return minorWords(amountMinor, currency);
}
