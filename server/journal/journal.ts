import { and, asc, desc, eq, gt, sql } from "drizzle-orm";

import type { DeviceId } from "../../shared/ids.ts";
import { hashRow } from "../../shared/journal/chain.ts";
import { type JournalEntry, journalEntrySchema } from "../../shared/journal/entry.ts";
import type { JournalRow } from "../../shared/journal/row.ts";
import type { Database } from "../db/client.ts";
import { journal } from "../db/schema.ts";

/*
 * [J1] One chain per beneficiary device. A row is written in the transaction of what it records
 * [J2]: no row, no act. The trigger of the migrations refuses change; the chain shows it.
 */

type StoredRow = typeof journal.$inferSelect;

/** Two transactions on one stream take turns; the lock goes with the transaction. */
export async function lockJournal(tx: Database, stream: DeviceId): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${stream}, 0))`);
}

/** `tx` is the caller's transaction. Throws when the entry is not in the closed list. */
export async function appendToJournal(
  tx: Database,
  stream: DeviceId,
  at: Date,
  ...entries: readonly JournalEntry[]
): Promise<void> {
  await lockJournal(tx, stream);
  const head = await readHead(tx, stream);
  let { seq, hash: prevHash } = head ?? { seq: 0, hash: "" };
  const rows: StoredRow[] = [];
  for (const entry of entries) {
    const { type, actorRole, refs, data } = journalEntrySchema.parse(entry);
    seq += 1;
    const content = { seq, prevHash, type, actorRole, refs, data };
    const hash = await hashRow(stream, { ...content, at: at.toISOString() });
    rows.push({ stream, at, ...content, hash });
    prevHash = hash;
  }
  await tx.insert(journal).values(rows);
}

export async function readHead(db: Database, stream: DeviceId): Promise<StoredRow | undefined> {
  const [head] = await db
    .select()
    .from(journal)
    .where(eq(journal.stream, stream))
    .orderBy(desc(journal.seq))
    .limit(1);
  return head;
}

/** In order. `after`: without it, from the first row that there is, whatever its number. */
export async function readRows(
  db: Database,
  stream: DeviceId,
  { after, limit = 100_000 }: { after?: number | undefined; limit?: number } = {},
): Promise<JournalRow[]> {
  const rows = await db
    .select()
    .from(journal)
    .where(
      and(eq(journal.stream, stream), ...(after === undefined ? [] : [gt(journal.seq, after)])),
    )
    .orderBy(asc(journal.seq))
    .limit(limit);
  return rows.map(toRow);
}

export function toRow(stored: StoredRow): JournalRow {
  const { seq, prevHash, hash, at, type, actorRole, refs, data } = stored;
  return { seq, prevHash, hash, at: at.toISOString(), type, actorRole, refs, data };
}
