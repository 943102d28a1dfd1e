import { html, type Html } from '../html/html.js';
import { page } from '../html/layout.js';
import type { PublishedHead } from '../log/log.reader.js';
import { timeOf } from './parts.js';
import { instantWords } from './words.js';

export interface VerifyPageView {
  readonly origin: string;
  /** null before the first one was signed. */
  readonly head: PublishedHead | null;
  readonly vkeys: readonly string[];
}

/** `/verify`: what the public log is, and how to check it without believing this site. */
export function verifyPage({ origin, head, vkeys }: VerifyPageView): string {
  return page(
    {
      title: 'Check the public log',
      description:
        'Every release of every contract stands in an append-only log. Check it in your browser or with a script of your own: nothing can be altered or withdrawn unseen.',
      canonical: `${origin}/verify`,
      script: '/verify-page.js',
    },
    'registry',
    html`<article class="stack">
      <header>
        <h1>Check the public log</h1>
        <p class="lead">
          Whatever is published here is written into a log that can only grow. Whoever has seen it once
          notices if anything in it is ever altered or withdrawn.
        </p>
      </header>
      ${toolCard(origin)} ${headCard(head, vkeys)} ${meaningCard()}
    </article>`,
  );
}

function toolCard(origin: string): Html {
  return html`<section class="card" aria-labelledby="here">
      <h2 id="here">In this browser</h2>
      <noscript
        ><p>
          This is the one page here that needs JavaScript, because your own browser does the checking. The
          script below does the same without a browser.
        </p></noscript
      >
      <div id="tool" hidden>
        <p>
          This reads the whole log and every document in it, and keeps the head it saw in this browser, so
          that the next check goes on from there.
        </p>
        <p><button id="check" class="button main" type="button">Check now</button></p>
        <p id="result" class="verdict" role="status"></p>
        <ol id="steps" class="checked"></ol>
      </div>
    </section>
    <section class="card" aria-labelledby="script">
      <h2 id="script">With a script that you keep</h2>
      <p>One file, without dependencies, for <a href="https://nodejs.org">Node</a> 20 or newer:</p>
      <pre><code>curl -fsSO ${origin}/verify.mjs
node verify.mjs ${origin}</code></pre>
      <p>
        It ends with one green or red line, and with code 0, 1 or 2 (not checked). Keep the script: a copy of
        yours need not trust the one that is here tomorrow. What it saw is in <code>.commonwright</code> in
        your home.
      </p>
    </section>`;
}

function headCard(head: PublishedHead | null, vkeys: readonly string[]): Html {
  if (!head) {
    return html`<section class="card" aria-labelledby="head">
      <h2 id="head">The head of the log</h2>
      <p>No head has been signed yet.</p>
    </section>`;
  }
  return html`<section class="card" aria-labelledby="head">
    <h2 id="head">The head of the log</h2>
    <p>
      It covers <strong>${head.size}</strong> entries, and was signed
      ${timeOf(head.publishedAt.toISOString(), instantWords(head.publishedAt))}.
    </p>
    <pre><code>${head.note}</code></pre>
    <p>
      ${vkeys.length > 1 ? 'Its keys, the newest first; write one down' : 'Its key; write it down'}, to know
      the log again:
    </p>
    <pre><code>${vkeys.join('\n')}</code></pre>
    ${witnesses(head)}
  </section>`;
}

function witnesses({ witnesses: all }: PublishedHead): Html {
  if (all.length === 0) {
    return html`<p class="soft">
      No other instance has cosigned this head. Witnesses make it impossible to show different logs to
      different people.
    </p>`;
  }
  return html`<h3>Who cosigned it</h3>
    <ul class="plain">
      ${all.map(
        ({ name, receivedAt }) =>
          html`<li>
            <strong>${name}</strong>, ${timeOf(receivedAt.toISOString(), instantWords(receivedAt))}
          </li> `,
      )}
    </ul>`;
}

function meaningCard(): Html {
  return html`<section class="card" aria-labelledby="meaning">
    <h2 id="meaning">What is checked</h2>
    <ul>
      <li>The head is signed by the key that was known before.</li>
      <li>What was seen the last time is still there, unaltered, at the same place.</li>
      <li>Every entry and every hash above it is one that was signed.</li>
      <li>Every document is served, and is the one that was published.</li>
      <li>
        What the documents say adds up: parties, lines, amounts, what was lent, returned, forgiven and waived.
      </li>
      <li>
        The books of each fablab, day by day, are those that were digested; only their keepers can read them.
      </li>
    </ul>
    <p class="soft small">
      The log follows <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>; other programs can read
      it as well.
    </p>
  </section>`;
}
