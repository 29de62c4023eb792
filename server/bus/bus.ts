/**
 * Words between server nodes. Delivery is at most once and in the order in which one node published
 * on one topic; whoever must not miss a word checks the database as well. A bus that does not answer
 * rejects with `AppError` UNAVAILABLE.
 */
export interface Bus {
  publish(topic: string, payload: Uint8Array): Promise<void>;
  /** Resolves once words published from then on arrive. The listener must not throw. */
  subscribe(topic: string, listener: (payload: Uint8Array) => void): Promise<Unsubscribe>;
  /** How many nodes listen: presence. 0 means that nobody would hear. */
  listeners(topic: string): Promise<number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type Unsubscribe = () => Promise<void>;
