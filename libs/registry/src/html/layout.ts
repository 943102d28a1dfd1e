import { html, trustedHtml, type Html } from './html.js';
import { STYLESHEET } from './stylesheet.js';

export interface PageHead {
  /** Without the name of the site, which is added. */
  readonly title: string;
  /** One or two sentences for search engines and previews. */
  readonly description: string;
  /** The one absolute address of this content; null for pages that shall not be indexed. */
  readonly canonical: string | null;
  /** The address of the one script that this page runs; none of the others runs any. */
  readonly script?: string;
  /** The same content in another form. */
  readonly alternates?: readonly { readonly type: string; readonly href: string; readonly title: string }[];
}

export type NavPlace = 'home' | 'registry' | null;

/** The sign of the app and of these pages: a C that holds what is made. */
const MARK =
  '<rect width="32" height="32" rx="8" fill="#1c5a50"/><path d="M21.5 11.2a7 7 0 1 0 0 9.6" fill="none" stroke="#fbf6ea" ' +
  'stroke-width="3.2" stroke-linecap="round"/><circle cx="22.4" cy="16" r="2.6" fill="#e0a63a"/>';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${MARK}</svg>`,
)}`;

/** A whole page around its content: one `h1`, which the content brings, a skip link, a way to everything else. */
export function page(head: PageHead, place: NavPlace, content: Html): string {
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${head.title} · Commonwright</title>
        <meta name="description" content="${head.description}" />
        ${head.canonical === null ? html`<meta name="robots" content="noindex" />` : html`<link rel="canonical" href="${head.canonical}" />`}
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f6f1e7" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#1a1915" media="(prefers-color-scheme: dark)" />
        <meta property="og:title" content="${head.title}" />
        <meta property="og:description" content="${head.description}" />
        <meta property="og:type" content="website" />
        <link rel="icon" href="${trustedHtml(ICON)}" />
        ${(head.alternates ?? []).map(({ type, href, title }) => html`<link rel="alternate" type="${type}" href="${href}" title="${title}" /> `)}
        ${head.script !== undefined && html`<script type="module" src="${head.script}"></script>`}
        <style>
          ${trustedHtml(STYLESHEET)}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
          <div class="wrap">
            <a class="brand" href="/"
              ><svg viewBox="0 0 32 32" aria-hidden="true">${trustedHtml(MARK)}</svg>Commonwright</a
            >
            <nav aria-label="Main">
              <a href="/registry" ${place === 'registry' && trustedHtml('aria-current="true"')}
                >Public registry</a
              >
              <a href="/app">Open the app</a>
            </nav>
          </div>
        </header>
        <main id="content" class="wrap" tabindex="-1">${content}</main>
        <footer class="foot">
          <div class="wrap">
            <p>
              These pages need no account, set no cookies and run
              ${head.script === undefined ? 'no scripts' : 'no scripts but this one'}. What is published here
              can be read, copied and checked by anyone.
            </p>
          </div>
        </footer>
      </body>
    </html> `.markup
  }`;
}

export interface BarPart {
  /** Names the colour, and stands in the class. */
  readonly kind: 'pledged' | 'received' | 'done';
  /** 0 … 100 and more; more is drawn as full. */
  readonly percent: number;
}

/**
 * A bar whose parts lie on one another, the later above the earlier. `label` says in words what it shows: the
 * picture adds nothing that the text beside it does not hold.
 */
export function bar(label: string, parts: readonly BarPart[]): Html {
  return html`<svg
    class="bar"
    role="img"
    aria-label="${label}"
    viewBox="0 0 100 4"
    preserveAspectRatio="none"
  >
    <rect class="ground" width="100" height="4" />
    ${parts.map(
      ({ kind, percent }) =>
        html`<rect class="${kind}" width="${Math.max(0, Math.min(100, percent))}" height="4" />`,
    )}
  </svg>`;
}
