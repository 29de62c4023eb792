import { z } from "zod";

import { signedStatementSchema } from "../../shared/grants/statement.ts";
import { pairingIdSchema, sessionIdSchema } from "../../shared/ids.ts";
import {
  type EndReason,
  endReasonSchema,
  pauseReasonSchema,
} from "../../shared/protocol/control.ts";
import { hostSchema } from "../../shared/sites.ts";
import type { KeyValue } from "./key-value.ts";

const RECORD = "session";
const OUTBOX = "ends";

const sessionRecordSchema = z.strictObject({
  session: sessionIdSchema,
  pairing: pairingIdSchema,
  /** The gate's own copy. */
  grant: signedStatementSchema,
  hosts: z.array(hostSchema).min(1),
  tab: z.int(),
  /** Tab numbers mean something within one run of the browser only. */
  run: z.string(),
  holds: z.array(pauseReasonSchema),
  /** Milliseconds that the grant was still good for at `aliveAt`. */
  remaining: z.number(),
  /** Wall clock: the session was last seen alive. A break is measured from here ([S4]). */
  aliveAt: z.number(),
});
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

const outboxSchema = z
  .array(z.strictObject({ session: sessionIdSchema, reason: endReasonSchema }))
  .max(100);
export type UnsentEnd = z.infer<typeof outboxSchema>[number];

function parseEnds(stored: unknown): UnsentEnd[] {
  return outboxSchema.catch([]).parse(stored ?? []);
}

export type SessionStore = ReturnType<typeof createSessionStore>;

/**
 * The one live session, so that a killed worker or a restarted browser can go on or end it in
 * order; and the ends that the server has not heard of yet ([S5]).
 */
export function createSessionStore(keyValue: KeyValue) {
  return {
    /** What cannot be read is no session: fail closed. */
    load: async (): Promise<SessionRecord | undefined> =>
      sessionRecordSchema.safeParse(await keyValue.get(RECORD)).data,

    save: (record: SessionRecord): Promise<void> =>
      keyValue.set(RECORD, sessionRecordSchema.parse(record)),

    clear: (): Promise<void> => keyValue.remove(RECORD),

    unsentEnds: async (): Promise<UnsentEnd[]> => parseEnds(await keyValue.get(OUTBOX)),

    async queueEnd(session: UnsentEnd["session"], reason: EndReason): Promise<void> {
      await keyValue.update(OUTBOX, (old) =>
        [...parseEnds(old).filter((end) => end.session !== session), { session, reason }].slice(
          -100,
        ),
      );
    },

    async endSent(session: UnsentEnd["session"]): Promise<void> {
      await keyValue.update(OUTBOX, (old) =>
        parseEnds(old).filter((end) => end.session !== session),
      );
    },
  };
}
