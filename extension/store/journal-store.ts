import { z } from "zod";

import { journalFaultSchema } from "../../shared/journal/chain.ts";
import { journalHeadSchema } from "../../shared/journal/row.ts";
import { signedHeadSchema } from "../../shared/journal/signed-head.ts";
import type { KeyValue } from "./key-value.ts";

const KEY = "journal";

const recordSchema = z.strictObject({
  /** [J5] The last row that was read and found to follow: every journal to come has to extend it. */
  head: journalHeadSchema.optional(),
  /** The last head that the server has from us. */
  signed: signedHeadSchema.optional(),
  /** A session has ended since. */
  due: z.boolean(),
  /** Where the journal that the server last gave did not follow. */
  fault: journalFaultSchema.optional(),
});
export type JournalRecord = z.infer<typeof recordSchema>;

export type JournalStore = ReturnType<typeof createJournalStore>;

function parse(stored: unknown): JournalRecord {
  return recordSchema.parse(stored ?? { due: false });
}

/** Throws when what is stored can't be read: to forget the head in silence would let any journal pass. */
export function createJournalStore(keyValue: KeyValue) {
  return {
    load: async (): Promise<JournalRecord> => parse(await keyValue.get(KEY)),
    change: (change: (record: JournalRecord) => JournalRecord): Promise<void> =>
      keyValue.update(KEY, (old) => recordSchema.parse(change(parse(old)))),
  };
}
