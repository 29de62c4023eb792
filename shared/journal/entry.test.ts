import { expect, test } from "vitest";

import { journalEntrySchema } from "./entry.ts";

const call = {
  type: "call.left",
  actorRole: "beneficiary",
  refs: {
    pairing: "AAAAAAAAAAAAAAAAAAAAAA",
    helper: "b_Tft54xeq_BiEh37GnOlQC9BzFK08Wx4-eUJDS9z2w",
  },
  data: {},
};

function says(entry: unknown): boolean {
  return journalEntrySchema.safeParse(entry).success;
}

test("[J1] the list is closed: a type, and the keys of each type", () => {
  expect(says(call)).toBe(true);
  expect(says({ ...call, type: "call.recorded" })).toBe(false);
  expect(says({ ...call, data: { name: "Marie" } })).toBe(false);
  expect(says({ ...call, refs: { ...call.refs, mail: "marie@example.org" } })).toBe(false);
  expect(says({ ...call, note: "x" })).toBe(false);
});

test("[J1] a host is no address of a page", () => {
  const refs = { session: call.refs.pairing, grant: call.refs.helper, ...call.refs };
  const entered = { ...call, type: "page.entered", refs };
  expect(says({ ...entered, data: { host: "www.impots.example.fr" } })).toBe(true);
  expect(says({ ...entered, data: { host: "www.impots.example.fr/compte" } })).toBe(false);
  expect(says({ ...entered, data: { host: "https://www.impots.example.fr" } })).toBe(false);
});

test("[J1] [J7] whoever contests a row says which one, and nothing in words", () => {
  const contested = { ...call, type: "journal.contested", refs: {} };
  expect(says({ ...contested, data: { row: 3 } })).toBe(true);
  expect(says({ ...contested, data: { row: 0 } })).toBe(false);
  expect(says({ ...contested, data: { row: 3, why: "ce n’était pas moi" } })).toBe(false);
});
