import type { z } from "zod";

import type { KeyValue } from "./key-value.ts";

/** Small records by identifier, all under one name in IndexedDB. */
export interface RecordStore<T> {
  all(): Promise<Map<string, T>>;
  get(id: string): Promise<T | undefined>;
  put(id: string, record: T): Promise<void>;
  /** Nothing happens when there is none. */
  change(id: string, change: (old: T) => T): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createRecordStore<S extends z.ZodType>(
  keyValue: KeyValue,
  name: string,
  schema: S,
): RecordStore<z.output<S>> {
  type T = z.output<S>;

  function parseAll(stored: unknown): Map<string, T> {
    const all = new Map<string, T>();
    if (typeof stored !== "object" || stored === null) return all;
    for (const [id, record] of Object.entries(stored)) {
      const parsed = schema.safeParse(record);
      // A record that is not in form is as good as none: what depends on it is refused in words.
      if (parsed.success) all.set(id, parsed.data);
    }
    return all;
  }

  async function edit(change: (all: Map<string, T>) => void): Promise<void> {
    await keyValue.update(name, (stored) => {
      const all = parseAll(stored);
      change(all);
      return Object.fromEntries(all);
    });
  }

  const all = async () => parseAll(await keyValue.get(name));
  return {
    all,
    get: async (id) => (await all()).get(id),
    put: (id, record) => edit((records) => records.set(id, record)),
    change: (id, change) =>
      edit((records) => {
        const old = records.get(id);
        if (old !== undefined) records.set(id, change(old));
      }),
    remove: (id) => edit((records) => records.delete(id)),
  };
}
