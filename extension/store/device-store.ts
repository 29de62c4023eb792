import { z } from "zod";

import { createDeviceKey, type DeviceKey } from "../../shared/crypto/device-key.ts";
import { deviceIdSchema } from "../../shared/ids.ts";
import { publicKeySchema } from "../../shared/protocol/control.ts";
import type { KeyValue } from "./key-value.ts";

const KEY = "device";

const deviceKeySchema = z.strictObject({
  id: deviceIdSchema,
  publicKey: publicKeySchema,
  privateKey: z.instanceof(CryptoKey),
});

/**
 * This browser's one key, made at first use. Throws when what is stored is not a key: making
 * another would silently undo every pairing.
 */
export async function loadDeviceKey(keyValue: KeyValue): Promise<DeviceKey> {
  const stored = await keyValue.get(KEY);
  if (stored !== undefined) return deviceKeySchema.parse(stored);
  const made = await createDeviceKey();
  // Two contexts at once: the first one to write wins.
  await keyValue.update(KEY, (old) => old ?? made);
  return deviceKeySchema.parse(await keyValue.get(KEY));
}
