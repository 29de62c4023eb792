import type { ServerSocket } from "../../shared/client/server-socket.ts";
import { AppError } from "../../shared/errors.ts";
import type { DeviceId } from "../../shared/ids.ts";
import { findFault, type JournalFault } from "../../shared/journal/chain.ts";
import { headOf, type JournalHead, type JournalRow } from "../../shared/journal/row.ts";

/** A person's lifetime of help is less. */
const MAX_ROWS = 20_000;

type Read = {
  rows: JournalRow[];
  /** The last row that follows. */
  head: JournalHead | undefined;
  fault?: JournalFault;
  contact: string | null;
};

/** [J5] All rows after `before`, as far as each follows from the one before it. */
export async function readOn(
  socket: ServerSocket,
  device: DeviceId,
  before: JournalHead | undefined,
): Promise<Read> {
  const rows: JournalRow[] = [];
  let head = before;
  for (;;) {
    const page = await socket.request("journal.read", { after: head?.seq ?? 0 });
    const { contact } = page;
    rows.push(...page.rows);
    const broken = await findFault(device, head, page.rows);
    if (broken) return { rows, head, fault: broken, contact };
    const last = page.rows.at(-1);
    if (last) head = headOf(last);
    const fault = faultAtEnd(head, page.head, page.rows.length === 0);
    if (fault) return { rows, head, fault, contact };
    if (page.head === null || page.head.seq === head?.seq) return { rows, head, contact };
    if (rows.length > MAX_ROWS) throw new AppError("TOO_LARGE", "journal: without an end");
  }
}

/** What the server calls the end, against what was read. */
function faultAtEnd(
  head: JournalHead | undefined,
  told: JournalHead | null,
  nothingMore: boolean,
): JournalFault | undefined {
  const [seq, end] = [head?.seq ?? 0, told?.seq ?? 0];
  if (end < seq) return { seq: end + 1, why: "cut" };
  if (end > seq && nothingMore) return { seq: seq + 1, why: "cut" };
  if (end === seq && told && told.hash !== head?.hash) return { seq, why: "rewritten" };
  return undefined;
}

/** The whole journal, against the head that was kept. */
export function faultAgainst(
  before: JournalHead,
  rows: readonly JournalRow[],
): JournalFault | undefined {
  if (rows.length < before.seq) return { seq: rows.length + 1, why: "cut" };
  return rows[before.seq - 1]?.hash === before.hash
    ? undefined
    : { seq: before.seq, why: "rewritten" };
}
