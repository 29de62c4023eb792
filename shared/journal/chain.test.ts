import { describe, expect, test } from "vitest";

import { deviceIdSchema } from "../ids.ts";
import { findFault, hashRow } from "./chain.ts";
import { headOf, type JournalRow } from "./row.ts";
import { makeRows } from "./testing.ts";

const stream = deviceIdSchema.parse("uarh0Fd9-VQ-jmXEDJgPklnooFTo1OcnPuAYdKGA9Ig");
const other = deviceIdSchema.parse("b_Tft54xeq_BiEh37GnOlQC9BzFK08Wx4-eUJDS9z2w");

describe("the hash of a row", () => {
  const refs = { pairing: "AAAAAAAAAAAAAAAAAAAAAA", helper: other };
  const row = {
    seq: 1,
    prevHash: "",
    at: "2026-11-29T09:00:00.000Z",
    type: "pairing.made",
    actorRole: "beneficiary",
    refs,
    data: { origin: "link" },
  };

  test("[J1] is what it has always been: a journal of the past still holds", async () => {
    const first = await hashRow(stream, row);
    expect(first).toBe("4heQKZxZtclltHf20DHxS0YvtOTHkoDzyX3bxR7j0LE");
    const second = {
      ...row,
      seq: 2,
      prevHash: first,
      at: "2026-11-29T09:00:01.500Z",
      type: "call.left",
      data: {},
    };
    expect(await hashRow(stream, second)).toBe("AYmEnaEFEvXzXbmv_lcrU57TSu7QG-g7JD_lBWhJtn8");
  });

  test("[J1] does not depend on the order in which a database gives keys back", async () => {
    const turned = { ...row, refs: { helper: refs.helper, pairing: refs.pairing } };
    expect(await hashRow(stream, turned)).toBe(await hashRow(stream, row));
  });

  test("[J1] belongs to one device's journal", async () => {
    expect(await hashRow(other, row)).not.toBe(await hashRow(stream, row));
  });
});

describe("a chain", () => {
  test("holds as it was written, from the first row and from any head", async () => {
    const rows = await makeRows(stream, [{}, {}, {}]);
    expect(await findFault(stream, undefined, rows)).toBeUndefined();
    const [first, ...rest] = rows;
    expect(await findFault(stream, first && headOf(first), rest)).toBeUndefined();
    expect(await findFault(stream, undefined, [])).toBeUndefined();
  });

  test("[J1] shows a row of another device's journal", async () => {
    expect(await findFault(stream, undefined, await makeRows(other, [{}]))).toEqual({
      seq: 1,
      why: "altered",
    });
  });

  test("[J1] shows a journal that was rewritten from some row on, once its head is known", async () => {
    const rows = await makeRows(stream, [{}, {}]);
    const again = await makeRows(stream, [{}, { data: { row: 1 } }, {}]);
    const [, known] = rows;
    const [, , third] = again;
    if (!known || !third) throw new Error("too few rows");
    expect(await findFault(stream, headOf(known), [third])).toEqual({ seq: 3, why: "rewritten" });
  });

  const changes: Record<string, (row: JournalRow) => JournalRow> = {
    seq: (row) => ({ ...row, seq: row.seq + 1 }),
    prevHash: (row) => ({ ...row, prevHash: row.hash }),
    hash: (row) => ({ ...row, hash: row.prevHash }),
    at: (row) => ({ ...row, at: "2026-01-01T00:00:00.000Z" }),
    type: (row) => ({ ...row, type: "voice.opened" }),
    actorRole: (row) => ({ ...row, actorRole: "helper" }),
    refs: (row) => ({ ...row, refs: { ...row.refs, more: "1" } }),
    data: (row) => ({ ...row, data: { row: 0 } }),
  };

  test.each(Object.keys(changes))("[J1] shows any row whose %s was changed", async (field) => {
    const change = changes[field];
    if (!change) throw new Error(field);
    const rows = await makeRows(stream, [{}, {}, {}, {}]);
    for (const at of rows.keys()) {
      const changed = rows.map((row, index) => (index === at ? change(row) : row));
      const fault = await findFault(stream, undefined, changed);
      expect([at + 1, at + 2]).toContain(fault?.seq);
    }
  });

  test("[J1] shows a row that was removed or put elsewhere, but for the last ones", async () => {
    const rows = await makeRows(stream, [{}, {}, {}, {}]);
    for (const at of [0, 1, 2])
      expect(await findFault(stream, undefined, rows.toSpliced(at, 1))).toMatchObject({
        why: "removed",
      });
    expect(await findFault(stream, undefined, rows.toReversed())).toMatchObject({ why: "removed" });
    // Only a head that somebody kept shows that the end is missing.
    expect(await findFault(stream, undefined, rows.slice(0, 3))).toBeUndefined();
  });
});
