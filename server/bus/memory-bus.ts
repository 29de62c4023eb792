import type { Bus } from "./bus.ts";

/** The bus of a server that is alone. Delivers in a later turn, as a network would. */
export function createMemoryBus(): Bus {
  const topics = new Map<string, Set<(payload: Uint8Array) => void>>();
  return {
    async publish(topic, payload) {
      if (!topics.has(topic)) return;
      const copy = payload.slice();
      queueMicrotask(() => {
        for (const listener of topics.get(topic) ?? []) listener(copy);
      });
    },
    async subscribe(topic, listener) {
      const set = topics.get(topic) ?? new Set();
      topics.set(topic, set);
      const own = (payload: Uint8Array) => listener(payload);
      set.add(own);
      return async () => {
        set.delete(own);
        if (set.size === 0 && topics.get(topic) === set) topics.delete(topic);
      };
    },
    async listeners(topic) {
      return topics.has(topic) ? 1 : 0;
    },
    async ping() {},
    async close() {
      topics.clear();
    },
  };
}
