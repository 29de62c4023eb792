import { z } from "zod";

import { deviceIdSchema } from "../../../shared/ids.ts";
import { publicKeySchema } from "../../../shared/protocol/control.ts";
import type { KeyValue } from "./key-value.ts";
import { createRecordStore, type RecordStore } from "./record-store.ts";

/** What this person is called here. It stays in this browser. */
export const labelSchema = z.string().trim().min(1).max(60);

const pinSchema = z.strictObject({
  /** The beneficiary's key, checked once at pairing; any other key is refused for ever after. */
  device: deviceIdSchema,
  key: publicKeySchema,
  label: labelSchema,
});
export type Pin = z.infer<typeof pinSchema>;

const inviteSchema = z.strictObject({
  /** The link's 128 bits. They exist here and in the link, nowhere else. */
  secret: z.string(),
  label: labelSchema,
  expiresAt: z.iso.datetime(),
  /** [P4] The key whose two words were said to be the same. */
  confirmedKey: publicKeySchema.optional(),
});
export type InviteSecret = z.infer<typeof inviteSchema>;

/** By pairing. */
export function openPins(keyValue: KeyValue, account: string): RecordStore<Pin> {
  return createRecordStore(keyValue, `pins/${account}`, pinSchema);
}

/** By invitation. */
export function openInviteSecrets(keyValue: KeyValue, account: string): RecordStore<InviteSecret> {
  return createRecordStore(keyValue, `invitations/${account}`, inviteSchema);
}
