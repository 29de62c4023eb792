import { expect, test } from "vitest";

import { deviceIdSchema } from "../../shared/ids.ts";
import { findFault, hashRow } from "../../shared/journal/chain.ts";
import { makeRows } from "../../shared/journal/testing.ts";
import { createDates, findContested, groupByDay } from "./days.ts";
import { exportJournal } from "./export-journal.ts";

const device = deviceIdSchema.parse("b_Tft54xeq_BiEh37GnOlQC9BzFK08Wx4-eUJDS9z2w");

test("the newest day comes first; within a day it is told as it happened", async () => {
  const rows = await makeRows(device, [
    { at: "2026-11-27T12:00:00.000Z" },
    { at: "2026-11-29T12:00:00.000Z" },
    { at: "2026-11-29T12:30:00.000Z" },
  ]);
  const days = groupByDay(rows, createDates("fr"));
  expect(days.map(({ day }) => day)).toEqual([
    "dimanche 29 novembre 2026",
    "vendredi 27 novembre 2026",
  ]);
  expect(days[0]?.rows.map(({ seq }) => seq)).toEqual([2, 3]);
});

test("[J7] a contested row is found by its number", async () => {
  const rows = await makeRows(device, [
    {},
    { type: "journal.contested", data: { row: 1 } },
    { type: "journal.contested", data: { row: "2" } },
  ]);
  expect([...findContested(rows)]).toEqual([[1, rows[1]?.at]]);
});

test("[J4] the file is enough to compute the chain anew, and names nobody", async () => {
  const rows = await makeRows(device, [{}, {}]);
  const text = exportJournal({
    device,
    key: "A".repeat(87),
    rows,
    contact: "aide@epaule.example",
    people: [{ device, name: "Marie" }],
  });
  expect(text).not.toMatch(/Marie|aide@/);
  const file = JSON.parse(text);
  expect(file).toEqual({ format: "epaule-journal/1", device, key: "A".repeat(87), rows });
  expect(await findFault(device, undefined, file.rows)).toBeUndefined();
  expect(await hashRow(device, file.rows[1])).toBe(rows[1]?.hash);
});
