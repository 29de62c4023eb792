/** A listener may return a promise for the work that it goes on doing. */
export type Listener<T> = (event: T) => unknown;

export function createListeners<T>(): {
  add: (listener: Listener<T>) => () => void;
  /** Settles once every listener has worked on it. A listener's fault stops nobody else. */
  emit: (event: T) => Promise<void>;
} {
  const listeners = new Set<Listener<T>>();
  return {
    add(listener) {
      const own: Listener<T> = (event) => listener(event);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    async emit(event) {
      await Promise.all([...listeners].map((listener) => run(listener, event)));
    },
  };
}

async function run<T>(listener: Listener<T>, event: T): Promise<void> {
  try {
    await listener(event);
  } catch (bug) {
    // Thrown outside of our stack: the platform reports it, and the connection goes on.
    queueMicrotask(() => {
      throw bug;
    });
  }
}
