/**
 * What one resource holds, by time: disjoint intervals with their operations. Found by binary search; a change shifts the
 * numbers behind it, which for the few changes of a repair costs less than any tree.
 */
export class Timeline {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly owners: number[] = [];

  /** The place of the first interval that ends after `time`. */
  private after(time: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The end of what overlaps [start, end), or −1 where it is free. */
  conflict(start: number, end: number): number {
    if (end <= start) return -1;
    const place = this.after(start);
    return place < this.starts.length && this.starts[place]! < end ? this.ends[place]! : -1;
  }

  /** The operation that ends last at `time` or before; −1 for none. */
  before(time: number): number {
    const place = this.after(time);
    return place > 0 ? this.owners[place - 1]! : -1;
  }

  /** Holds [start, end), which must be free. What has no length is not held. */
  hold(start: number, end: number, owner: number): void {
    if (end <= start) return;
    const place = this.after(start);
    this.starts.splice(place, 0, start);
    this.ends.splice(place, 0, end);
    this.owners.splice(place, 0, owner);
  }

  /** Gives back what the operation holds from `start` on. */
  release(start: number, owner: number): void {
    const place = this.after(start);
    if (place >= this.owners.length || this.owners[place] !== owner) return;
    this.starts.splice(place, 1);
    this.ends.splice(place, 1);
    this.owners.splice(place, 1);
  }
}
