import { z } from "zod";

import { signedStatementSchema } from "../../shared/grants/statement.ts";
import { nonceSchema, pairingIdSchema, sessionIdSchema } from "../../shared/ids.ts";
import { pauseReasonSchema } from "../../shared/protocol/control.ts";
import { hostSchema } from "../../shared/sites.ts";
import type { KeyValue } from "./key-value.ts";

const RECORD = "session";

const sessionRecordSchema = z.strictObject({
  session: sessionIdSchema,
  pairing: pairingIdSchema,
  /** The gate's own copy. */
  grant: signedStatementSchema,
  hosts: z.array(hostSchema).min(1),
  /** Keys the asset tokens: a recorder that outlived the host goes on with the same ones. */
  salt: nonceSchema,
  tab: z.int(),
  /** Tab numbers mean something within one run of the browser only. */
  run: z.string(),
  holds: z.array(pauseReasonSchema),
  /** The person switched the microphone off. */
  muted: z.boolean().optional(),
  /** Milliseconds that the grant was still good for at `aliveAt`. */
  remaining: z.number(),
  /** Wall clock: the session was last seen alive. A break is measured from here ([S4]). */
  aliveAt: z.number(),
});
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

export type SessionStore = ReturnType<typeof createSessionStore>;

/** The one live session, so that a killed worker or a restarted browser can go on or end it in order. */
export function createSessionStore(keyValue: KeyValue) {
  return {
    /** What cannot be read is no session: fail closed. */
    load: async (): Promise<SessionRecord | undefined> =>
      sessionRecordSchema.safeParse(await keyValue.get(RECORD)).data,

    save: (record: SessionRecord): Promise<void> =>
      keyValue.set(RECORD, sessionRecordSchema.parse(record)),

    clear: (): Promise<void> => keyValue.remove(RECORD),
  };
}
