/**
 * Until which iteration an attribute of a move is forbidden. A table of fixed size for pairs of numbers: a dense matrix of
 * 10,000 operations would need 400 MB. Two pairs that share a place only forbid a little more than needed.
 */
export class TabuList {
  private readonly until: Int32Array;
  private readonly mask: number;

  constructor(private readonly count: number) {
    const wanted = Math.min(count * count, 1 << 20);
    let size = 1024;
    while (size < wanted) size *= 2;
    this.mask = size - 1;
    this.until = new Int32Array(size);
  }

  forbid(one: number, other: number, until: number): void {
    this.until[this.index(one, other)] = until;
  }

  /** Until when the pair is forbidden; 0 for never. */
  forbiddenUntil(one: number, other: number): number {
    return this.until[this.index(one, other)]!;
  }

  clear(): void {
    this.until.fill(0);
  }

  private index(one: number, other: number): number {
    return (Math.imul(one, this.count) + other) & this.mask;
  }
}
