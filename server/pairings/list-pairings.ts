import { and, desc, eq } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { HelperPairing } from "../../shared/http-api.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { devices, pairings } from "../db/schema.ts";
import { invitationIdOf } from "../invitations/invitation-id.ts";
import { assertOwnDevice } from "../people/devices.ts";

export type PairingRow = typeof pairings.$inferSelect;

/** A beneficiary's own, whatever their state: what has ended must be said once more. */
export async function listOwnPairings(
  ctx: Context,
  beneficiary: DeviceId,
): Promise<{ pairing: PairingId; state: PairingRow["state"] }[]> {
  return await ctx.db
    .select({ pairing: pairings.id, state: pairings.state })
    .from(pairings)
    .where(eq(pairings.beneficiary, beneficiary))
    .orderBy(desc(pairings.createdAt));
}

/** Those of every device of a helper's account, with what the console needs to check and pin the key. */
export async function listHelperPairings(ctx: Context, account: string): Promise<HelperPairing[]> {
  const helper = ctx.db
    .select({ id: devices.id })
    .from(devices)
    .where(eq(devices.account, account))
    .as("helper");
  const rows = await ctx.db
    .select({ pairing: pairings, key: devices.publicKey })
    .from(pairings)
    .innerJoin(helper, eq(helper.id, pairings.helper))
    .innerJoin(devices, eq(devices.id, pairings.beneficiary))
    .orderBy(desc(pairings.createdAt));
  return rows.map(({ pairing, key }) => {
    const invitation = invitationIdOf(ctx, pairing.invitation);
    return {
      pairing: pairing.id,
      device: pairing.helper,
      beneficiary: { device: pairing.beneficiary, key },
      origin:
        pairing.mac === null
          ? { type: "code", invitation }
          : { type: "link", invitation, mac: pairing.mac },
      state: pairing.state,
      createdAt: pairing.createdAt.toISOString(),
    };
  });
}

/** Throws `AppError` NOT_FOUND unless the pairing is active and this device is its beneficiary. */
export async function findActivePairing(
  db: Database,
  beneficiary: DeviceId,
  pairing: PairingId,
): Promise<PairingRow> {
  const [row] = await db
    .select()
    .from(pairings)
    .where(
      and(
        eq(pairings.id, pairing),
        eq(pairings.beneficiary, beneficiary),
        eq(pairings.state, "active"),
      ),
    );
  if (!row) throw new AppError("NOT_FOUND", "pairing: unknown, not yours, or ended");
  return row;
}

/** The helper's device of a pairing that belongs to this account. Throws `AppError` NOT_FOUND. */
export async function findHelperOfPairing(
  ctx: Context,
  account: string,
  pairing: PairingId,
): Promise<DeviceId> {
  const [row] = await ctx.db
    .select({ helper: pairings.helper })
    .from(pairings)
    .where(eq(pairings.id, pairing));
  if (!row) throw new AppError("NOT_FOUND", "pairing: unknown");
  await assertOwnDevice(ctx.db, account, row.helper);
  return row.helper;
}
