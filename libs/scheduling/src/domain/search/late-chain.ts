import type { Decoder } from '../decoder.js';
import type { Dice } from '../dice.js';
import { NEVER, type Model } from '../model.js';
import type { Solution } from '../solution.js';

/** An operation of a chain, and the one it waits for on its machine or its maker (−1 for none). */
export interface ChainLink {
  x: number;
  before: number;
}

/** A chain longer than this is cut: what lies further back is found by other throws. */
const CHAIN_MAX = 64;

/**
 * Why a job ends when it does: from its last operation back along whatever determined each start, the last predecessor to
 * arrive or the operation before it on the machine or the maker. A link of that chain is where a change can help.
 */
export class LateChain {
  private readonly operationStart: Int32Array;
  private readonly operations: Int32Array;
  private readonly link: ChainLink = { x: -1, before: -1 };
  private readonly chainX = new Int32Array(CHAIN_MAX);
  private readonly chainBefore = new Int32Array(CHAIN_MAX);

  constructor(
    private readonly model: Model,
    private readonly decoder: Decoder,
    private readonly completion: Int32Array,
    private readonly dice: Dice,
    private readonly solution: Solution,
    private readonly place: Int32Array,
  ) {
    this.operationStart = new Int32Array(model.jobCount + 1);
    for (let x = 0; x < model.operationCount; x++) this.operationStart[model.job[x]! + 1]!++;
    for (let job = 0; job < model.jobCount; job++) this.operationStart[job + 1]! += this.operationStart[job]!;
    const fill = this.operationStart.slice(0, model.jobCount);
    this.operations = new Int32Array(model.operationCount);
    for (let x = 0; x < model.operationCount; x++) this.operations[fill[model.job[x]!]!++] = x;
  }

  /** A link by chance from the chain of a job that costs something in the first tier that is not zero. */
  pick(value: Float64Array): ChainLink {
    const { link, dice } = this;
    link.x = -1;
    link.before = -1;
    let x = this.lastOperation(this.pickJob(value));
    if (x < 0) return link;
    let count = 0;
    let machineLinks = 0;
    while (x >= 0 && count < CHAIN_MAX) {
      const next = this.binding(x);
      this.chainX[count] = x;
      this.chainBefore[count] = this.bindingIsResource ? next : -1;
      if (this.bindingIsResource) machineLinks++;
      count++;
      x = next;
    }
    // Links where a resource is waited for are where the order matters; the others can only change their mode.
    let wanted = machineLinks > 0 && dice.below(5) > 0 ? dice.below(machineLinks) : -1;
    const any = wanted < 0 ? dice.below(count) : -1;
    for (let each = 0; each < count; each++) {
      const counts = this.chainBefore[each]! >= 0;
      if (each === any || (counts && wanted-- === 0)) {
        link.x = this.chainX[each]!;
        link.before = this.chainBefore[each]!;
        return link;
      }
    }
    return link;
  }

  /** An operation on the same machine or maker as `x`, one or a few places before `before`. */
  earlier(x: number, before: number): number {
    let found = before;
    for (let steps = 1 + this.dice.below(4); steps > 0; steps--) {
      const next = this.onMachineBefore(x, this.place[found]!);
      if (next < 0) break;
      found = next;
    }
    return found;
  }

  private pickJob(value: Float64Array): number {
    const { model, dice } = this;
    const random = dice.below(model.jobCount);
    if (dice.below(10) === 0) return random;
    for (let tier = 0; tier < value.length; tier++) {
      if (value[tier] === 0) continue;
      switch (model.tiers[tier]!) {
        case 'promised':
          return this.lateJob(model.promised, random);
        case 'wished':
          return this.lateJob(model.wished, random);
        case 'makespan':
          return this.lastJob();
        case 'disturbance':
        case 'flow':
        case 'setup':
          return random;
      }
    }
    return random;
  }

  private lateJob(due: Int32Array, otherwise: number): number {
    const { completion } = this;
    let sum = 0;
    let chosen = otherwise;
    for (let job = 0; job < completion.length; job++) {
      if (due[job] === NEVER || completion[job]! <= due[job]!) continue;
      const cost = Math.sqrt(this.model.weight[job]! * (completion[job]! - due[job]!));
      sum += cost;
      if (this.dice.unit() * sum < cost) chosen = job;
    }
    return chosen;
  }

  private lastJob(): number {
    const { completion } = this;
    let last = 0;
    for (let job = 1; job < completion.length; job++) if (completion[job]! > completion[last]!) last = job;
    return last;
  }

  private lastOperation(job: number): number {
    let last = -1;
    for (let at = this.operationStart[job]!; at < this.operationStart[job + 1]!; at++) {
      const x = this.operations[at]!;
      if (last < 0 || this.decoder.end[x]! > this.decoder.end[last]!) last = x;
    }
    return last;
  }

  private bindingIsResource = false;

  /** What arrives last of all that x waits for; −1 where it waits for nothing but its release. */
  private binding(x: number): number {
    const { model, decoder, solution } = this;
    let latest = model.release[x]!;
    let found = -1;
    this.bindingIsResource = false;
    for (let arc = model.predecessorStart[x]!; arc < model.predecessorStart[x + 1]!; arc++) {
      const arrival = decoder.end[model.predecessor[arc]!]! + model.predecessorDelay[arc]!;
      if (arrival > latest || (arrival === latest && found < 0 && arrival > 0)) {
        latest = arrival;
        found = model.predecessor[arc]!;
      }
    }
    if (model.fixed[x] !== 0) return found;
    const onMachine = this.onMachineBefore(x, this.place[x]!);
    if (onMachine >= 0 && this.beats(decoder.end[onMachine]!, latest)) {
      latest = decoder.end[onMachine]!;
      found = onMachine;
      this.bindingIsResource = true;
    }
    if (model.modeMaker[solution.mode[x]!]! < 0) return found;
    const onMaker = this.onMakerBefore(x, this.place[x]!);
    if (onMaker >= 0 && this.beats(decoder.attendedEnd[onMaker]!, latest)) {
      found = onMaker;
      this.bindingIsResource = true;
    }
    return found;
  }

  private beats(arrival: number, latest: number): boolean {
    return arrival > latest || (arrival === latest && arrival > 0 && this.dice.below(2) === 0);
  }

  private onMachineBefore(x: number, from: number): number {
    const { modeMachine } = this.model;
    const { order, mode } = this.solution;
    const machine = modeMachine[mode[x]!]!;
    for (let at = from - 1; at >= 0; at--) {
      const y = order[at]!;
      if (modeMachine[mode[y]!] === machine && this.model.fixed[y] !== 1) return y;
    }
    return -1;
  }

  private onMakerBefore(x: number, from: number): number {
    const { modeMaker } = this.model;
    const { order, mode } = this.solution;
    const maker = modeMaker[mode[x]!]!;
    for (let at = from - 1; at >= 0; at--) {
      const y = order[at]!;
      if (modeMaker[mode[y]!] === maker && this.model.fixed[y] !== 1) return y;
    }
    return -1;
  }
}
