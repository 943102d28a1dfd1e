import type { PublicContractSummary } from '#contracting';
import { listPath } from '../http/addresses.js';
import { html, trustedHtml } from '../html/html.js';
import { page } from '../html/layout.js';
import { contractItem, stateSentence, type Progress } from './parts.js';
import { PUBLIC_STATES, type PublicState } from './words.js';

export interface RegistryListView {
  readonly origin: string;
  /** Null for every state. */
  readonly state: PublicState | null;
  readonly contracts: readonly PublicContractSummary[];
  readonly progress: ReadonlyMap<string, Progress>;
  /** The cursor this page was asked with; null on the first page. */
  readonly after: string | null;
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
}

/** `/registry`: the published contracts, newest first. */
export function registryListPage(view: RegistryListView): string {
  const { state, after, next, contracts, origin } = view;
  const heading = state === null ? 'Published contracts' : `Contracts that are ${state}`;
  return page(
    {
      title: heading,
      description:
        'Every contract that was published on this instance, with its parties, its funding and the progress of the work.',
      canonical: `${origin}${listPath({ state, after })}`,
    },
    'registry',
    html`<h1>${heading}</h1>
      <p class="lead">
        ${state === null ? 'Every contract that was published here, newest first.' : stateSentence(state)}
      </p>
      <nav aria-label="Contracts by state">
        <ul class="filters">
          <li>${filter('All', null, state)}</li>
          ${PUBLIC_STATES.map((each) => html`<li>${filter(capital(each), each, state)}</li> `)}
        </ul>
      </nav>
      ${
        contracts.length === 0
          ? html`<p>${emptySentence(view)}</p>`
          : html`<ul class="list">
              ${contracts.map((each) => contractItem(each, view.progress.get(each.ref) ?? null))}
            </ul>`
      }
      ${
        (after !== null || next !== null) &&
        html`<nav class="pager" aria-label="Pages">
          ${after !== null && html`<a class="button" href="${listPath({ state })}">Back to the newest</a>`}${
            next !== null &&
            html`<a class="button" rel="next" href="${listPath({ state, after: next })}">Older contracts</a>`
          }
        </nav>`
      }`,
  );
}

function filter(label: string, state: PublicState | null, current: PublicState | null) {
  return html`<a href="${listPath({ state })}" ${state === current && trustedHtml('aria-current="page"')}
    >${label}</a
  >`;
}

function emptySentence({ after, state }: RegistryListView): string {
  if (after !== null) return 'There are no older contracts.';
  return state === null
    ? 'No contract has been published here yet.'
    : `No published contract is ${state} at the moment.`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
