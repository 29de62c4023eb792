import { and, desc, eq, isNull } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { HelperPairing } from "../../shared/http-api.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import type { Reply } from "../../shared/protocol/control.ts";
import type { Context } from "../context.ts";
import { authUsers } from "../db/auth-schema.ts";
import type { Database } from "../db/client.ts";
import { devices, pairings } from "../db/schema.ts";
import { invitationIdOf } from "../invitations/invitation-id.ts";
import { toHelperCard } from "../people/account.ts";
import { assertOwnDevice } from "../people/devices.ts";

export type PairingRow = typeof pairings.$inferSelect;

/** A beneficiary's own, whatever their state: what has ended must be said once more. */
export async function listOwnPairings(
  ctx: Context,
  beneficiary: DeviceId,
): Promise<Reply<"pairing.list">["pairings"]> {
  const rows = await ctx.db
    .select({ pairing: pairings.id, state: pairings.state, name: authUsers.name })
    .from(pairings)
    .innerJoin(devices, eq(devices.id, pairings.helper))
    .leftJoin(authUsers, eq(authUsers.id, devices.account))
    .where(eq(pairings.beneficiary, beneficiary))
    .orderBy(desc(pairings.createdAt));
  return rows.map(({ pairing, state, name }) => {
    const card = state === "active" && name !== null ? toHelperCard(name) : undefined;
    return { pairing, state, ...(card ? { card } : {}) };
  });
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

/** [P8] Throws `AppError` NOT_FOUND unless it is active and not paused, and this device is its beneficiary. */
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
        isNull(pairings.pausedAt),
      ),
    );
  if (!row) throw new AppError("NOT_FOUND", "pairing: unknown, not yours, paused or ended");
  return row;
}

/**
 * In the caller's transaction: what is asked over one pairing takes turns, and one that is ended or paused
 * meanwhile wins. Throws `AppError` NOT_FOUND.
 */
export async function lockActivePairing(tx: Database, pairing: PairingId): Promise<void> {
  const [locked] = await tx
    .select({ state: pairings.state, pausedAt: pairings.pausedAt })
    .from(pairings)
    .where(eq(pairings.id, pairing))
    .for("no key update");
  if (locked?.state !== "active" || locked.pausedAt !== null)
    throw new AppError("NOT_FOUND", "pairing: ended or paused meanwhile");
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
