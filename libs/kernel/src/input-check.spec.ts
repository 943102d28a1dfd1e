import { describe, expect, it } from '@jest/globals';
import { DomainError } from './domain-error.js';
import { checkInput } from './input-check.js';
import { isSlug, slugOf } from './limits.js';

function problemsOf(read: Parameters<typeof checkInput>[0]): Record<string, string> {
  try {
    checkInput(read);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const problems = error.details['problems'] as { field: string; message: string }[];
    return Object.fromEntries(problems.map(({ field, message }) => [field, message]));
  }
  return {};
}

describe('checkInput', () => {
  it('tells a person everything that is wrong at once', () => {
    const problems = problemsOf((check) => {
      check.text('title', '  ', { max: 10, name: 'a title' });
      check.text('summary', 'x'.repeat(11), { max: 10, name: 'the summary' });
      check.integer('quantity', 0, { min: 1, max: 9, name: 'the quantity' });
      check.day('deadline', '2027-02-30', 'the deadline');
      check.money('threshold', { amountMinor: 0n, currency: 'EUR' }, { name: 'the threshold' });
      check.id('fablabId', 'me', 'the fablab');
      check.milli('ash', '0,5', 'ash');
      check.oneOf('tier', 'gold', ['free', 'premium']);
    });
    expect(problems).toEqual({
      title: 'Please give a title.',
      summary: 'The summary is 11 characters long; at most 10 are allowed.',
      quantity: 'The quantity must be a whole number from 1 to 9.',
      deadline: 'The deadline must be a day such as 2027-03-31.',
      threshold: 'The threshold must be above zero.',
      fablabId: 'The fablab is not an id of this system.',
      ash: 'Ash must be a number above zero with at most three decimals, such as 0.5.',
      tier: 'Tier must be one of free, premium.',
    });
  });

  it('reads what is right, trimmed and in NFC', () => {
    const read = checkInput((check) => ({
      title: check.text('title', ' Cafe\u0301 ', { max: 4 }),
      ash: check.milli('ash', '2.5'),
      empty: check.optionalText('note', '  ', { max: 5 }),
    }));
    expect(read).toEqual({ title: 'Café', ash: 2500n, empty: null });
  });

  it('refuses control characters and lone surrogates, and lets line breaks pass', () => {
    const text = (value: string) => problemsOf((check) => check.text('note', value, { max: 50 }));
    expect(text('a\u0000b')).toEqual({ note: 'Note holds characters that cannot be shown.' });
    expect(text('a\ud800b')).toEqual({ note: 'Note holds characters that cannot be shown.' });
    expect(text('a\nb')).toEqual({});
  });

  it('names the item of a list, and refuses a list that is too long before reading it', () => {
    const list = (values: number[]) =>
      problemsOf((check) =>
        check.list('lines', values, { min: 1, max: 2 }, (value, path) =>
          check.integer(`${path}.quantity`, value, { min: 1, max: 5 }),
        ),
      );
    expect(list([1, 9])).toEqual({
      'lines.1.quantity': 'Lines.1.quantity must be a whole number from 1 to 5.',
    });
    expect(list([9, 9, 9])).toEqual({ lines: 'Lines: 3 given, at most 2 allowed.' });
    expect(list([])).toEqual({ lines: 'Lines: at least 1 needed.' });
  });

  it('refuses amounts that could overflow a sum', () => {
    const huge = { amountMinor: 10n ** 15n + 1n, currency: 'EUR' };
    expect(problemsOf((check) => check.money('amount', huge))).toEqual({
      amount: 'The amount is larger than this system can book.',
    });
  });
});

describe('slugs', () => {
  it.each([
    ['Värkstad Süd', 'varkstad-sud'],
    ['Straße 5', 'strasse-5'],
    ['  --x--  ', 'x'],
    ['日本', ''],
  ])('proposes for %p %p', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('are lower-case words with single hyphens', () => {
    expect(['oak-hollow', 'a1'].map(isSlug)).toEqual([true, true]);
    expect(['', '-a', 'a-', 'a--b', 'A', 'é', 'a'.repeat(61)].map(isSlug)).toEqual(Array(7).fill(false));
  });
});
