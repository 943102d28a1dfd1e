import { describe, expect, it } from '@jest/globals';
import { checkInput, type DomainError, type Id } from '#kernel';
import { DEFAULT_TEMPLATES, clauseProblems, readTemplate, templatesOf } from './contract-template.js';

const fablab = 'fablab' as Id<'community'>;
const prototype = DEFAULT_TEMPLATES['prototype-first'];
if (!prototype) throw new Error('The template of the prototype is missing.');

describe('the templates that everybody starts with', () => {
  it('are three, and hold nothing that a contract may not hold', () => {
    expect(Object.values(DEFAULT_TEMPLATES).map(({ name }) => name)).toEqual([
      'Loan against units',
      'Pre-purchase',
      'Prototype first, inspection, then the rest',
    ]);
    for (const content of Object.values(DEFAULT_TEMPLATES)) {
      expect(clauseProblems(content)).toEqual([]);
      expect(checkInput((check) => readTemplate(check, content))).toEqual(content);
    }
  });

  it('have milestones in the order of their days, none before the deadline', () => {
    for (const { milestones, deadlineAfterDays } of Object.values(DEFAULT_TEMPLATES)) {
      const days = milestones.map(({ afterDays }) => afterDays);
      expect(days).toEqual([...days].sort((a, b) => a - b));
      expect(days.every((day) => day >= deadlineAfterDays)).toBe(true);
    }
  });
});

describe('a template of a fablab', () => {
  it('stands in the place of the one with its key, and a new one comes last', () => {
    const own = [
      { key: 'pre-purchase', revision: 3, content: { ...prototype, name: 'Our way' } },
      { key: 'repair-day', revision: 1, content: { ...prototype, name: 'Repair day' } },
    ];
    expect(templatesOf(fablab, own).map(({ key, name, revision }) => [key, name, revision])).toEqual([
      ['loan-against-units', 'Loan against units', 0],
      ['pre-purchase', 'Our way', 3],
      ['prototype-first', 'Prototype first, inspection, then the rest', 0],
      ['repair-day', 'Repair day', 1],
    ]);
  });

  it('cannot hold a forbidden clause', () => {
    const read = () =>
      checkInput((check) =>
        readTemplate(check, {
          ...prototype,
          endCondition: 'Ownership of the workshop passes to the lenders.',
        }),
      );
    expect(read).toThrow('cannot stand in a contract: transfer of ownership');
    try {
      read();
    } catch (error) {
      expect((error as DomainError).details['problems']).toMatchObject([{ field: 'endCondition' }]);
    }
  });
});
