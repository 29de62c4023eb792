import type { DeviceId } from "../../shared/ids.ts";
import { headOf, type JournalRow } from "../../shared/journal/row.ts";
import type { Reply } from "../../shared/protocol/control.ts";
import { JOURNAL_ASKS, MAX_CONTROL_BYTES } from "../../shared/protocol/limits.ts";
import { countAttempt } from "../attempts.ts";
import type { Context } from "../context.ts";
import { readHead, readRows, toRow } from "./journal.ts";

const PAGE_ROWS = 60;
/** What is around the rows in a control message takes less. */
const AROUND_BYTES = 1024;

/**
 * [J4] A device's own journal: there is no way to name another. One of which there is nothing is not
 * counted: a stranger leaves no trace here.
 */
export async function readOwnJournal(
  ctx: Context,
  stream: DeviceId,
  after: number,
): Promise<Reply<"journal.read">> {
  const contact = ctx.contact ?? null;
  const last = await readHead(ctx.db, stream);
  if (!last) return { rows: [], head: null, contact };
  await countAsk(ctx, stream);
  const head = headOf(toRow(last));
  const rows = await readRows(ctx.db, stream, { after, limit: PAGE_ROWS });
  // A row that came between the two questions is the next answer's.
  return { rows: fitting(rows.filter(({ seq }) => seq <= head.seq)), head, contact };
}

/** [J4] Reads, signatures and contests count together. */
export async function countAsk(ctx: Context, stream: DeviceId): Promise<void> {
  await countAttempt(ctx, `journal:${stream}`, JOURNAL_ASKS);
}

function fitting(rows: readonly JournalRow[]): JournalRow[] {
  let left = MAX_CONTROL_BYTES - AROUND_BYTES;
  const end = rows.findIndex((row) => (left -= Buffer.byteLength(JSON.stringify(row)) + 1) < 0);
  return rows.slice(0, end < 0 ? undefined : end);
}
