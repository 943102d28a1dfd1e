import DataLoader from 'dataloader';
import type { RequestContext } from './request-context.js';

/**
 * A DataLoader for each request: rows that many resolvers of one request want are read by one statement.
 * Extend it as an injectable `CommunityLoader` and call `load(context, key)`.
 */
export abstract class RequestLoader<Key, Value> {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<Key, Value>>();

  /** One value for each key, in their order; an `Error` in place of one that must not be missing. */
  protected abstract loadMany(
    keys: readonly Key[],
    context: RequestContext,
  ): Promise<readonly (Value | Error)[]>;

  load(context: RequestContext, key: Key): Promise<Value> {
    let loader = this.loaders.get(context);
    if (!loader) {
      // A subscription's context lives as long as the page is open, and what was read for one push is not what the
      // next one shall show: without an HTTP request keys are still gathered, but nothing is kept.
      loader = new DataLoader<Key, Value>((keys) => this.loadMany(keys, context), {
        maxBatchSize: 1000,
        cache: context.reply !== undefined,
      });
      this.loaders.set(context, loader);
    }
    return loader.load(key);
  }
}

/** Puts rows into the order of the keys. */
export function inOrder<Key, Value>(
  keys: readonly Key[],
  values: readonly Value[],
  keyOf: (value: Value) => Key,
  missing: (key: Key) => Value | Error,
): (Value | Error)[] {
  const byKey = new Map(values.map((value) => [keyOf(value), value]));
  return keys.map((key) => byKey.get(key) ?? missing(key));
}
