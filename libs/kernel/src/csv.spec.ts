import { describe, expect, it } from '@jest/globals';
import { csvRow, csvText } from './csv.js';

describe('a cell of words', () => {
  it.each(['=1+1', '+49', '-cmd', '@SUM(A1)', '\tx', '\rx'])('is no formula: %j', (value) => {
    expect(csvText(value)).toMatch(/^"?'/);
  });
  it('is quoted where it holds a comma, a quotation mark or a line break', () => {
    expect(csvText('a "b", c\nd')).toBe('"a ""b"", c\nd"');
    expect(csvText('North Village')).toBe('North Village');
  });
});

describe('a row', () => {
  it('ends as RFC 4180 says', () => expect(csvRow(['a', 'b'])).toBe('a,b\r\n'));
});
