import { z } from "zod";

import {
  contentHashSchema,
  deviceIdSchema,
  grantIdSchema,
  pairingIdSchema,
  sessionIdSchema,
} from "../ids.ts";
import { endReasonSchema, pauseReasonSchema } from "../protocol/control.ts";
import { hostSchema } from "../sites.ts";
import { actorRoleSchema, seqSchema } from "./row.ts";

/*
 * [J1] The closed list of what the journal may say. Every key is named here: no page content,
 * no value, no name, no URL path can get in, because there is no free text.
 */

const nothing = z.strictObject({});
const pairing = z.strictObject({ pairing: pairingIdSchema, helper: deviceIdSchema });
const session = z.strictObject({
  session: sessionIdSchema,
  grant: grantIdSchema,
  pairing: pairingIdSchema,
  helper: deviceIdSchema,
});

function entry<const T extends string, R extends z.ZodType, D extends z.ZodType>(
  type: T,
  refs: R,
  data: D,
) {
  return z.strictObject({
    type: z.literal(type),
    actorRole: actorRoleSchema,
    refs,
    data,
  });
}

export const journalEntrySchema = z.discriminatedUnion("type", [
  entry("pairing.made", pairing, z.strictObject({ origin: z.enum(["link", "code"]) })),
  entry("pairing.ended", pairing, z.strictObject({ blocked: z.boolean() })),
  entry("pairing.paused", pairing, nothing),
  entry("pairing.resumed", pairing, nothing),
  entry("pairing.unblocked", pairing, nothing),
  entry("trust.named", pairing, nothing),
  entry("trust.released", pairing, nothing),
  entry("trust.told", pairing, z.strictObject({ session: sessionIdSchema })),
  entry(
    "grant.given",
    session,
    z.strictObject({
      hosts: z.array(hostSchema),
      expiresAt: z.iso.datetime(),
      text: contentHashSchema,
    }),
  ),
  entry("receipt.issued", session, z.strictObject({ sha256: contentHashSchema })),
  entry("session.requested", session, nothing),
  entry("session.answered", session, nothing),
  entry("session.paused", session, z.strictObject({ reason: pauseReasonSchema })),
  entry("session.resumed", session, nothing),
  entry(
    "session.ended",
    session,
    z.strictObject({ reason: endReasonSchema, seconds: z.int().nonnegative() }),
  ),
  entry("voice.opened", session, nothing),
  entry("page.entered", session, z.strictObject({ host: hostSchema })),
  entry("call.left", pairing, nothing),
  entry("device.retired", nothing, nothing),
  /** [J7] The person says that this row is not right. What they have to say about it is not here. */
  entry("journal.contested", nothing, z.strictObject({ row: seqSchema })),
]);
export type JournalEntry = z.infer<typeof journalEntrySchema>;
export type JournalType = JournalEntry["type"];
