import { z } from "zod";

import { concatBytes, utf8 } from "../bytes.ts";
import { canonicalJson } from "../canonical-json.ts";
import { contentHashOf } from "../crypto/digest.ts";
import type { DeviceId } from "../ids.ts";
import type { JournalHead, JournalRow } from "./row.ts";

/*
 * [J1] Each row's hash covers the one before it, so that nobody changes, removes, adds or reorders
 * one in the middle without changing every hash after it. Server and extension compute it here.
 */

/**
 * Where a journal is not what it was. `altered`: the row is not what its hash was made of. `removed`:
 * one is missing before it, or is too many. `rewritten`: it does not follow from the row before it, or
 * is another than it was. `cut`: the journal ends before a row that was there.
 */
export const journalFaultSchema = z.strictObject({
  seq: z.int(),
  why: z.enum(["altered", "removed", "rewritten", "cut"]),
});
export type JournalFault = z.infer<typeof journalFaultSchema>;

export async function hashRow(stream: DeviceId, row: Omit<JournalRow, "hash">): Promise<string> {
  const { seq, prevHash, at, type, actorRole, refs, data } = row;
  const content = canonicalJson({ stream, seq, prevHash, at, type, actorRole, refs, data });
  return await contentHashOf(concatBytes(utf8(prevHash), utf8(content)));
}

/** The first row that does not extend the one before it, the first of them `before`. */
export async function findFault(
  stream: DeviceId,
  before: JournalHead | undefined,
  rows: readonly JournalRow[],
): Promise<JournalFault | undefined> {
  let last: { seq: number; hash: string } = before ?? { seq: 0, hash: "" };
  for (const row of rows) {
    if (row.seq !== last.seq + 1) return { seq: row.seq, why: "removed" };
    if (row.prevHash !== last.hash) return { seq: row.seq, why: "rewritten" };
    if (row.hash !== (await hashRow(stream, row))) return { seq: row.seq, why: "altered" };
    last = row;
  }
  return undefined;
}
