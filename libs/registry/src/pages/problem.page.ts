import { html } from '../html/html.js';
import { page } from '../html/layout.js';

export interface ProblemView {
  readonly title: string;
  /** What was wrong, and what would be right. */
  readonly sentence: string;
  /** Under which the log has more; null when there is no more to know. */
  readonly incident: string | null;
}

/** A page for what cannot be shown: not there, not readable, or our fault. */
export function problemPage({ title, sentence, incident }: ProblemView): string {
  return page(
    { title, description: sentence, canonical: null },
    null,
    html`<div class="hero">
      <h1>${title}</h1>
      <p class="lead">${sentence}</p>
      ${incident !== null && html`<p class="soft">Should it stay so, tell those who run this instance, and give them this number: <code>${incident}</code></p>`}
      <p class="actions">
        <a class="button main" href="/registry">All published contracts</a>
        <a class="button" href="/">Start page</a>
      </p>
    </div>`,
  );
}
