import type { PublicContractSummary, PublicFunding } from '#contracting';
import { contractPath } from '../http/addresses.js';
import { html, type Html } from '../html/html.js';
import { bar } from '../html/layout.js';
import { count, dayWords, isPublicState, moneyWords, percent, shortened, STATE_SENTENCES } from './words.js';

/** How far the work of a contract is. */
export interface Progress {
  readonly jobsDone: number;
  readonly jobsTotal: number;
  readonly unitsDone: number;
  readonly unitsTotal: number;
}

export function badge(state: string): Html {
  return html`<span class="badge ${state}">${state}</span>`;
}

export function stateSentence(state: string): string {
  return isPublicState(state) ? STATE_SENTENCES[state] : '';
}

export function timeOf(day: string, words = dayWords(day)): Html {
  return html`<time datetime="${day}">${words}</time>`;
}

/** `Oak Hollow makes for Linden Street, Harbour Garden and Mill Row`. */
export function partiesSentence(fablab: string, receivers: readonly string[]): Html {
  return html`<strong>${fablab}</strong> makes for
    ${listWords(receivers.map((name) => html`<strong>${name}</strong>`))}`;
}

export function fundingBar(funding: PublicFunding): Html {
  const { threshold, pledged, received } = funding;
  const label = `${moneyWords(received)} received and ${moneyWords(pledged)} pledged of ${moneyWords(threshold)} needed`;
  return bar(label, [
    { kind: 'pledged', percent: percent(pledged.amountMinor, threshold.amountMinor) },
    { kind: 'received', percent: percent(received.amountMinor, threshold.amountMinor) },
  ]);
}

export function progressBar({ jobsDone, jobsTotal }: Progress): Html {
  return bar(`${jobsDone} of ${jobsTotal} jobs done`, [
    { kind: 'done', percent: percent(BigInt(jobsDone), BigInt(Math.max(1, jobsTotal))) },
  ]);
}

/** `7 of 12 jobs done, 3 of 10 units finished`. */
export function progressSentence({ jobsDone, jobsTotal, unitsDone, unitsTotal }: Progress): string {
  return `${jobsDone} of ${count(jobsTotal, 'job')} done, ${unitsDone} of ${count(unitsTotal, 'unit')} finished`;
}

/** A contract as one item of a list. */
export function contractItem(contract: PublicContractSummary, progress: Progress | null): Html {
  const { ref, state, title, summary, funding, fablab, receivingCommunities } = contract;
  const published = contract.openedAt.toISOString().slice(0, 10);
  return html`<li class="card">
    <p class="meta">
      ${badge(state)} <span class="mono">${ref}</span> <span>published ${timeOf(published)}</span>
    </p>
    <h2><a href="${contractPath(ref)}">${title}</a></h2>
    <p>
      ${partiesSentence(
        fablab.name,
        receivingCommunities.map(({ name }) => name),
      )}.
    </p>
    <p class="soft">${shortened(summary, SUMMARY_CHARS_MAX)}</p>
    ${fundingBar(funding)}
    <p class="small">
      <strong>${percent(funding.pledged.amountMinor, funding.threshold.amountMinor)} %</strong> of
      ${moneyWords(funding.threshold)} pledged, by ${count(funding.pledgeCount, 'pledge')};
      ${moneyWords(funding.received)}
      received.${state === 'open' && html` Open until ${timeOf(contract.deadline)}.`}${progress && progress.jobsTotal > 0 && ` Work: ${progressSentence(progress)}.`}
    </p>
  </li> `;
}

const SUMMARY_CHARS_MAX = 220;

function listWords(items: readonly Html[]): Html {
  const last = items.length - 1;
  return html`${items.map((item, index) => html`${index === 0 ? '' : index === last ? ' and ' : ', '}${item}`)}`;
}
