import type { Decoder } from '../decoder.js';
import type { Dice } from '../dice.js';
import type { Model } from '../model.js';
import type { Solution } from '../solution.js';
import { LateChain } from './late-chain.js';

/**
 * The moves of the exact search: along the chain of operations that makes a late job late, one goes before what it waits
 * for on its machine or its maker, or what it waits for goes after it, or either gets another machine or maker.
 * Every change is a rotation of a part of the order, or another mode, and can be undone.
 */
export class ExactMoves {
  readonly solution: Solution;
  /** Whether there is anything to change at all. */
  readonly possible: boolean;
  private readonly place: Int32Array;
  private readonly chain: LateChain;
  private readonly marked: Uint8Array;
  private readonly kept: Int32Array;
  private readonly moved: Int32Array;
  private from = 0;
  private to = -1;
  private changed = -1;
  private oldMode = -1;

  constructor(
    private readonly model: Model,
    decoder: Decoder,
    completion: Int32Array,
    private readonly dice: Dice,
    first: Solution,
  ) {
    const count = model.operationCount;
    this.solution = { order: Int32Array.from(first.order), mode: Int32Array.from(first.mode) };
    this.place = new Int32Array(count);
    this.marked = new Uint8Array(count);
    this.kept = new Int32Array(count);
    this.moved = new Int32Array(count);
    this.chain = new LateChain(model, decoder, completion, dice, this.solution, this.place);
    this.possible = model.fixed.some((kind) => kind !== 1);
  }

  /** To be called after the solution was replaced. */
  reset(): void {
    const { order } = this.solution;
    for (let place = 0; place < order.length; place++) this.place[order[place]!] = place;
  }

  /** Changes the solution; returns the place up to which the order is as it was, or −1 where nothing was changed. */
  propose(value: Float64Array): number {
    this.to = -1;
    this.changed = -1;
    if (!this.possible) return -1;
    const link = this.chain.pick(value);
    const { x, before } = link;
    if (x < 0) return -1;
    const choice = this.dice.unit();
    if (before < 0 || choice < 0.35) {
      const kept = this.changeMode(before >= 0 && this.dice.below(3) === 0 ? before : x);
      if (kept >= 0 || before < 0) return kept;
    }
    const far = this.dice.below(3) === 0 ? this.chain.earlier(x, before) : before;
    return this.dice.below(2) === 0 ? this.pull(x, far) : this.push(before, x);
  }

  /** Takes the change back; returns the place up to which the order stays as it was. */
  undo(): number {
    const { order, mode } = this.solution;
    if (this.changed >= 0) mode[this.changed] = this.oldMode;
    if (this.to < 0) return this.changed >= 0 ? this.place[this.changed]! : order.length;
    for (let at = this.from; at <= this.to; at++) this.put(this.kept[at - this.from]!, at);
    return this.from;
  }

  private put(x: number, at: number): void {
    this.solution.order[at] = x;
    this.place[x] = at;
  }

  private changeMode(x: number): number {
    const { model, dice } = this;
    const first = model.modeStart[x]!;
    const choices = model.modeStart[x + 1]! - first;
    if (choices < 2 || model.fixed[x] !== 0) return -1;
    const { mode } = this.solution;
    this.changed = x;
    this.oldMode = mode[x]!;
    mode[x] = first + ((this.oldMode - first + 1 + dice.below(choices - 1)) % choices);
    if (dice.below(2) === 0) return this.place[x]!;
    // Half of the time it also goes a little forward or back, since its place was made for another machine.
    const shift = 1 + dice.below(2 * (model.machineCount + model.makerCount));
    const at = this.place[x]!;
    if (dice.below(2) === 0)
      return Math.min(at, this.positive(this.pull(x, this.solution.order[Math.max(0, at - shift)]!), at));
    const last = this.solution.order.length - 1;
    return Math.min(at, this.positive(this.push(x, this.solution.order[Math.min(last, at + shift)]!), at));
  }

  private positive(kept: number, otherwise: number): number {
    return kept < 0 ? otherwise : kept;
  }

  private remember(from: number, to: number): void {
    this.from = from;
    this.to = to;
    for (let at = from; at <= to; at++) this.kept[at - from] = this.solution.order[at]!;
  }

  /** x goes before `target`, with those between that it waits for. −1 where it waits for the target itself. */
  private pull(x: number, target: number): number {
    const { model, marked, moved } = this;
    const from = this.place[target]!;
    const to = this.place[x]!;
    if (from >= to) return -1;
    this.remember(from, to);
    let count = 0;
    marked[x] = 1;
    for (let at = to; at >= from; at--) {
      const y = this.solution.order[at]!;
      if (marked[y] === 0) continue;
      moved[count++] = y;
      for (let arc = model.predecessorStart[y]!; arc < model.predecessorStart[y + 1]!; arc++)
        marked[model.predecessor[arc]!] = 1;
    }
    const blocked = marked[target] === 1;
    if (blocked) this.to = -1;
    else {
      let at = from;
      for (let each = count - 1; each >= 0; each--) this.put(moved[each]!, at++);
      for (let each = 0; each <= to - from; each++) {
        const y = this.kept[each]!;
        if (marked[y] === 0) this.put(y, at++);
      }
    }
    for (let each = 0; each < count; each++) {
      const y = moved[each]!;
      marked[y] = 0;
      for (let arc = model.predecessorStart[y]!; arc < model.predecessorStart[y + 1]!; arc++)
        marked[model.predecessor[arc]!] = 0;
    }
    return blocked ? -1 : from;
  }

  /** x goes after `target`, with those between that wait for it. −1 where the target waits for it itself. */
  private push(x: number, target: number): number {
    const { model, marked, moved } = this;
    const from = this.place[x]!;
    const to = this.place[target]!;
    if (from >= to) return -1;
    this.remember(from, to);
    let count = 0;
    marked[x] = 1;
    for (let at = from; at <= to; at++) {
      const y = this.solution.order[at]!;
      if (marked[y] === 0) continue;
      moved[count++] = y;
      for (let arc = model.successorStart[y]!; arc < model.successorStart[y + 1]!; arc++)
        marked[model.successor[arc]!] = 1;
    }
    const blocked = marked[target] === 1;
    if (blocked) this.to = -1;
    else {
      let at = from;
      for (let each = 0; each <= to - from; each++) {
        const y = this.kept[each]!;
        if (marked[y] === 0) this.put(y, at++);
      }
      for (let each = 0; each < count; each++) this.put(moved[each]!, at++);
    }
    for (let each = 0; each < count; each++) {
      const y = moved[each]!;
      marked[y] = 0;
      for (let arc = model.successorStart[y]!; arc < model.successorStart[y + 1]!; arc++)
        marked[model.successor[arc]!] = 0;
    }
    return blocked ? -1 : from;
  }
}
