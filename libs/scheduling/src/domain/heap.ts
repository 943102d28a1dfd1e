/** A binary heap of small whole numbers by key: the least key first, ties to the least number, so that it is repeatable. */
export class Heap {
  private readonly items: Int32Array;
  private readonly keys: Float64Array;
  size = 0;

  constructor(capacity: number) {
    this.items = new Int32Array(capacity);
    this.keys = new Float64Array(capacity);
  }

  push(item: number, key: number): void {
    let place = this.size++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!before(key, item, this.keys[parent]!, this.items[parent]!)) break;
      this.items[place] = this.items[parent]!;
      this.keys[place] = this.keys[parent]!;
      place = parent;
    }
    this.items[place] = item;
    this.keys[place] = key;
  }

  /** The item with the least key. The heap must not be empty. */
  pop(): number {
    const top = this.items[0]!;
    const item = this.items[--this.size]!;
    const key = this.keys[this.size]!;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.size) break;
      const right = child + 1;
      if (
        right < this.size &&
        before(this.keys[right]!, this.items[right]!, this.keys[child]!, this.items[child]!)
      )
        child = right;
      if (!before(this.keys[child]!, this.items[child]!, key, item)) break;
      this.items[place] = this.items[child]!;
      this.keys[place] = this.keys[child]!;
      place = child;
    }
    this.items[place] = item;
    this.keys[place] = key;
    return top;
  }

  topKey(): number {
    return this.keys[0]!;
  }
}

function before(key: number, item: number, otherKey: number, otherItem: number): boolean {
  return key < otherKey || (key === otherKey && item < otherItem);
}
