/**
 * The search's own source of chance: xorshift32 (Marsaglia 2003), 2 ns a throw, the same on every machine. The kernel's
 * `Random` hands out byte arrays, which is too slow for some millions of throws in a second.
 */
export class Dice {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not give neighbouring streams, and zero is a fixed point of xorshift.
    let mixed = Math.imul((seed | 0) ^ 0x9e3779b9, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    this.state = mixed ^ (mixed >>> 16) || 0x6d2b79f5;
  }

  /** A 32-bit unsigned number, never zero. */
  next(): number {
    let state = this.state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.state = state;
    return state >>> 0;
  }

  /** 0 … bound − 1. */
  below(bound: number): number {
    return (this.next() * bound * 2.3283064365386963e-10) | 0;
  }

  /** 0 ≤ x < 1. */
  unit(): number {
    return this.next() * 2.3283064365386963e-10;
  }

  shuffle(list: Int32Array): void {
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = list[last]!;
      list[last] = list[other]!;
      list[other] = kept;
    }
  }
}
