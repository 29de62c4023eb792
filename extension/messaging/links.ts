import { z } from "zod";

import { deviceIdSchema } from "../../shared/ids.ts";
import { journalFaultSchema } from "../../shared/journal/chain.ts";
import { journalRowSchema, seqSchema } from "../../shared/journal/row.ts";
import { signedHeadSchema } from "../../shared/journal/signed-head.ts";
import { personNameSchema, publicKeySchema } from "../../shared/protocol/control.ts";
import { hostSchema } from "../../shared/sites.ts";
import type { Calls } from "./calls.ts";

const nothing = z.null();
const tab = z.int().nonnegative();
const hosts = z.array(hostSchema).min(1);

/** Where the shared tab is now. `outside` also when the browser may not tell us. */
const placeSchema = z.discriminatedUnion("at", [
  z.strictObject({ at: z.literal("inside"), host: hostSchema, loaded: z.boolean() }),
  z.strictObject({ at: z.literal("outside") }),
  z.strictObject({ at: z.literal("gone") }),
]);
export type Place = z.infer<typeof placeSchema>;

/** What the session host asks of the background: an offscreen document has `chrome.runtime` only. */
export const backgroundTable = {
  /** Recorder registered for these hosts and put into the tab; the tab is watched from now on. */
  "page.open": { in: z.strictObject({ tab, hosts }), out: placeSchema },
  "page.inject": { in: z.strictObject({ tab }), out: nothing },
  /** Recorder unregistered, host permissions given back, tab no longer watched. */
  "page.close": { in: z.strictObject({ hosts }), out: nothing },
  "page.find": { in: z.strictObject({ tab, hosts }), out: placeSchema },
  "badge.show": {
    in: z.strictObject({ text: z.string(), colour: z.string(), title: z.string() }),
    out: nothing,
  },
  /** Random, new at each start of the browser: tab numbers mean something within one only. */
  "browser.run": { in: nothing, out: z.string() },
  /** From a panel, before its Port: the host is there when this resolves. */
  "host.open": { in: nothing, out: nothing },
  /** From the host, while a session lives: the background stays and watches over it. */
  "host.lives": { in: nothing, out: nothing },
  /** Nobody needs the host any more: its document may be closed. */
  "host.idle": { in: nothing, out: nothing },
} as const;
export type BackgroundCalls = Calls<typeof backgroundTable>;

/** What the journal's page shows: the rows as the server gave them, the names as they are called here. */
const journalViewSchema = z.strictObject({
  device: deviceIdSchema,
  key: publicKeySchema,
  rows: z.array(journalRowSchema),
  /** [J5] It is not what it was. */
  fault: journalFaultSchema.optional(),
  /** [J7] Whom to write to. */
  contact: z.email().nullable(),
  signed: signedHeadSchema.optional(),
  people: z.array(z.strictObject({ device: deviceIdSchema, name: personNameSchema })),
});
export type JournalView = z.infer<typeof journalViewSchema>;

/** What the background, and our own pages, tell and ask the session host. */
export const hostTable = {
  "tab.moved": { in: z.strictObject({ tab, place: placeSchema }), out: nothing },
  "session.stop": { in: nothing, out: nothing },
  /** A panel is open, a session lives, or something is under way: an extension update must wait. */
  "host.needed": { in: nothing, out: z.boolean() },
  /** From our own microphone page: the person has allowed it, or not. */
  "microphone.changed": { in: nothing, out: nothing },
  /** From the journal's page. It fails without a connection. */
  "journal.read": { in: nothing, out: journalViewSchema },
  /** [J7] */
  "journal.contest": { in: z.strictObject({ row: seqSchema }), out: nothing },
  /** The icon was clicked on this page: perhaps an invitation of our own server. */
  "icon.clicked": {
    in: z.strictObject({ window: z.int(), tab, url: z.string().optional() }),
    out: nothing,
  },
} as const;
export type HostCalls = Calls<typeof hostTable>;

/** From the background to the host: it closes when the host dies, so that it is opened again. */
export const TETHER_PORT = "epaule.tether";
