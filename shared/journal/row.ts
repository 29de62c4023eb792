import { z } from "zod";

import { nonceSchema } from "../ids.ts";

/**
 * A row of a journal as it is hashed, sent and exported. Its type may be one that this build does
 * not know yet: the chain holds all the same, and `entry.ts` says what a row may say.
 */

/** From 1, without a gap. */
/** As far as the database counts. */
const SEQ_MAX = 2_147_483_647;
export const seqSchema = z.int().positive().max(SEQ_MAX);
/** The last row that one has; 0 before the first. */
export const afterSchema = z.int().nonnegative().max(SEQ_MAX);
export const actorRoleSchema = z.enum(["beneficiary", "helper", "system"]);

export const journalRowSchema = z.strictObject({
  seq: seqSchema,
  /** The hash of the row before; nothing before the first. `chain.ts` says what a hash must be. */
  prevHash: z.string().max(64),
  hash: z.string().max(64),
  /** The server's clock. */
  at: z.iso.datetime(),
  type: z.string().max(64),
  actorRole: z.string().max(32),
  refs: z.record(z.string(), z.unknown()),
  data: z.record(z.string(), z.unknown()),
});
export type JournalRow = z.infer<typeof journalRowSchema>;

/** The last row of a journal at some time: it stands for all rows before it, too. */
export const journalHeadSchema = z.strictObject({
  seq: seqSchema,
  /** SHA-256, base64url. */
  hash: nonceSchema,
  /** The row's own instant: a wrong clock on the device changes nothing. */
  at: z.iso.datetime(),
});
export type JournalHead = z.infer<typeof journalHeadSchema>;

export function headOf(row: JournalRow): JournalHead {
  return { seq: row.seq, hash: row.hash, at: row.at };
}
