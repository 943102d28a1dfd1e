/** Injection tokens of the two sources of the unpredictable. */
export const CLOCK = Symbol('CLOCK');
export const RANDOM = Symbol('RANDOM');
