/** What is known while a search runs. `lowerBound` belongs to the first tier. */
export interface Progress {
  readonly iterations: number;
  readonly objective: readonly number[];
  readonly lowerBound: number;
}

/**
 * How long a search may go on. The same seed and `iterations` give the same plan everywhere; `shouldStop` is asked every
 * few hundred iterations and brings time, and people's impatience, in from outside: the domain has no clock.
 */
export interface Budget {
  readonly iterations: number;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
}
