import { describe, expect, it } from '@jest/globals';
import { InputCheck } from '#kernel';
import { readVersion, type VersionGiven } from './version-input.js';

const WORK_CENTRE = '019cad3a-0000-7000-8000-0123456789ab';
const given: VersionGiven = {
  label: ' 1.0 ',
  licence: 'CERN-OHL-S-2.0',
  billOfMaterials: [{ item: 'Ash board', quantity: '0.5', unit: 'm²' }],
  routing: [
    { name: 'Saw', workCentreId: WORK_CENTRE, setupMinutes: 5, unitMinutes: 10, after: [] },
    {
      name: 'Oil',
      workCentreId: WORK_CENTRE,
      setupMinutes: 0,
      unitMinutes: 4,
      after: [1, 1],
      instructions: '',
    },
  ],
};

function problemsOf(change: Partial<VersionGiven>): string[] {
  const check = new InputCheck();
  readVersion(check, { ...given, ...change });
  return check.problems.map((problem) => `${problem.field}: ${problem.message}`);
}

describe('a product version', () => {
  it('gets its positions by order', () => {
    expect(readVersion(new InputCheck(), given)).toEqual({
      label: '1.0',
      licence: 'CERN-OHL-S-2.0',
      bom: [{ position: 1, item: 'Ash board', quantityMilli: 500n, unit: 'm²', partVersionId: null }],
      routing: [
        {
          position: 1,
          name: 'Saw',
          workCentreId: WORK_CENTRE,
          setupMinutes: 5,
          unitMinutes: 10,
          after: [],
          instructions: null,
        },
        {
          position: 2,
          name: 'Oil',
          workCentreId: WORK_CENTRE,
          setupMinutes: 0,
          unitMinutes: 4,
          after: [1],
          instructions: null,
        },
      ],
    });
  });

  it('may need no material, but needs an operation', () => {
    expect(problemsOf({ billOfMaterials: [] })).toEqual([]);
    expect(problemsOf({ routing: [] })).toEqual(['routing: Operations of the routing: at least 1 needed.']);
  });

  it('is told everything that is wrong at once', () => {
    const line = { item: '', quantity: '1,5', unit: 'x'.repeat(21) };
    const step = { name: '', workCentreId: 'saw', setupMinutes: -1, unitMinutes: 100_001, after: [] };
    expect(problemsOf({ label: '', licence: '', billOfMaterials: [line], routing: [step] })).toEqual([
      'label: Please give a label for the version.',
      'licence: Please give the licence of the design.',
      'billOfMaterials.0.quantity: The quantity must be a number above zero with at most three decimals, such as 0.5.',
      'billOfMaterials.0.item: Please give the item.',
      'billOfMaterials.0.unit: The unit is 21 characters long; at most 20 are allowed.',
      'routing.0.name: Please give the name of the operation.',
      'routing.0.workCentreId: The work centre is not an id of this system.',
      'routing.0.setupMinutes: The minutes to set up must be a whole number from 0 to 100000.',
      'routing.0.unitMinutes: The minutes for each unit must be a whole number from 0 to 100000.',
    ]);
  });

  it('has no quantity that no fablab could mean', () => {
    const line = { item: 'Screw', quantity: '1000000000', unit: 'piece' };
    expect(problemsOf({ billOfMaterials: [line] })).toEqual([]);
    expect(problemsOf({ billOfMaterials: [{ ...line, quantity: '1000000000.001' }] })).toEqual([
      'billOfMaterials.0.quantity: The quantity may be at most 1000000000; take a larger unit.',
    ]);
  });

  it('has no operation that takes no time', () => {
    const step = { name: 'Saw', workCentreId: WORK_CENTRE, setupMinutes: 0, unitMinutes: 0, after: [] };
    expect(problemsOf({ routing: [step] })).toEqual([
      'routing.0.unitMinutes: An operation takes at least one minute, to set up or for each unit.',
    ]);
  });
});
