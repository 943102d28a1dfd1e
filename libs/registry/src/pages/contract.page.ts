import type { PublicContract } from '#contracting';
import { contractPath } from '../http/addresses.js';
import { html, paragraphs, type Html } from '../html/html.js';
import { page } from '../html/layout.js';
import type { LogPlace } from '../log/log-proofs.js';
import { deliverablesCard, milestonesCard, partiesCard, pledgesCard, termsCard } from './contract-cards.js';
import { closingCard, proposedTerminationCard, settlementCard } from './ending-cards.js';
import { moneyCard, receivedWords } from './money-card.js';
import { releasesCard, verifyCard } from './contract-proof.js';
import {
  badge,
  fundingBar,
  partiesSentence,
  progressBar,
  stateSentence,
  timeOf,
  type Progress,
} from './parts.js';
import { count, instantWords, moneyWords, percent, shortened } from './words.js';

export interface ContractPageView {
  readonly origin: string;
  readonly contract: PublicContract;
  readonly progress: Progress | null;
  /** Where the release in force stands in the public log. */
  readonly log: LogPlace;
}

const DESCRIPTION_CHARS_MAX = 200;

/** `/registry/contracts/<ref>`: what was promised, what is still owed, when scrutiny ends, and how to check it. */
export function contractPage(view: ContractPageView): string {
  const { contract, origin } = view;
  const { ref, title } = contract;
  return page(
    {
      title: `${title} (${ref})`,
      description: shortened(
        `Contract ${ref}, ${contract.state}. ${contract.summary}`,
        DESCRIPTION_CHARS_MAX,
      ),
      canonical: `${origin}${contractPath(ref)}`,
      alternates: [
        {
          type: 'application/json',
          href: contractPath(ref, 'json'),
          title: 'Canonical JSON of the latest release',
        },
        { type: 'application/pdf', href: contractPath(ref, 'pdf'), title: 'PDF of the latest release' },
      ],
    },
    'registry',
    html`<article>
      ${header(contract)}
      <div class="split">
        <aside class="stack" aria-label="Funding, work and documents">
          ${fundingCard(contract)} ${progressCard(view.progress)} ${documentsCard(contract)}
        </aside>
        <div class="stack">
          <section class="card" aria-labelledby="about">
            <h2 id="about">What this is about</h2>
            ${paragraphs(contract.summary)}
          </section>
          ${proposedTerminationCard(contract)} ${closingCard(contract)} ${settlementCard(contract)}
          ${deliverablesCard(contract)} ${pledgesCard(contract)} ${moneyCard(contract)} ${termsCard(contract)}
          ${milestonesCard(contract)} ${partiesCard(contract)} ${releasesCard(contract)}
          ${verifyCard(contract, origin, view.log)}
        </div>
      </div>
    </article>`,
  );
}

function header(contract: PublicContract): Html {
  const { ref, title, state, fablab, receivingCommunities, openedAt, activatedAt, withdrawnReason } =
    contract;
  const names = receivingCommunities.map(({ name }) => name);
  return html`<header>
    <p class="meta">
      ${badge(state)} <span class="mono">${ref}</span>
      <span>published ${timeOf(isoDay(openedAt))}</span
      >${activatedAt && html` <span>active since ${timeOf(isoDay(activatedAt))}</span>`}
    </p>
    <h1>${title}</h1>
    <p class="lead">${partiesSentence(fablab.name, names)}.</p>
    <p class="soft">
      ${stateSentence(state)}${state === 'open' && html` Pledges can be made until ${timeOf(contract.deadline)}.`}${withdrawnReason !== null && ` The reason given: ${withdrawnReason}`}
    </p>
  </header>`;
}

function fundingCard(contract: PublicContract): Html {
  const { funding, state } = contract;
  const { threshold, pledged, received, pledgeCount } = funding;
  const missing = threshold.amountMinor - pledged.amountMinor;
  const sentence =
    state === 'open' && missing > 0n
      ? `${moneyWords({ ...threshold, amountMinor: missing })} still to be pledged.`
      : missing <= 0n
        ? 'What is needed has been pledged.'
        : '';
  return html`<section class="card" aria-labelledby="funding">
    <h2 id="funding">Funding</h2>
    <p>
      <strong>${percent(pledged.amountMinor, threshold.amountMinor)} %</strong> pledged, by
      ${count(pledgeCount, 'pledge')}. ${sentence}
    </p>
    ${fundingBar(funding)}
    <dl class="figures">
      <dt><span class="dot"></span>Needed</dt>
      <dd><a href="#terms">${moneyWords(threshold)}</a></dd>
      <dt><span class="dot pledged"></span>Pledged</dt>
      <dd><a href="#pledges">${moneyWords(pledged)}</a></dd>
      <dt><span class="dot received"></span>Received</dt>
      <dd>${receivedWords(contract, received)}</dd>
    </dl>
  </section>`;
}

function progressCard(progress: Progress | null): Html {
  const body =
    progress && progress.jobsTotal > 0
      ? html`${progressBar(progress)}
          <dl class="figures">
            <dt>Jobs done</dt>
            <dd>${progress.jobsDone} of ${progress.jobsTotal}</dd>
            <dt>Units finished</dt>
            <dd>${progress.unitsDone} of ${progress.unitsTotal}</dd>
          </dl>`
      : html`<p class="soft">The work begins when the contract becomes active.</p>`;
  return html`<section class="card" aria-labelledby="work">
    <h2 id="work">Work</h2>
    ${body}
  </section>`;
}

function documentsCard({ ref, release }: PublicContract): Html {
  return html`<section class="card screen" aria-labelledby="documents">
    <h2 id="documents">The contract itself</h2>
    <p class="soft small">
      Release ${release.number}, published ${instantWords(release.publishedAt)}: the text that the parties
      accept.
    </p>
    <p class="downloads">
      <a class="button main" href="${contractPath(ref, 'pdf')}" type="application/pdf">Read as PDF</a>
      <a class="button" href="${contractPath(ref, 'json')}" type="application/json">Data as JSON</a>
    </p>
  </section>`;
}

function isoDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
