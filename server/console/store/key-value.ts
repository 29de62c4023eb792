import { createStore, get, set, update } from "idb-keyval";

/** What the stores need of IndexedDB. Values are structured clones, so that keys stay unextractable. */
export interface KeyValue {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  /** Atomic. */
  update(key: string, change: (old: unknown) => unknown): Promise<void>;
}

export function openKeyValue(): KeyValue {
  const store = createStore("epaule", "console");
  return {
    get: (key) => get<unknown>(key, store),
    set: (key, value) => set(key, value, store),
    update: (key, change) => update<unknown>(key, change, store),
  };
}

export function createMemoryKeyValue(): KeyValue {
  const values = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(structuredClone(values.get(key))),
    set(key, value) {
      values.set(key, structuredClone(value));
      return Promise.resolve();
    },
    update(key, change) {
      values.set(key, structuredClone(change(structuredClone(values.get(key)))));
      return Promise.resolve();
    },
  };
}
