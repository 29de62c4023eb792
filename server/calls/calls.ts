import { and, count, desc, eq, gt, isNull } from "drizzle-orm";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { AppError } from "../../shared/errors.ts";
import type { MissedCall } from "../../shared/http-api.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import type { Context } from "../context.ts";
import { devices, missedCalls, pairings } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { errorFields } from "../log.ts";
import { findActivePairing, lockActivePairing } from "../pairings/list-pairings.ts";
import { readHelperMail } from "../people/account.ts";
import { assertOwnDevice } from "../people/devices.ts";

/** As for rings: a call that is left is a ring that waits. */
const CALLS = 5;
const CALLS_WINDOW_MS = 600_000;

/** [S3] The helper finds it at the next visit, and gets a mail where mail is set up. */
export async function leaveCall(
  ctx: Context,
  beneficiary: DeviceId,
  pairingId: PairingId,
): Promise<void> {
  const pairing = await findActivePairing(ctx.db, beneficiary, pairingId);
  const now = ctx.clock.now();
  const times = await ctx.db.transaction(async (tx) => {
    await lockActivePairing(tx, pairingId);
    const [lately] = await tx
      .select({ times: count() })
      .from(missedCalls)
      .where(
        and(
          eq(missedCalls.pairing, pairingId),
          gt(missedCalls.at, new Date(now.getTime() - CALLS_WINDOW_MS)),
        ),
      );
    if (lately && lately.times >= CALLS) throw new AppError("TOO_MANY", "calls: 5 in 10 min");
    const id = encodeBase64url(randomBytes(16));
    await tx.insert(missedCalls).values({ id, pairing: pairingId, at: now });
    await appendToJournal(tx, beneficiary, now, {
      type: "call.left",
      actorRole: "beneficiary",
      refs: { pairing: pairingId, helper: pairing.helper },
      data: {},
    });
    return lately?.times ?? 0;
  });
  // One mail for several calls in a row.
  if (times > 0) return;
  const mail = await readHelperMail(ctx, pairing.helper);
  if (mail === undefined) return;
  ctx.mailer.sendMissedCall(mail).catch((error: unknown) => {
    ctx.log.warn(errorFields(error), "a mail could not be sent");
  });
}

/** Not seen yet, newest first. */
export async function listCalls(ctx: Context, account: string): Promise<MissedCall[]> {
  const rows = await ctx.db
    .select({ call: missedCalls })
    .from(missedCalls)
    .innerJoin(pairings, eq(pairings.id, missedCalls.pairing))
    .innerJoin(devices, eq(devices.id, pairings.helper))
    .where(and(eq(devices.account, account), isNull(missedCalls.seenAt)))
    .orderBy(desc(missedCalls.at))
    .limit(100);
  return rows.map(({ call }) => ({
    call: call.id,
    pairing: call.pairing,
    at: call.at.toISOString(),
  }));
}

export async function markCallSeen(ctx: Context, account: string, call: string): Promise<void> {
  const [row] = await ctx.db
    .select({ helper: pairings.helper })
    .from(missedCalls)
    .innerJoin(pairings, eq(pairings.id, missedCalls.pairing))
    .where(eq(missedCalls.id, call));
  if (!row) throw new AppError("NOT_FOUND", "call: unknown");
  await assertOwnDevice(ctx.db, account, row.helper);
  await ctx.db.update(missedCalls).set({ seenAt: ctx.clock.now() }).where(eq(missedCalls.id, call));
}
