import { and, type Column, eq, isNotNull, ne, notExists, sql } from "drizzle-orm";

import type { DeviceId } from "../../shared/ids.ts";
import { findFault, type JournalFault } from "../../shared/journal/chain.ts";
import { journalEntrySchema, type JournalType } from "../../shared/journal/entry.ts";
import { headOf, type JournalHead, type JournalRow } from "../../shared/journal/row.ts";
import { type SignedHead, verifyHead } from "../../shared/journal/signed-head.ts";
import type { Database } from "../db/client.ts";
import { devices, journal, journalHeads, pairings, receipts, sessions } from "../db/schema.ts";
import { readRows } from "./journal.ts";

const PAGE_ROWS = 500;

/**
 * Beside a chain's own: `forged`: the signature of its head does not verify. `unlisted`: the row says
 * what the closed list does not let it say. `unwritten`: an act that is stored has no row [J2].
 */
export interface Finding {
  stream: DeviceId;
  /** The first bad row; the first missing one where the journal was cut. */
  seq?: number;
  why: JournalFault["why"] | "forged" | "unlisted" | "unwritten";
}

export interface Verified {
  journals: number;
  rows: number;
  heads: number;
  /** One for each journal that is not whole. */
  findings: Finding[];
}

type StoredHead = SignedHead & { publicKey: string };

/** [J6] Recomputes every chain, and checks what devices signed of it. Changes nothing. */
export async function verifyJournals(db: Database): Promise<Verified> {
  const verified: Verified = { journals: 0, rows: 0, heads: 0, findings: [] };
  const unwritten = await findUnwritten(db);
  for (const stream of await listStreams(db)) {
    verified.journals += 1;
    const finding = await checkJournal(db, stream, verified);
    if (finding) verified.findings.push({ stream, ...finding });
    else if (unwritten.has(stream)) verified.findings.push({ stream, why: "unwritten" });
    unwritten.delete(stream);
  }
  // Of these, not even one row is left.
  for (const stream of unwritten) verified.findings.push({ stream, why: "unwritten" });
  return verified;
}

async function checkJournal(
  db: Database,
  stream: DeviceId,
  count: Verified,
): Promise<Omit<Finding, "stream"> | undefined> {
  const heads = await readHeads(db, stream);
  let last: JournalHead | undefined;
  for (;;) {
    const rows = await readRows(db, stream, { after: last?.seq, limit: PAGE_ROWS });
    for (const row of rows) {
      const head = heads.get(row.seq);
      const fault = (await findFault(stream, last, [row])) ?? (await checkRow(stream, row, head));
      if (fault) return fault;
      heads.delete(row.seq);
      count.rows += 1;
      if (head) count.heads += 1;
      last = headOf(row);
    }
    if (rows.length < PAGE_ROWS) break;
  }
  // The device has seen rows that are there no more.
  return heads.size > 0 ? { seq: (last?.seq ?? 0) + 1, why: "cut" } : undefined;
}

async function checkRow(
  stream: DeviceId,
  row: JournalRow,
  head: StoredHead | undefined,
): Promise<Omit<Finding, "stream"> | undefined> {
  const { seq, type, actorRole, refs, data } = row;
  if (!journalEntrySchema.safeParse({ type, actorRole, refs, data }).success)
    return { seq, why: "unlisted" };
  if (!head) return undefined;
  const { publicKey, ...signed } = head;
  if (!(await verifyHead(stream, publicKey, signed))) return { seq, why: "forged" };
  if (signed.hash !== row.hash || signed.at !== row.at) return { seq, why: "rewritten" };
  return undefined;
}

async function listStreams(db: Database): Promise<DeviceId[]> {
  const written = await db.selectDistinct({ stream: journal.stream }).from(journal);
  const signed = await db.selectDistinct({ stream: journalHeads.stream }).from(journalHeads);
  return [...new Set([...written, ...signed].map(({ stream }) => stream))].toSorted();
}

async function readHeads(db: Database, stream: DeviceId): Promise<Map<number, StoredHead>> {
  const rows = await db.select().from(journalHeads).where(eq(journalHeads.stream, stream));
  return new Map(
    rows.map(({ seq, hash, at, signature, publicKey }) => [
      seq,
      { seq, hash, at: at.toISOString(), signature, publicKey },
    ]),
  );
}

/** [J2] Whose stored acts have no row: the end of a journal may be gone before a device signed it. */
async function findUnwritten(db: Database): Promise<Set<DeviceId>> {
  const row = (type: JournalType, ref: "pairing" | "grant" | "session", id: Column) =>
    db
      .select({ seq: journal.seq })
      .from(journal)
      .where(and(eq(journal.type, type), eq(sql`${journal.refs} ->> ${ref}::text`, id)));
  const acts = [
    await db
      .select({ stream: pairings.beneficiary })
      .from(pairings)
      .where(notExists(row("pairing.made", "pairing", pairings.id))),
    await db
      .select({ stream: sessions.beneficiary })
      .from(sessions)
      .where(notExists(row("grant.given", "grant", sessions.grant))),
    await db
      .select({ stream: sessions.beneficiary })
      .from(sessions)
      .where(
        and(eq(sessions.state, "over"), notExists(row("session.ended", "session", sessions.id))),
      ),
    await db
      .select({ stream: pairings.beneficiary })
      .from(pairings)
      .where(
        and(ne(pairings.state, "active"), notExists(row("pairing.ended", "pairing", pairings.id))),
      ),
    // [E1] With the very hash.
    await db
      .select({ stream: receipts.beneficiary })
      .from(receipts)
      .where(
        notExists(
          db
            .select({ seq: journal.seq })
            .from(journal)
            .where(
              and(
                eq(journal.type, "receipt.issued"),
                eq(sql`${journal.refs} ->> 'grant'`, receipts.grant),
                eq(sql`${journal.data} ->> 'sha256'`, receipts.sha256),
              ),
            ),
        ),
      ),
    await db
      .select({ stream: devices.id })
      .from(devices)
      .where(
        and(
          isNotNull(devices.retiredAt),
          notExists(
            db
              .select({ seq: journal.seq })
              .from(journal)
              .where(and(eq(journal.type, "device.retired"), eq(journal.stream, devices.id))),
          ),
        ),
      ),
  ];
  return new Set(acts.flat().map(({ stream }) => stream));
}
