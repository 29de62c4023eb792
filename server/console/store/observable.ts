import { useSyncExternalStore } from "react";

/** A state that changes by its reducer only, and says when it did. */
export interface Observable<S> {
  readonly get: () => S;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createObservable<S, A>(
  reduce: (state: S, action: A) => S,
  initial: S,
): Observable<S> & { dispatch(action: A): void } {
  const listeners = new Set<() => void>();
  let state = initial;
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
  };
}

export function useObservable<S>(observable: Observable<S>): S {
  return useSyncExternalStore(observable.subscribe, observable.get);
}
