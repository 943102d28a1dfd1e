import type { Decoder } from './decoder.js';
import { NEVER, type Model } from './model.js';
import type { Tier } from './problem.js';

/**
 * Values a decoded solution, tier by tier: the sums are integers below 2^53.
 *
 * - promised, wished: Σ weight · max(0, completion − due date) over jobs, in units of time
 * - disturbance: see `Published`
 * - makespan: the last end; flow: Σ (completion − release) over jobs; setup: units of set-up
 */
export class Objective {
  readonly tiers: readonly Tier[];
  readonly completion: Int32Array;
  private readonly earliest: Int32Array;

  constructor(private readonly model: Model) {
    this.tiers = model.tiers;
    this.completion = new Int32Array(model.jobCount);
    this.earliest = new Int32Array(model.jobCount).fill(NEVER);
    for (let operation = 0; operation < model.operationCount; operation++) {
      const job = model.job[operation]!;
      this.earliest[job] = Math.min(this.earliest[job]!, model.release[operation]!);
    }
  }

  /** Writes the value of each tier into `into`. */
  evaluate(decoded: Decoder, mode: Int32Array, into: Float64Array): void {
    const { model, completion } = this;
    completion.fill(0);
    for (let operation = 0; operation < model.operationCount; operation++) {
      const job = model.job[operation]!;
      if (decoded.end[operation]! > completion[job]!) completion[job] = decoded.end[operation]!;
    }
    for (let place = 0; place < this.tiers.length; place++)
      into[place] = this.value(this.tiers[place]!, decoded, mode);
  }

  private value(tier: Tier, decoded: Decoder, mode: Int32Array): number {
    switch (tier) {
      case 'promised':
        return this.lateness(this.model.promised);
      case 'wished':
        return this.lateness(this.model.wished);
      case 'makespan':
        return this.completion.reduce((most, each) => (each > most ? each : most), 0);
      case 'flow':
        return this.flow();
      case 'setup':
        return this.setups(decoded);
      case 'disturbance':
        return this.disturbance(decoded, mode);
    }
  }

  private lateness(due: Int32Array): number {
    const { completion, model } = this;
    let sum = 0;
    for (let job = 0; job < completion.length; job++)
      if (completion[job]! > due[job]!) sum += model.weight[job]! * (completion[job]! - due[job]!);
    return sum;
  }

  private flow(): number {
    let sum = 0;
    for (let job = 0; job < this.completion.length; job++)
      sum += Math.max(0, this.completion[job]! - this.earliest[job]!);
    return sum;
  }

  private setups(decoded: Decoder): number {
    let sum = 0;
    if (this.model.familyCount > 0) for (const units of decoded.setupUnits) sum += units;
    return sum;
  }

  private disturbance(decoded: Decoder, mode: Int32Array): number {
    const { model } = this;
    const { publishedStart } = model;
    let sum = 0;
    for (let operation = 0; operation < publishedStart.length; operation++) {
      const known = publishedStart[operation]!;
      if (known < 0) continue;
      const start = decoded.start[operation]!;
      let cost = Math.abs(start - known);
      const chosen = mode[operation]!;
      if (
        model.modeMachine[chosen] !== model.publishedMachine[operation] ||
        model.modeMaker[chosen] !== model.publishedMaker[operation]
      )
        cost += model.reassignment;
      sum += cost * (Math.min(start, known) < model.soonUntil ? model.soonFactor : 1);
    }
    return sum;
  }
}

/** Negative where `one` is better: the first tier in which they differ decides. */
export function compareObjectives(one: ArrayLike<number>, other: ArrayLike<number>): number {
  for (let tier = 0; tier < one.length; tier++) {
    const difference = one[tier]! - other[tier]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
