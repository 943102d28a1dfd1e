import type { ContractState, PublicContractSummary } from '#contracting';
import { listPath } from '../http/addresses.js';
import { html } from '../html/html.js';
import { page } from '../html/layout.js';
import { contractItem, type Progress } from './parts.js';
import { PUBLIC_STATES } from './words.js';

export interface LandingView {
  /** `https://host`, without a trailing slash. */
  readonly origin: string;
  /** Published contracts by state; a state without any may be missing. */
  readonly totals: Readonly<Partial<Record<ContractState, number>>>;
  readonly newest: readonly PublicContractSummary[];
  readonly progress: ReadonlyMap<string, Progress>;
  readonly demo: boolean;
}

const DESCRIPTION =
  'Community Supported Manufacturing: communities lend money or work to a fablab, the fablab makes what they need, ' +
  'and every contract is published for anyone to read and check.';

/** `/`: what this is, in plain words, for somebody who has never heard of it. */
export function landingPage(view: LandingView): string {
  const total = PUBLIC_STATES.reduce((sum, state) => sum + (view.totals[state] ?? 0), 0);
  return page(
    { title: 'Community Supported Manufacturing', description: DESCRIPTION, canonical: `${view.origin}/` },
    'home',
    html`<div class="hero">
        <h1>Made together, agreed in the open</h1>
        <p class="lead">
          A community needs something made. A fablab near it can make it, but lacks the money to begin, or the
          hands. So the community lends what is missing, the fablab makes the thing, and gives back what it
          owes. That is <strong>Community Supported Manufacturing</strong>, and this is a place where it is
          agreed, worked on, and shown to everybody.
        </p>
        <p class="actions">
          <a class="button main" href="/registry">Read the contracts</a>
          <a class="button" href="/app">Open the app</a>
        </p>
        ${view.demo && html`<p class="soft small">This instance tells a demo story. Its communities, contracts and sums are invented.</p>`}
      </div>
      ${totalsSection(view, total)} ${howSection()} ${promiseSection()}
      ${
        view.newest.length > 0 &&
        html`<section class="section" aria-labelledby="newest">
          <h2 id="newest">Newest contracts</h2>
          <ul class="list">
            ${view.newest.map((each) => contractItem(each, view.progress.get(each.ref) ?? null))}
          </ul>
          <p class="pager"><a class="button" href="/registry">All published contracts</a></p>
        </section>`
      }`,
  );
}

function totalsSection(view: LandingView, total: number) {
  return html`<section class="section" aria-labelledby="totals">
    <h2 id="totals">${total === 0 ? 'No contract has been published here yet' : 'Published here so far'}</h2>
    ${
      total > 0 &&
      html`<ul class="totals">
        ${PUBLIC_STATES.filter(
          (state) =>
            (view.totals[state] ?? 0) > 0 || state === 'open' || state === 'active' || state === 'completed',
        ).map(
          (state) =>
            html`<li>
              <a href="${listPath({ state })}"><b>${view.totals[state] ?? 0}</b> ${state}</a>
            </li> `,
        )}
      </ul>`
    }
  </section>`;
}

function howSection() {
  return html`<section class="section" aria-labelledby="how">
    <h2 id="how">How it works</h2>
    <ol class="cards steps">
      <li class="card">
        <h3>A need becomes a contract</h3>
        <p>
          The communities and the fablab write down only what matters: what is made, for whom, by when, what
          is lent, and how it is returned.
        </p>
      </li>
      <li class="card">
        <h3>The contract is published</h3>
        <p>
          From that moment anyone can read it. Each party accepts exactly the published text, and supporters
          pledge.
        </p>
      </li>
      <li class="card">
        <h3>The fablab makes it</h3>
        <p>
          Once enough is pledged and everyone has accepted, the pledges bind and the work begins, job by job,
          in the fablab’s sections.
        </p>
      </li>
      <li class="card">
        <h3>The scrutiny ends</h3>
        <p>
          While the fablab owes something, its supporters may look closely and ask: that is their scrutiny.
          When the last of it is given back, it ends by itself.
        </p>
      </li>
    </ol>
  </section>`;
}

function promiseSection() {
  return html`<section class="section" aria-labelledby="promise">
    <h2 id="promise">What makes it different</h2>
    <ul class="cards">
      <li class="card">
        <h3>Support without ownership</h3>
        <p>
          Whoever helps a fablab gains no share of it and no say over it: only the right to look and to ask,
          until what is owed is given back. A contract that tries to take more cannot be published.
        </p>
      </li>
      <li class="card">
        <h3>Public, and checkable</h3>
        <p>
          Every published text has a fingerprint, a SHA-256 number. Change one letter and the number changes,
          so a copy can be compared with the original by anyone.
        </p>
      </li>
      <li class="card">
        <h3>No personal data</h3>
        <p>
          Contracts name communities, products and sums. Persons, conversations and addresses stay with the
          parties.
        </p>
      </li>
    </ul>
  </section>`;
}
