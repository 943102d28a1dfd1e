import { describe, expect, it } from '@jest/globals';
import { contractPath, listPath, readContractAddress, readReleaseAddress, releasePath } from './addresses.js';

describe('addresses of contracts', () => {
  it('are read with their format', () => {
    expect(readContractAddress('CSM-2026-0001')).toEqual({ ref: 'CSM-2026-0001', format: 'page' });
    expect(readContractAddress('CSM-2026-0001.json')).toEqual({ ref: 'CSM-2026-0001', format: 'json' });
    expect(readContractAddress('CSM-2026-12345.pdf')).toEqual({ ref: 'CSM-2026-12345', format: 'pdf' });
  });

  it.each([
    '',
    'CSM-2026-1',
    'csm-2026-0001',
    'CSM-2026-0001.xml',
    'CSM-2026-0001.json.json',
    "CSM-2026-0001'--",
    '.json',
  ])('are not %j', (segment) => expect(readContractAddress(segment)).toBeNull());

  it('are written as they are read', () => {
    expect(contractPath('CSM-2026-0001')).toBe('/registry/contracts/CSM-2026-0001');
    expect(contractPath('CSM-2026-0001', 'pdf')).toBe('/registry/contracts/CSM-2026-0001.pdf');
  });
});

describe('addresses of releases', () => {
  it('are read', () => {
    expect(readReleaseAddress('CSM-2026-0001', '12.json')).toEqual({
      ref: 'CSM-2026-0001',
      number: 12,
      format: 'json',
    });
    expect(readReleaseAddress('CSM-2026-0001', '1.pdf')).toEqual({
      ref: 'CSM-2026-0001',
      number: 1,
      format: 'pdf',
    });
  });

  it('has a page as well', () => {
    const address = { ref: 'CSM-2026-0001', number: 2, format: 'page' };
    expect(readReleaseAddress('CSM-2026-0001', '2')).toEqual(address);
    expect(releasePath('CSM-2026-0001', 2)).toBe('/registry/contracts/CSM-2026-0001/releases/2');
  });

  it.each(['0.json', '01.json', '01', '-1.json', '1e3.json', '9999999.json', '1.html', ''])(
    'are not %j',
    (segment) => expect(readReleaseAddress('CSM-2026-0001', segment)).toBeNull(),
  );

  it('are not those of a malformed contract', () => {
    expect(readReleaseAddress('CSM', '1.json')).toBeNull();
  });

  it('are written as they are read', () => {
    expect(releasePath('CSM-2026-0001', 2, 'json')).toBe('/registry/contracts/CSM-2026-0001/releases/2.json');
  });
});

describe('the address of the list', () => {
  it('says only what differs', () => {
    expect(listPath()).toBe('/registry');
    expect(listPath({ state: 'open', after: null })).toBe('/registry?state=open');
    expect(listPath({ state: 'open', after: 'a_b-' })).toBe('/registry?state=open&after=a_b-');
  });
});
