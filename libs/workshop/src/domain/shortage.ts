/** An item by the name and unit that bills of materials give it. */
export interface Amount {
  readonly item: string;
  readonly unit: string;
  readonly milli: bigint;
}

export interface Shortage extends Amount {
  readonly neededMilli: bigint;
  readonly onHandMilli: bigint;
}

/** What open orders need beyond what is on hand: `milli` is missing. */
export function shortagesOf(needs: readonly Amount[], stock: readonly Amount[]): Shortage[] {
  const needed = summed(needs);
  const onHand = summed(stock);
  return [...needed.entries()].flatMap(([key, { item, unit, milli: neededMilli }]) => {
    const onHandMilli = onHand.get(key)?.milli ?? 0n;
    const milli = neededMilli - onHandMilli;
    return milli > 0n ? [{ item, unit, milli, neededMilli, onHandMilli }] : [];
  });
}

function summed(amounts: readonly Amount[]): Map<string, Amount> {
  const sums = new Map<string, Amount>();
  for (const each of amounts) {
    const key = `${each.item.toLowerCase()}\n${each.unit}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, milli: known.milli + each.milli } : each);
  }
  return sums;
}
