import { createHash } from "node:crypto";

import { asc, desc, eq, sql } from "drizzle-orm";

import type { DeviceId } from "../../shared/ids.ts";
import type { Database } from "../db/client.ts";
import { journal } from "../db/schema.ts";
import { journalEntrySchema, type JournalEntry } from "./entry.ts";

/*
 * [J1] One chain per beneficiary device. A row is written in the transaction of what it records
 * [J2]: no row, no act. The trigger of the migrations refuses change; the chain shows it.
 */

export type JournalRow = typeof journal.$inferSelect;

/** `tx` is the caller's transaction. Throws when the entry is not in the closed list. */
export async function appendToJournal(
  tx: Database,
  stream: DeviceId,
  at: Date,
  ...entries: readonly JournalEntry[]
): Promise<void> {
  // Two transactions on one stream take turns; the lock goes with the transaction.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${stream}, 0))`);
  const [head] = await tx
    .select({ seq: journal.seq, hash: journal.hash })
    .from(journal)
    .where(eq(journal.stream, stream))
    .orderBy(desc(journal.seq))
    .limit(1);
  let { seq, hash: prevHash } = head ?? { seq: 0, hash: "" };
  const rows = entries.map((entry): JournalRow => {
    const { type, actorRole, refs, data } = journalEntrySchema.parse(entry);
    seq += 1;
    const row = { stream, seq, prevHash, at, type, actorRole, refs, data };
    prevHash = hashRow(row);
    return { ...row, hash: prevHash };
  });
  await tx.insert(journal).values(rows);
}

export async function readJournal(db: Database, stream: DeviceId): Promise<JournalRow[]> {
  return await db
    .select()
    .from(journal)
    .where(eq(journal.stream, stream))
    .orderBy(asc(journal.seq));
}

/** The first row that does not extend the one before it; `undefined` when the chain holds. */
export function findBrokenRow(rows: readonly JournalRow[]): JournalRow | undefined {
  return rows.find((row, at) => {
    const before = rows[at - 1];
    const { hash, ...content } = row;
    return row.seq !== at + 1 || row.prevHash !== (before?.hash ?? "") || hash !== hashRow(content);
  });
}

function hashRow(row: Omit<JournalRow, "hash">): string {
  return createHash("sha256")
    .update(row.prevHash)
    .update(canonicalJson({ ...row, at: row.at.toISOString() }))
    .digest("base64url");
}

/** Keys in order, so that what the database gives back has the same bytes. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(",")}}`;
}
