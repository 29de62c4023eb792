import { z } from "zod";

import { pairingIdSchema, sessionIdSchema } from "../../shared/ids.ts";
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
]);
export type Unsent = z.infer<typeof unsentSchema>;

const outboxSchema = z.array(unsentSchema);

function parse(stored: unknown): Unsent[] {
  return outboxSchema.catch([]).parse(stored ?? []);
}

function sameMatter(left: Unsent, right: Unsent): boolean {
  return left.type === "session.end"
    ? right.type === "session.end" && right.session === left.session
    : right.type === "pairing.end" && right.pairing === left.pairing;
}

export type OutboxStore = ReturnType<typeof createOutboxStore>;

/** [S5] What has been done here and the server has not heard of yet. */
export function createOutboxStore(keyValue: KeyValue) {
  return {
    list: async (): Promise<Unsent[]> => parse(await keyValue.get(KEY)),

    add: (unsent: Unsent): Promise<void> =>
      keyValue.update(KEY, (old) =>
        [...parse(old).filter((other) => !sameMatter(other, unsent)), unsent].slice(-MAX_UNSENT),
      ),

    sent: (sent: Unsent): Promise<void> =>
      keyValue.update(KEY, (old) => parse(old).filter((other) => !sameMatter(other, sent))),
  };
}
