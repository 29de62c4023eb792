import { z } from "zod";

import { assertNever } from "../../shared/errors.ts";
import { deviceIdSchema, pairingIdSchema, sessionIdSchema } from "../../shared/ids.ts";
import { endReasonSchema } from "../../shared/protocol/control.ts";
import type { KeyValue } from "./key-value.ts";

const KEY = "outbox";
const MAX_UNSENT = 100;

const unsentSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("session.end"),
    session: sessionIdSchema,
    reason: endReasonSchema,
  }),
  z.strictObject({
    type: z.literal("pairing.end"),
    pairing: pairingIdSchema,
    block: z.boolean(),
  }),
  z.strictObject({
    type: z.literal("pairing.pause"),
    pairing: pairingIdSchema,
    paused: z.boolean(),
  }),
  z.strictObject({ type: z.literal("pairing.unblock"), helper: deviceIdSchema }),
  z.strictObject({ type: z.literal("trust.name"), pairing: pairingIdSchema.nullable() }),
]);
export type Unsent = z.infer<typeof unsentSchema>;

const outboxSchema = z.array(unsentSchema);

function parse(stored: unknown): Unsent[] {
  return outboxSchema.catch([]).parse(stored ?? []);
}

/** Of what is said of one matter, the last word is enough. */
function matterOf(unsent: Unsent): string {
  switch (unsent.type) {
    case "session.end":
      return `${unsent.type} ${unsent.session}`;
    case "pairing.end":
    case "pairing.pause":
      return `${unsent.type} ${unsent.pairing}`;
    case "pairing.unblock":
      return `${unsent.type} ${unsent.helper}`;
    case "trust.name":
      return unsent.type;
    default:
      return assertNever(unsent);
  }
}

const isSame = (left: Unsent, right: Unsent): boolean =>
  JSON.stringify(unsentSchema.parse(left)) === JSON.stringify(unsentSchema.parse(right));

export type OutboxStore = ReturnType<typeof createOutboxStore>;

/** [S5] What has been done here and the server has not heard of yet. */
export function createOutboxStore(keyValue: KeyValue) {
  return {
    list: async (): Promise<Unsent[]> => parse(await keyValue.get(KEY)),

    add: (unsent: Unsent): Promise<void> =>
      keyValue.update(KEY, (old) =>
        [...parse(old).filter((other) => matterOf(other) !== matterOf(unsent)), unsent].slice(
          -MAX_UNSENT,
        ),
      ),

    /** What was said of the same matter meanwhile stays. */
    sent: (sent: Unsent): Promise<void> =>
      keyValue.update(KEY, (old) => parse(old).filter((other) => !isSame(other, sent))),
  };
}
