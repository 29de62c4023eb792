import { describe, expect, test } from "vitest";

import { deviceIdSchema } from "../../shared/ids.ts";
import { journalEntrySchema, type JournalType } from "../../shared/journal/entry.ts";
import type { JournalRow } from "../../shared/journal/row.ts";
import { endReasonSchema, pauseReasonSchema } from "../../shared/protocol/control.ts";
import { en } from "../locales/en.ts";
import { fr } from "../locales/fr.ts";
import { createDates } from "./days.ts";
import { type Telling, tellRow } from "./sentences.ts";

const MARIE = deviceIdSchema.parse("b_Tft54xeq_BiEh37GnOlQC9BzFK08Wx4-eUJDS9z2w");
const HASH = "4heQKZxZtclltHf20DHxS0YvtOTHkoDzyX3bxR7j0LE";
const refs = { pairing: "AAAAAAAAAAAAAAAAAAAAAA", helper: MARIE };
const session = { ...refs, session: "AAAAAAAAAAAAAAAAAAAAAA", grant: HASH };
const grant = {
  hosts: ["www.caf.example", "compte.caf.example"],
  expiresAt: "2026-11-29T11:00:00.000Z",
  text: HASH,
};

type Catalogue = { readonly [key: string]: string | Catalogue };

function lookUp(catalogue: Catalogue, path: string): string | undefined {
  const [first = "", ...rest] = path.split(".");
  const found = catalogue[first];
  return typeof found === "object" ? lookUp(found, rest.join(".")) : found;
}

function telling(language: "fr" | "en", name = "ma fille"): Telling {
  const dates = createDates(language);
  const catalogue: Catalogue = language === "fr" ? fr : en;
  return {
    t(key, values = {}) {
      const form = values["count"] === 1 ? `${key}_one` : `${key}_other`;
      const words = lookUp(catalogue, key) ?? lookUp(catalogue, form) ?? `?${key}`;
      return words.replaceAll(/\{\{(\w+)\}\}/g, (_, field: string) => String(values[field] ?? "?"));
    },
    nameOf: (device) => (device === MARIE ? name : undefined),
    instant: dates.instant,
    list: dates.list,
  };
}

function row(type: JournalType | "new.type", more: Partial<JournalRow> = {}): JournalRow {
  return {
    seq: 1,
    prevHash: "",
    hash: HASH,
    at: "2026-11-29T09:00:00.000Z",
    type,
    actorRole: "beneficiary",
    refs: type.startsWith("session.") ? session : refs,
    data: {},
    ...more,
  };
}

const ROWS: { [T in JournalType]: JournalRow } = {
  "pairing.made": row("pairing.made", { data: { origin: "link" } }),
  "pairing.ended": row("pairing.ended", { data: { blocked: false } }),
  "pairing.paused": row("pairing.paused"),
  "pairing.resumed": row("pairing.resumed"),
  "pairing.unblocked": row("pairing.unblocked"),
  "trust.named": row("trust.named"),
  "trust.released": row("trust.released"),
  "trust.told": row("trust.told", { actorRole: "system", data: { session: session.session } }),
  "grant.given": row("grant.given", { refs: session, data: grant }),
  "receipt.issued": row("receipt.issued", {
    refs: session,
    actorRole: "system",
    data: { sha256: HASH },
  }),
  "session.requested": row("session.requested"),
  "session.answered": row("session.answered", { actorRole: "helper" }),
  "session.paused": row("session.paused", { data: { reason: "asked" } }),
  "session.resumed": row("session.resumed"),
  "session.ended": row("session.ended", { data: { reason: "left", seconds: 740 } }),
  "voice.opened": row("voice.opened", { refs: session, actorRole: "system" }),
  "page.entered": row("page.entered", { refs: session, data: { host: "www.caf.example" } }),
  "call.left": row("call.left"),
  "device.retired": row("device.retired", { refs: {} }),
  "journal.contested": row("journal.contested", { refs: {}, data: { row: 4 } }),
};

describe.each(["fr", "en"] as const)("in %s", (language) => {
  test.each(Object.values(ROWS))("$type is told in words", (one) => {
    const { type, actorRole, refs: of, data } = one;
    expect(journalEntrySchema.safeParse({ type, actorRole, refs: of, data }).success).toBe(true);
    const said = tellRow(one, telling(language));
    expect(said).toMatch(/^\p{Lu}.*\.$/u);
    expect(said).not.toMatch(/[?{}]|undefined|AAAA|4heQ/);
  });

  test("every reason of an end and of a pause is told", () => {
    for (const reason of endReasonSchema.options)
      expect(
        tellRow(row("session.ended", { data: { reason, seconds: 0 } }), telling(language)),
      ).toMatch(/^\p{Lu}[^?{]*\.$/u);
    for (const reason of pauseReasonSchema.options)
      expect(tellRow(row("session.paused", { data: { reason } }), telling(language))).toMatch(
        /^\p{Lu}[^?{]*\.$/u,
      );
  });

  test("a row of a type that this build does not know is no blank, and shows nothing of it", () => {
    const said = tellRow(row("new.type", { data: { secret: "x1x" } }), telling(language));
    expect(said).not.toMatch(/x1x|new\.type/);
    expect(said).toMatch(/Epaule/);
  });
});

test("a name begins a sentence with a capital, and one that is gone is said to be", () => {
  expect(tellRow(ROWS["session.answered"], telling("fr"))).toBe("Ma fille a répondu.");
  const other = { ...session, helper: HASH };
  expect(tellRow({ ...ROWS["session.answered"], refs: other }, telling("fr"))).toBe(
    "Une personne qui n’est plus dans votre liste a répondu.",
  );
});

function end(reason: string, seconds: number): string {
  return tellRow(row("session.ended", { data: { reason, seconds } }), telling("fr"));
}

test("an end says how long it was, where anything was", () => {
  expect(end("stopped", 0)).toBe("Vous avez arrêté l’aide.");
  expect(end("stopped", 59)).toBe("Vous avez arrêté l’aide. L’aide a duré moins d’une minute.");
  expect(end("stopped", 119)).toBe("Vous avez arrêté l’aide. L’aide a duré 1 minute.");
  expect(end("left", 740)).toBe("Ma fille a mis fin à l’aide. L’aide a duré 12 minutes.");
});

test("a grant names every site", () => {
  expect(tellRow(ROWS["grant.given"], telling("fr"))).toMatch(
    /^Vous avez accepté de montrer www\.caf\.example et compte\.caf\.example à ma fille\. /,
  );
});

test.each([
  ["beneficiary", false, "Vous avez retiré ma fille de votre liste."],
  ["beneficiary", true, "Vous avez retiré et bloqué ma fille."],
  ["helper", false, "Ma fille a mis fin au lien avec vous."],
  ["helper", true, "Ma fille a mis fin au lien avec vous, et ne veut plus de nouveau lien."],
])("a link that the %s ended (blocked: %s) says who did", (actorRole, blocked, said) => {
  const ended = { ...ROWS["pairing.ended"], actorRole, data: { blocked } };
  expect(tellRow(ended, telling("fr"))).toBe(said);
});
