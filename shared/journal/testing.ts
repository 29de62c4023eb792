import type { DeviceId } from "../ids.ts";
import { hashRow } from "./chain.ts";
import type { JournalRow } from "./row.ts";

/** A whole journal that says these things, one a second. */
export async function makeRows(
  stream: DeviceId,
  said: readonly Partial<Omit<JournalRow, "seq" | "prevHash" | "hash">>[],
): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  for (const one of said) {
    const content = {
      seq: rows.length + 1,
      prevHash: rows.at(-1)?.hash ?? "",
      at: new Date(Date.UTC(2026, 10, 29, 9, 0, rows.length)).toISOString(),
      type: "call.left",
      actorRole: "beneficiary",
      refs: {},
      data: {},
      ...one,
    };
    rows.push({ ...content, hash: await hashRow(stream, content) });
  }
  return rows;
}
