import { and, eq, isNotNull } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import {
  createPairingId,
  type DeviceId,
  type InvitationId,
  type PairingId,
} from "../../shared/ids.ts";
import { tellDevice } from "../bus/word.ts";
import type { Context, Outcome } from "../context.ts";
import type { Database } from "../db/client.ts";
import { isUniqueViolation } from "../db/failure.ts";
import { devices, invitations, pairings } from "../db/schema.ts";
import { findOpenInvitation } from "../invitations/invitations.ts";
import { appendToJournal } from "../journal/journal.ts";

export interface Redeemer {
  id: DeviceId;
  publicKey: string;
}

/** [P3] Single use: the invitation is taken and the pairing made in one transaction. */
export async function redeemInvitation(
  ctx: Context,
  beneficiary: Redeemer,
  input: { invitation: InvitationId; mac: string },
): Promise<Outcome<{ pairing: PairingId }>> {
  const invitation = await findOpenInvitation(ctx, input.invitation);
  const pairing = await asConflict(() =>
    ctx.db.transaction(async (tx) => {
      const taken = await tx
        .update(invitations)
        .set({ state: "used" })
        .where(and(eq(invitations.id, invitation.id), eq(invitations.state, "open")))
        .returning({ id: invitations.id });
      if (taken.length === 0) throw new AppError("NOT_FOUND", "invitation: used meanwhile");
      return await insertPairing(tx, ctx.clock.now(), {
        beneficiary,
        helper: invitation.device,
        invitation: invitation.id,
        origin: "link",
        mac: input.mac,
      });
    }),
  );
  return {
    reply: { pairing },
    tell: [tellDevice(invitation.device, { type: "pairing.changed", pairing })],
  };
}

/** In the caller's transaction. A beneficiary's device is stored here, and only here ([C5]). */
export async function insertPairing(
  tx: Database,
  now: Date,
  made: {
    beneficiary: Redeemer;
    helper: DeviceId;
    invitation: string;
    origin: "link" | "code";
    mac?: string;
  },
): Promise<PairingId> {
  const { beneficiary, helper, invitation, origin } = made;
  const [blocked] = await tx
    .select({ id: pairings.id })
    .from(pairings)
    .where(
      and(
        eq(pairings.beneficiary, beneficiary.id),
        eq(pairings.helper, helper),
        isNotNull(pairings.blockedBy),
      ),
    );
  if (blocked) throw new AppError("NOT_FOUND", "pairing: one of the two blocked the other");
  await tx
    .insert(devices)
    .values({ ...beneficiary, role: "beneficiary", createdAt: now })
    .onConflictDoNothing();
  await assertInUse(tx, beneficiary.id);
  const pairing = createPairingId();
  await tx.insert(pairings).values({
    id: pairing,
    beneficiary: beneficiary.id,
    helper,
    invitation,
    origin,
    mac: made.mac ?? null,
    state: "active",
    createdAt: now,
  });
  await appendToJournal(tx, beneficiary.id, now, {
    type: "pairing.made",
    actorRole: "beneficiary",
    refs: { pairing, helper },
    data: { origin },
  });
  return pairing;
}

/** [E5] Locks the device's row: declared lost meanwhile, it is not paired again. */
async function assertInUse(tx: Database, device: DeviceId): Promise<void> {
  const [row] = await tx
    .select({ retiredAt: devices.retiredAt })
    .from(devices)
    .where(eq(devices.id, device))
    .for("share");
  if (row?.retiredAt !== null) throw new AppError("NOT_FOUND", "device: declared lost");
}

/** Two devices that are paired already: CONFLICT, and the invitation stays open. */
export async function asConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new AppError("CONFLICT", "already there", { cause });
    throw cause;
  }
}
