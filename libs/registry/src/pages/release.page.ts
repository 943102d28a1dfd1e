import type { PublicReleasePage, ReleaseChange } from '#contracting';
import { contractPath, releasePath } from '../http/addresses.js';
import { html, paragraphs, type Html } from '../html/html.js';
import { page as wholePage } from '../html/layout.js';
import { timeOf } from './parts.js';
import { instantWords, releaseStatusWords } from './words.js';

export interface ReleasePageView {
  readonly origin: string;
  readonly page: PublicReleasePage;
}

/** `/registry/contracts/<ref>/releases/<n>`: what a release changes, why, and what the parties say to it. */
export function releasePage({ origin, page }: ReleasePageView): string {
  const { ref, title, release } = page;
  const { number, sha256, publishedAt, status } = release;
  return wholePage(
    {
      title: `Release ${number} of ${ref}: ${title}`,
      description: `Release ${number} of contract ${ref}, ${releaseStatusWords(status)}.`,
      canonical: `${origin}${releasePath(ref, number)}`,
      alternates: [
        {
          type: 'application/json',
          href: releasePath(ref, number, 'json'),
          title: 'Canonical JSON of this release',
        },
        { type: 'application/pdf', href: releasePath(ref, number, 'pdf'), title: 'PDF of this release' },
      ],
    },
    'registry',
    html`<article class="stack">
      <header>
        <p class="meta">
          <a class="mono" href="${contractPath(ref)}">${ref}</a>
          <span>published ${timeOf(publishedAt.toISOString(), instantWords(publishedAt))}</span>
        </p>
        <h1>Release ${number}: ${releaseStatusWords(status)}</h1>
        <p class="lead">${title}</p>
      </header>
      ${proposalCard(page)} ${differenceCard(page)} ${acceptancesCard(page)}
      <section class="card" aria-labelledby="documents">
        <h2 id="documents">The release itself</h2>
        <p class="downloads">
          <a class="button main" href="${releasePath(ref, number, 'pdf')}" type="application/pdf"
            >Read as PDF</a
          >
          <a class="button" href="${releasePath(ref, number, 'json')}" type="application/json"
            >Data as JSON</a
          >
          <a class="button" href="${contractPath(ref)}">The contract</a>
        </p>
        <p class="soft small">SHA-256 of the JSON: <code class="hash">${sha256}</code></p>
      </section>
    </article>`,
  );
}

function proposalCard({ release }: PublicReleasePage): Html | false {
  const { amends, reason, proposedBy, declinedBy, declineReason, decidedAt } = release;
  if (amends === null) return false;
  return html`<section class="card" aria-labelledby="proposal">
    <h2 id="proposal">Why it was proposed</h2>
    ${paragraphs(reason ?? '')}
    <p class="soft">
      ${proposedBy && `Proposed by ${proposedBy.name}`} in the place of release
      ${amends}.${decidedAt && html` Decided ${timeOf(decidedAt.toISOString(), instantWords(decidedAt))}.`}
    </p>
    ${
      declinedBy &&
      html`<h3>Why ${declinedBy.name} declined it</h3>
        ${paragraphs(declineReason ?? '')}`
    }
  </section>`;
}

function differenceCard({ ref, release, changes }: PublicReleasePage): Html | false {
  if (release.amends === null) return false;
  return html`<section class="card" aria-labelledby="difference">
    <h2 id="difference">What it changes</h2>
    <table class="fold">
      <caption>
        Differences from
        <a href="${releasePath(ref, release.amends)}">release ${release.amends}</a>
      </caption>
      <thead>
        <tr>
          <th scope="col">Term</th>
          <th scope="col">Release ${release.amends}</th>
          <th scope="col">Release ${release.number}</th>
        </tr>
      </thead>
      <tbody>
        ${changes.map((change) => changeRow(change, release.amends, release.number))}
      </tbody>
    </table>
  </section>`;
}

function changeRow({ path, kind, before, after }: ReleaseChange, from: number | null, to: number): Html {
  return html`<tr>
    <th scope="row">${path}</th>
    <td data-label="Release ${from}"><span>${kind === 'added' ? '–' : before || 'there'}</span></td>
    <td data-label="Release ${to}"><span>${kind === 'removed' ? 'removed' : after || 'added'}</span></td>
  </tr> `;
}

function acceptancesCard({ release, acceptances }: PublicReleasePage): Html {
  const accepted = new Map(acceptances.map((each) => [each.party.slug, each.acceptedAt]));
  return html`<section class="card" aria-labelledby="acceptances">
    <h2 id="acceptances">Who has accepted this release</h2>
    <ul class="plain">
      ${release.document.parties.map(({ slug, name }) => {
        const at = accepted.get(slug);
        return html`<li>
          <strong>${name}</strong>: ${at ? timeOf(at.toISOString(), instantWords(at)) : 'not accepted'}
        </li> `;
      })}
    </ul>
  </section>`;
}
