import { expect, it } from '@jest/globals';
import { tableMistakes } from '#kernel';
import { MACHINE_TRANSITIONS, isUp } from './machine.js';

it('leads from every state of a machine to every other', () => {
  expect(tableMistakes(MACHINE_TRANSITIONS, 'up')).toEqual([]);
  expect(MACHINE_TRANSITIONS.down).toEqual(['up', 'maintenance']);
});

it('has a work centre up while one of its machines is, and a bench always', () => {
  expect(isUp([])).toBe(true);
  expect(isUp(['down', 'up'])).toBe(true);
  expect(isUp(['down', 'maintenance'])).toBe(false);
});
