import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { proposeMapping } from './columns.js';
import { IMPORT_BYTES_MAX, decodeTable, parseTable } from './csv-table.js';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.message;
  }
  return '';
};

describe('the bytes of a table', () => {
  it('are UTF-8, UTF-8 or UTF-16 with a mark, or Windows-1252', () => {
    expect(decodeTable(Buffer.from('Nürnberg'))).toBe('Nürnberg');
    expect(decodeTable(Buffer.from('\ufeffMédoc'))).toBe('Médoc');
    expect(decodeTable(Buffer.from('\ufeffGràcia', 'utf16le'))).toBe('Gràcia');
    expect(decodeTable(Buffer.from([0x4e, 0xfc, 0x72, 0x80]))).toBe('Nür€');
  });
  it('are refused when they are no text, or too many', () => {
    expect(refusal(() => decodeTable(Buffer.from([0x50, 0x4b, 3, 4, 0, 0])))).toMatch(/^This is no CSV file/);
    expect(refusal(() => decodeTable(Buffer.alloc(IMPORT_BYTES_MAX + 1, 65)))).toMatch(/at most 700000/);
  });
});

describe('a table', () => {
  it.each([
    ['comma', 'a,b\n1,2\n'],
    ['semicolon', 'a;b\r\n1;2\r\n'],
    ['tab', 'a\tb\n1\t2'],
  ])('is divided by %s', (_name, text) => {
    expect(parseTable(text)).toMatchObject({ header: ['a', 'b'], rows: [{ number: 2, cells: ['1', '2'] }] });
  });
  it('keeps line breaks in quotation marks, and the numbers of rows past empty ones', () => {
    const { rows } = parseTable('name,note\n"North ""A""","one\ntwo"\n\n,,\nSouth,\n');
    expect(rows).toEqual([
      { number: 2, cells: ['North "A"', 'one\ntwo'] },
      { number: 5, cells: ['South', ''] },
    ]);
  });
  it('reads what our own files guard against formulas', () => {
    expect(parseTable("name\n'=Benches\n").rows[0]?.cells).toEqual(['=Benches']);
  });
  it('is refused with a sentence', () => {
    expect(refusal(() => parseTable(''))).toBe('The table is empty.');
    expect(refusal(() => parseTable('a,b\n'))).toBe('The table has a row of heads and nothing below it.');
    expect(refusal(() => parseTable('a\n"b\n'))).toMatch(/A quotation mark is perhaps not closed/);
    expect(refusal(() => parseTable(`a\n${'x\n'.repeat(5_001)}`))).toMatch(/has 5001 rows; at most 5000/);
  });
});

describe('the heads of columns', () => {
  it.each([
    ['en', 'Supporter,Contract,Pledged (EUR),Received,Date,Repaid,Repaid on,Note'],
    ['es', 'Comunidad;Contrato;Comprometido;Recibido;Fecha;Devuelto;Devuelto el;Nota'],
    ['pt', 'Comunidade;Contrato;Prometido;Recebido;Data;Devolvido;Devolvido em;Notas'],
    ['de', 'Unterstützer;Vertrag;Zugesagt €;Erhalten;Erhalten am;Zurückgezahlt;Zurückgezahlt am;Bemerkung'],
    ['fr', 'Prêteur;Contrat;Promis;Reçu;Reçu le;Remboursé;Remboursé le;Remarque'],
    ['ca', 'Comunitat;Contracte;Promès;Rebut;Data;Retornat;Retornat el;Comentari'],
    ['two dates', 'name,contract,pledged,received,date,repaid,date,note'],
  ])('are known: %s', (_language, line) => {
    expect(proposeMapping(line.split(/[,;]/))).toEqual({
      supporter: 0,
      contract: 1,
      pledged: 2,
      received: 3,
      receivedOn: 4,
      repaid: 5,
      repaidOn: 6,
      note: 7,
    });
  });
  it('leave out what they do not know, and take the first of two', () => {
    expect(proposeMapping(['IBAN', 'Name', 'Name', 'Betrag'])).toEqual({ supporter: 1, received: 3 });
  });
});
