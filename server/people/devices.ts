import { and, eq } from "drizzle-orm";

import { deviceIdOf } from "../../shared/crypto/device-key.ts";
import { verifyRegistration } from "../../shared/crypto/proof.ts";
import { AppError } from "../../shared/errors.ts";
import type { DeviceId } from "../../shared/ids.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { devices } from "../db/schema.ts";

export type DeviceRow = typeof devices.$inferSelect;

/** [C5] A helper's browser becomes one of the account's devices by its own signature. */
export async function registerDevice(
  ctx: Context,
  account: string,
  input: { key: string; signature: string },
): Promise<{ device: DeviceId }> {
  const origin = ctx.urls.publicUrl;
  const device = await deviceIdOf(input.key);
  if (!(await verifyRegistration(input.key, input.signature, { origin, account })))
    throw new AppError("FORGED", "device: the signature does not verify");
  await ctx.db
    .insert(devices)
    .values({
      id: device,
      publicKey: input.key,
      role: "helper",
      account,
      createdAt: ctx.clock.now(),
    })
    .onConflictDoNothing();
  const known = await findDevice(ctx.db, device);
  if (known?.account !== account) throw new AppError("CONFLICT", "device: another account's");
  return { device };
}

export async function findDevice(db: Database, device: DeviceId): Promise<DeviceRow | undefined> {
  const [row] = await db.select().from(devices).where(eq(devices.id, device));
  return row;
}

/** Throws `AppError` NOT_FOUND for a device that is not this account's. */
export async function assertOwnDevice(
  db: Database,
  account: string,
  device: DeviceId,
): Promise<void> {
  const [row] = await db
    .select({ id: devices.id })
    .from(devices)
    .where(and(eq(devices.id, device), eq(devices.account, account)));
  if (!row) throw new AppError("NOT_FOUND", "device: unknown or another account's");
}
