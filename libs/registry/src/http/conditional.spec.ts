import { describe, expect, it } from '@jest/globals';
import { cacheControl, documentTag, isFresh, pageTag } from './conditional.js';

const TAG = documentTag('ab'.repeat(32));

describe('conditional requests', () => {
  it('are fresh when the tag is listed, weak or strong, alone or among others', () => {
    expect(isFresh(TAG, TAG)).toBe(true);
    expect(isFresh(`W/${TAG}`, TAG)).toBe(true);
    expect(isFresh(`"x", ${TAG} , W/"y"`, TAG)).toBe(true);
    expect(isFresh('*', TAG)).toBe(true);
    expect(isFresh(`"a, b"`, '"a, b"')).toBe(true);
  });

  it('are not fresh without a header, with another tag, or with a part of the tag', () => {
    expect(isFresh(undefined, TAG)).toBe(false);
    expect(isFresh('"other"', TAG)).toBe(false);
    expect(isFresh(TAG.slice(0, -3), TAG)).toBe(false);
    expect(isFresh('', TAG)).toBe(false);
  });

  it('name the hash of a document', () => {
    expect(documentTag('c0ffee')).toBe('"sha256:c0ffee"');
    expect(documentTag('c0ffee', '.pdf')).toBe('"sha256:c0ffee.pdf"');
  });

  it('tag equal pages alike and others not', () => {
    expect(pageTag('one')).toBe(pageTag('one'));
    expect(pageTag('one')).not.toBe(pageTag('two'));
    expect(pageTag('one')).toMatch(/^W\/"[\w-]{22}"$/);
  });
});

describe('cache control', () => {
  it('lets nobody ask again for what cannot change, and everybody for what can', () => {
    expect(cacheControl('immutable')).toBe('public, max-age=31536000, immutable');
    expect(cacheControl('revalidate')).toBe('public, no-cache');
  });
});
