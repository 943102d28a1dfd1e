/** Markup that is safe to put into a page: made by `html`, so every value in it was escaped. */
export class Html {
  constructor(readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

/** What a template may hold. `null`, `undefined` and `false` leave nothing behind, so that `condition && html…` reads well. */
export type HtmlValue = Html | string | number | bigint | null | undefined | false | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Escapes text for element content and for quoted attributes alike. Control characters that HTML forbids
 * become U+FFFD, so that hostile text can neither end an attribute nor hide in one.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign).replace(/(?![\n\t\r])\p{Cc}/gu, '\ufffd');
}

/** The fixed parts of each template without the indentation of the source, which no reader needs. */
const compacted = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * A template whose values are escaped unless they are markup themselves. Attribute values must stand in quotes:
 * no escaping saves an unquoted one.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let parts = compacted.get(strings);
  if (!parts) compacted.set(strings, (parts = strings.map((part) => part.replace(/\s*\n\s*/g, '\n'))));
  let markup = parts[0] ?? '';
  values.forEach((value, index) => {
    markup += toMarkup(value) + (parts[index + 1] ?? '');
  });
  return new Html(markup);
}

/** Trusted text of our own (the stylesheet), never anything that came from a person. */
export function trustedHtml(markup: string): Html {
  return new Html(markup);
}

/** Text of several lines as paragraphs (an empty line between) and line breaks. */
export function paragraphs(text: string): Html {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim() !== '');
  return html`${blocks.map((block) => html`<p>${block.split('\n').map((line, index) => (index === 0 ? line : html`<br />${line}`))}</p>`)}`;
}

function toMarkup(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return (value as readonly HtmlValue[]).map(toMarkup).join('');
  return escapeHtml(String(value));
}
