import { z } from "zod";

import { createDeviceKey, type DeviceKey } from "../../../shared/crypto/device-key.ts";
import { deviceIdSchema } from "../../../shared/ids.ts";
import { publicKeySchema } from "../../../shared/protocol/control.ts";
import type { KeyValue } from "./key-value.ts";

const deviceKeySchema = z.strictObject({
  id: deviceIdSchema,
  publicKey: publicKeySchema,
  privateKey: z.instanceof(CryptoKey),
});

/**
 * This browser's key for that account, made at first use: two persons who share a computer have
 * two. Throws when what is stored is not a key: making another would silently undo every pairing.
 */
export async function loadDeviceKey(keyValue: KeyValue, account: string): Promise<DeviceKey> {
  const name = `device/${account}`;
  const stored = await keyValue.get(name);
  if (stored !== undefined) return deviceKeySchema.parse(stored);
  const made = await createDeviceKey();
  // Two tabs at once: the first one to write wins.
  await keyValue.update(name, (old) => old ?? made);
  return deviceKeySchema.parse(await keyValue.get(name));
}
