import type { Decoder } from '../decoder.js';
import type { Dice } from '../dice.js';
import { dispatch } from '../construct.js';
import type { Model } from '../model.js';
import type { Solution } from '../solution.js';
import type { Graph } from './graph.js';
import type { Neighbourhood } from './neighbourhood.js';
import { blankSolution, distance, relink, type Member } from './pool.js';
import { tabuSearch, type Meter } from './tabu-search.js';

export interface EliteSettings {
  /** Members of the first pool, and of the largest. */
  readonly size: number;
  readonly sizeMost: number;
  /** Iterations without a gain after which a tabu search ends, with the first pool and with the largest. */
  readonly patience: number;
  readonly patienceMost: number;
}

/** A pool that has grown alike is followed by one so much larger: a small pool is quick, a large one goes further. */
const POOL_GROWTH = 1.5;

/**
 * Tabu search with path relinking over a pool of elite solutions, after TS/PR (Peng, Lü and Cheng 2015) and i-TSAB (Nowicki
 * and Smutnicki 2005): the pool is filled by tabu searches from different beginnings; then two members are chosen, a tabu
 * search starts from a point on the way from one to the other, and its result takes the place of the worst. A pool whose
 * members have grown alike is filled anew around its best.
 */
export class EliteSearch {
  private members: Member[] = [];
  private size: number;
  private patience: number;
  best: Member;

  constructor(
    private readonly graph: Graph,
    private readonly hood: Neighbourhood,
    private readonly decoder: Decoder,
    private readonly tails: Int32Array,
    private readonly dice: Dice,
    private readonly settings: EliteSettings,
    private readonly onBetter: (member: Member) => void,
  ) {
    this.size = settings.size;
    this.patience = settings.patience;
    this.best = { solution: blankSolution(graph.model), makespan: 0x7fffffff };
  }

  /** Searches until the meter says that it is over. */
  run(first: Solution, meter: Meter): void {
    this.enter(this.improve(first, meter, this.patience));
    while (!meter.done) {
      while (this.members.length < this.size && !meter.done)
        this.enter(this.improve(this.fresh(), meter, this.patience));
      let idle = 0;
      while (!meter.done && idle < 2 * this.size) idle = this.combine(meter) ? 0 : idle + 1;
      if (!meter.done) this.renew();
    }
  }

  private renew(): void {
    this.members = [this.best];
    this.size = Math.min(this.settings.sizeMost, Math.ceil(this.size * POOL_GROWTH));
    this.patience = Math.min(this.settings.patienceMost, Math.ceil(this.patience * POOL_GROWTH));
  }

  /** Takes in a solution that another search has found. */
  welcome(solution: Solution, makespan: number): void {
    this.enter({ solution, makespan });
  }

  private get model(): Model {
    return this.graph.model;
  }

  private fresh(): Solution {
    return dispatch(this.model, this.decoder, this.tails, this.dice.unit() * 2, this.dice);
  }

  private improve(from: Solution, meter: Meter, patience: number): Member {
    this.graph.load(from);
    const solution = blankSolution(this.model);
    const makespan = tabuSearch(this.graph, this.hood, meter, patience, solution);
    const member = { solution, makespan };
    if (makespan < this.best.makespan) {
      this.best = member;
      this.onBetter(member);
    }
    return member;
  }

  /** One child of two members. True where the pool changed. */
  private combine(meter: Meter): boolean {
    const { members, dice } = this;
    const one = dice.below(members.length);
    const other = (one + 1 + dice.below(members.length - 1)) % members.length;
    const share = 0.3 + 0.4 * dice.unit();
    const child = relink(this.model, members[one]!.solution, members[other]!.solution, share, dice);
    return this.enter(this.improve(child, meter, this.patience));
  }

  /** Adds a member, in the place of the worst where the pool is full. False where it is not wanted. */
  private enter(member: Member): boolean {
    const { members, size } = this;
    const alike = Math.max(1, Math.trunc(this.model.operationCount / 50));
    for (let each = 0; each < members.length; each++)
      if (
        Math.abs(members[each]!.makespan - member.makespan) <= member.makespan / 50 &&
        distance(this.model, members[each]!.solution, member.solution) <= alike
      ) {
        if (member.makespan >= members[each]!.makespan) return false;
        members[each] = member;
        return true;
      }
    if (members.length < size) {
      members.push(member);
      return true;
    }
    let worst = 0;
    for (let each = 1; each < members.length; each++)
      if (members[each]!.makespan > members[worst]!.makespan) worst = each;
    if (members[worst]!.makespan < member.makespan) return false;
    const changed = members[worst]!.makespan > member.makespan;
    members[worst] = member;
    return changed;
  }
}
