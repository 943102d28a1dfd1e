import { describe, expect, it } from '@jest/globals';
import { escapeHtml, html, paragraphs, trustedHtml } from './html.js';

describe('html', () => {
  it('escapes text in content and in attributes', () => {
    const hostile = `"><script>alert('1') & more</script>`;

    expect(html`<a title="${hostile}">${hostile}</a>`.markup).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;) &amp; more&lt;/script&gt;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;) &amp; more&lt;/script&gt;</a>',
    );
  });

  it('keeps markup that it made itself, and lists of it', () => {
    const items = ['<1>', '2'].map((each) => html`<li>${each}</li>`);

    expect(html`<b>${items}</b>`.markup).toBe('<b><li>&lt;1&gt;</li><li>2</li></b>');
  });

  it('keeps no indentation of its source, and every space of a value', () => {
    const page = html`<div>
      <p>${'one\n   two'}</p>
    </div>`;

    expect(page.markup).toBe('<div>\n<p>one\n   two</p>\n</div>');
  });

  it('leaves nothing behind for what is not there', () => {
    expect(html`[${null}${undefined}${false}${[]}${0}${12n}]`.markup).toBe('[012]');
  });

  it('shows forbidden control characters instead of sending them', () => {
    expect(escapeHtml('a\u0000b\u0008c\u007fd\te\n')).toBe('a\ufffdb\ufffdc\ufffdd\te\n');
  });

  it('does not escape twice what is trusted', () => {
    expect(html`${trustedHtml('a > b')}`.markup).toBe('a > b');
  });

  it('makes paragraphs and line breaks of plain text, escaped', () => {
    expect(paragraphs('one <b>\ntwo\n\n \nthree').markup).toBe('<p>one &lt;b&gt;<br />two</p><p>three</p>');
  });
});
