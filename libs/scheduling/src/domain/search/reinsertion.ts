import type { Dice } from '../dice.js';
import { CriticalPath } from './blocks.js';
import type { Graph } from './graph.js';
import { Gaps } from './gaps.js';
import type { Neighbourhood } from './neighbourhood.js';
import { TabuList } from './tabu-list.js';

/** A removed attribute stays forbidden for this many steps, and by chance for up to as many more. */
const TENURE = 8;

/** About how many operations of the critical path a step looks at: all of a long one would make steps few rather than better. */
const LOOKED_AT = 12;

/**
 * Choice and order of machines and makers together: a critical operation is taken out and put back into another gap
 * of any machine and maker that can do it (Mastrolilli and Gambardella 2000, whose neighbourhood knows machines alone).
 * With heads and tails computed anew without the operation, the makespan of each neighbour is known exactly: it is the
 * longer of the longest path without the operation and the longest path through it.
 */
export class Reinsertion implements Neighbourhood {
  private readonly path: CriticalPath;
  private readonly tabu: TabuList;
  private readonly gaps: Gaps;

  constructor(
    private readonly graph: Graph,
    private readonly dice: Dice,
  ) {
    this.path = new CriticalPath(graph);
    // Attributes are pairs of an operation and what it follows: an operation, or nothing on one of the machines or makers.
    this.tabu = new TabuList(graph.count + graph.model.machineCount + graph.model.makerCount + 2);
    this.gaps = new Gaps(graph, this.path, this.tabu, dice);
  }

  reset(): void {
    this.tabu.clear();
    this.gaps.reset();
  }

  step(iteration: number, best: number): boolean {
    const { graph, path, gaps } = this;
    path.find(this.dice);
    gaps.begin(iteration, best);
    path.findRuns();
    const chance = LOOKED_AT / path.length;
    for (let each = 0; each < path.length; each++)
      if (chance >= 1 || this.dice.unit() < chance) this.visit(path.path[each]!);
    // A short look may find nothing; the whole path decides whether there is nothing.
    if (!gaps.choose() && (chance >= 1 || !this.visitAll())) return false;
    this.apply(iteration);
    graph.refreshHeads(0);
    graph.refreshTails(graph.count - 1);
    return true;
  }

  private visitAll(): boolean {
    for (let each = 0; each < this.path.length; each++) this.visit(this.path.path[each]!);
    return this.gaps.choose();
  }

  private visit(x: number): void {
    const { graph, gaps } = this;
    const duration = graph.duration[x]!;
    graph.unlink(x);
    graph.duration[x] = 0;
    gaps.measure(x);
    graph.duration[x] = duration;
    gaps.visit(x);
    graph.relink(x);
  }

  private apply(iteration: number): void {
    const { graph, gaps, tabu, dice } = this;
    const x = gaps.operation;
    const until = iteration + TENURE + dice.below(TENURE);
    const changed = graph.mode[x] !== gaps.mode;
    tabu.forbid(x, gaps.machineKey(graph.machine[x]!, graph.machineBefore[x]!), until);
    const after = graph.machineAfter[x]!;
    if (after !== graph.count) tabu.forbid(after, x, until);
    if (graph.hasMakers && graph.maker[x]! < graph.model.makerCount) {
      tabu.forbid(x, gaps.makerKey(graph.maker[x]!, graph.makerBefore[x]!), until);
      const makerAfter = graph.makerAfter[x]!;
      if (makerAfter !== graph.count) tabu.forbid(makerAfter, x, until);
    }
    if (changed) gaps.forbidMode(x, graph.mode[x]!, until);
    graph.unlink(x);
    graph.setMode(x, gaps.mode);
    graph.linkMachine(x, gaps.machineBefore, gaps.machineAfter);
    if (graph.maker[x]! < graph.model.makerCount) graph.linkMaker(x, gaps.makerBefore, gaps.makerAfter);
    else {
      graph.makerBefore[x] = graph.count;
      graph.makerAfter[x] = graph.count;
    }
    if (!graph.sort()) throw new Error('A gap that was taken for possible closed a circle in the graph.');
  }
}
