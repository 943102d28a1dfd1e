import { Decoder } from '../decoder.js';
import type { Dice } from '../dice.js';
import type { Model } from '../model.js';
import { compareObjectives, Objective } from '../objective.js';
import type { Solution } from '../solution.js';
import { ExactMoves } from './exact-moves.js';
import type { Meter } from './tabu-search.js';

/** How many neighbours are tried to learn how much a step changes each tier. */
const SAMPLES = 100;

/**
 * The first round is nearly a descent, which is what a large problem has time for; each round begins hotter than the one before,
 * up to what small problems gain most by. Temperatures are in units of the learnt scale, and fall by this factor in a round.
 */
const HEAT_FIRST = 0.01;
const HEAT_MOST = 12;
const HEAT_GROWTH = 4;
const HEAT_FALL = 100;

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) in which each neighbour is decoded: calendars, set-ups,
 * pins and every tier of the objective are exact. The tiers have a temperature each; the first tier in which two
 * solutions differ decides. Rounds grow longer and hotter, and start from the best so far, so that the search can be stopped at any time.
 */
export class ExactSearch {
  private readonly decoder: Decoder;
  private readonly objective: Objective;
  private readonly moves: ExactMoves;
  /** When each job ends in the solution that the search stands at; the objective's are those of the last neighbour. */
  private readonly completion: Int32Array;
  private readonly scale: Float64Array;
  private readonly value: Float64Array;
  private readonly candidate: Float64Array;
  readonly best: Solution;
  readonly bestValue: Float64Array;

  constructor(
    model: Model,
    first: Solution,
    private readonly dice: Dice,
    private readonly onBetter: (value: Float64Array) => void,
  ) {
    const tiers = model.tiers.length;
    this.decoder = new Decoder(model);
    this.objective = new Objective(model);
    this.scale = new Float64Array(tiers);
    this.value = new Float64Array(tiers);
    this.candidate = new Float64Array(tiers);
    this.bestValue = new Float64Array(tiers);
    this.best = { order: Int32Array.from(first.order), mode: Int32Array.from(first.mode) };
    this.completion = new Int32Array(model.jobCount);
    this.moves = new ExactMoves(model, this.decoder, this.completion, dice, first);
    this.moves.reset();
    this.measure(0, this.value);
    this.completion.set(this.objective.completion);
    this.bestValue.set(this.value);
  }

  /** Rounds of `steps`, doubled each time, until the meter says that it is over. */
  run(meter: Meter, steps: number): void {
    if (!this.moves.possible) return;
    this.learnScale(meter);
    let heat = HEAT_FIRST;
    for (let round = steps; !meter.done; round *= 2) {
      this.restart();
      for (let step = 0; step < round && !meter.done; step++) {
        this.step(heat * Math.pow(HEAT_FALL, -step / round));
        meter.tick();
      }
      heat = Math.min(HEAT_MOST, heat * HEAT_GROWTH);
    }
  }

  private measure(kept: number, into: Float64Array): void {
    const { order, mode } = this.moves.solution;
    this.decoder.decode(order, mode, kept);
    this.objective.evaluate(this.decoder, mode, into);
  }

  private restart(): void {
    this.moves.solution.order.set(this.best.order);
    this.moves.solution.mode.set(this.best.mode);
    this.moves.reset();
    this.measure(0, this.value);
    this.completion.set(this.objective.completion);
  }

  private step(temperature: number): void {
    const kept = this.moves.propose(this.value);
    if (kept < 0) return;
    this.measure(kept, this.candidate);
    if (!this.accepts(temperature)) {
      this.decoder.decode(this.moves.solution.order, this.moves.solution.mode, this.moves.undo());
      return;
    }
    this.value.set(this.candidate);
    this.completion.set(this.objective.completion);
    if (compareObjectives(this.value, this.bestValue) >= 0) return;
    this.bestValue.set(this.value);
    this.best.order.set(this.moves.solution.order);
    this.best.mode.set(this.moves.solution.mode);
    this.onBetter(this.bestValue);
  }

  private accepts(temperature: number): boolean {
    for (let tier = 0; tier < this.value.length; tier++) {
      const worse = this.candidate[tier]! - this.value[tier]!;
      if (worse === 0) continue;
      if (worse < 0) return true;
      const heat = temperature * this.scale[tier]!;
      return heat > 0 && this.dice.unit() < Math.exp(-worse / heat);
    }
    return true;
  }

  /** The first decile of how much random neighbours worsen each tier: most of them are far too bad to be walked through. */
  private learnScale(meter: Meter): void {
    const worsenings: number[][] = Array.from(this.scale, () => []);
    for (let sample = 0; sample < SAMPLES && !meter.done; sample++) {
      const kept = this.moves.propose(this.value);
      meter.tick();
      if (kept < 0) continue;
      this.measure(kept, this.candidate);
      worsenings.forEach((list, tier) => {
        const worse = this.candidate[tier]! - this.value[tier]!;
        if (worse > 0) list.push(worse);
      });
      this.decoder.decode(this.moves.solution.order, this.moves.solution.mode, this.moves.undo());
    }
    worsenings.forEach((list, tier) => {
      list.sort((one, other) => one - other);
      this.scale[tier] = list[Math.trunc(list.length / 10)] ?? 0;
    });
  }
}
