/** Time as a caller gives it: tests turn it by hand. */
export interface Clock {
  /** Monotonic, in milliseconds. */
  now(): number;
  /** Returns what cancels the timer. */
  setTimeout(run: () => void, ms: number): () => void;
}
