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

/** [J4] A device's own journal: there is no way to name another. */
export async function readOwnJournal(
  ctx: Context,
  stream: DeviceId,
  after: number,
): Promise<Reply<"journal.read">> {
  await countAsk(ctx, stream);
  const rows = await readRows(ctx.db, stream, { after, limit: PAGE_ROWS });
  const head = await readHead(ctx.db, stream);
  return {
    rows: fitting(rows),
    head: head ? headOf(toRow(head)) : null,
    contact: ctx.contact ?? null,
  };
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
