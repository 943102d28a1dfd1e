import type { PublicContract } from '#contracting';
import { contractPath, releasePath } from '../http/addresses.js';
import { html, type Html } from '../html/html.js';
import type { LogPlace } from '../log/log-proofs.js';
import { timeOf } from './parts.js';
import { instantWords, releaseStatusWords, shortened } from './words.js';

const REASON_CHARS_MAX = 300;

export function releasesCard({ ref, releases }: PublicContract): Html {
  return html`<section class="card" aria-labelledby="releases">
    <h2 id="releases">Releases</h2>
    <p class="soft small">
      A release never changes. Its SHA-256 is the fingerprint of its JSON. One that is proposed replaces the
      one in force only when every party has accepted it.
    </p>
    <ul class="plain">
      ${[...releases].reverse().map(
        ({ number, sha256, publishedAt, status, reason, declineReason, declinedBy }) =>
          html`<li>
            <a href="${releasePath(ref, number)}"><strong>Release ${number}</strong></a
            >, ${timeOf(publishedAt.toISOString(), instantWords(publishedAt))}:
            ${releaseStatusWords(status)}${declinedBy && ` by ${declinedBy.name}`} –
            <a href="${releasePath(ref, number, 'json')}" aria-label="JSON of release ${number}">JSON</a>,
            <a href="${releasePath(ref, number, 'pdf')}" aria-label="PDF of release ${number}">PDF</a
            >${reason !== null && html`<br /><span class="soft">Why: ${shortened(reason, REASON_CHARS_MAX)}</span>`}${declineReason !== null && html`<br /><span class="soft">Declined: ${shortened(declineReason, REASON_CHARS_MAX)}</span>`}<br /><code
              class="hash"
              >${sha256}</code
            >
          </li> `,
      )}
    </ul>
  </section>`;
}

export function verifyCard({ ref, release }: PublicContract, origin: string, log: LogPlace): Html {
  return html`<section class="card" aria-labelledby="verify">
    <h2 id="verify">Check it yourself</h2>
    <p>On any computer with a command line, this computes the fingerprint of what is published here:</p>
    <pre><code>curl -fsS ${origin}${releasePath(ref, release.number, 'json')} | sha256sum</code></pre>
    <p>
      It must print <code class="hash">${release.sha256}</code>: the number that stands above, in the PDF, and
      in what each party accepted. (On a Mac, write <code>shasum -a 256</code> in place of
      <code>sha256sum</code>.) Keep the PDF or the number: if the text were ever altered, they would no longer
      agree.
    </p>
    ${logParagraph(ref, release.number, log)}
    <p class="soft small paper">Printed from ${origin}${contractPath(ref)}</p>
  </section>`;
}

/** That nothing is taken back: the release's place in a log that anyone can follow. */
function logParagraph(ref: string, release: number, { index, size, witnesses }: LogPlace): Html {
  const proof = releasePath(ref, release, 'tlog-proof');
  const covered = index !== null && size !== null && index < size;
  return html`<h3>Nothing can be taken back</h3>
    ${
      covered
        ? html`<p>
            This release is entry <strong>${index}</strong> of the public log, whose signed head covers
            ${size} entries${witnesses.length > 0 && `, cosigned by ${witnesses.join(', ')}`}:
            <a href="${proof}">proof</a>, <a href="/log/checkpoint">head</a>.
          </p>`
        : html`<p>This release will stand in the public log in a few seconds.</p>`
    }
    <p>
      <a href="/verify">Check the whole log in your browser</a>, or with a script that you keep: whoever has
      seen it once will notice if anything in it is ever altered or withdrawn.
    </p>`;
}
