import { and, eq, gt, isNotNull, isNull, lte } from "drizzle-orm";

import { verifyCommitment } from "../../shared/crypto/spoken-pairing.ts";
import { AppError } from "../../shared/errors.ts";
import { createAttemptId, type AttemptId, type DeviceId } from "../../shared/ids.ts";
import type { HelperCard } from "../../shared/protocol/control.ts";
import { countAttempt } from "../attempts.ts";
import { deviceTopic, tellDevice, type End, type Word } from "../bus/word.ts";
import type { Context, Nothing, Outcome } from "../context.ts";
import { invitations, pairingAttempts } from "../db/schema.ts";
import { siteOf } from "../http/caller-address.ts";
import { invitationIdOf } from "../invitations/invitation-id.ts";
import { readHelperCard } from "../people/account.ts";
import { asConflict, insertPairing, type Redeemer } from "./make-pairing.ts";

/** [P4] */
const CODES_PER_DEVICE = 5;
const CODES_PER_ADDRESS = 10;
/** Anybody can have a /48, which is 65,536 networks; an office is one, too. */
const CODES_PER_SITE = 100;
const SPOKEN_PAIRING_MS = 300_000;

type Attempt = typeof pairingAttempts.$inferSelect;
const NOTHING: Nothing = {};

/** [P4] The beneficiary types a code. It is taken at once: whatever follows, it works only this time. */
export async function beginAttempt(
  ctx: Context,
  beneficiary: Redeemer,
  input: { code: string; commitment: string; address: string },
): Promise<Outcome<{ attempt: AttemptId; helper: HelperCard }>> {
  await countAttempt(ctx, `code-device:${beneficiary.id}`, CODES_PER_DEVICE);
  await countAttempt(ctx, `code-address:${input.address}`, CODES_PER_ADDRESS);
  const site = siteOf(input.address);
  if (site !== undefined) await countAttempt(ctx, `code-site:${site}`, CODES_PER_SITE);
  const now = ctx.clock.now();
  const open = and(
    eq(invitations.code, input.code),
    eq(invitations.state, "open"),
    gt(invitations.expiresAt, now),
  );
  const [found] = await ctx.db.select({ device: invitations.device }).from(invitations).where(open);
  if (!found) throw new AppError("NOT_FOUND", "code: not open");
  if ((await ctx.bus.listeners(deviceTopic(found.device))) === 0)
    throw new AppError("AWAY", "code: the helper is not connected");
  const helper = await readHelperCard(ctx, found.device);

  const attempt = createAttemptId();
  const invitation = await ctx.db.transaction(async (tx) => {
    const [taken] = await tx.update(invitations).set({ state: "pairing" }).where(open).returning();
    if (!taken) throw new AppError("NOT_FOUND", "code: taken meanwhile");
    await tx.insert(pairingAttempts).values({
      id: attempt,
      invitation: taken.id,
      beneficiary: beneficiary.id,
      beneficiaryKey: beneficiary.publicKey,
      beneficiaryCommitment: input.commitment,
      helper: taken.device,
      state: "begun",
      expiresAt: new Date(now.getTime() + SPOKEN_PAIRING_MS),
    });
    return taken;
  });
  return {
    reply: { attempt, helper },
    tell: [
      tellDevice(invitation.device, {
        type: "pairing.begun",
        attempt,
        invitation: invitationIdOf(ctx, invitation.id),
        commitment: input.commitment,
      }),
    ],
  };
}

/** The first of the helper's sockets that answers takes the attempt. */
export async function answerAttempt(
  ctx: Context,
  helper: DeviceId,
  input: { attempt: AttemptId; commitment: string },
): Promise<Outcome<Nothing>> {
  const [row] = await ctx.db
    .update(pairingAttempts)
    .set({ helperCommitment: input.commitment })
    .where(
      and(
        inTime(ctx, input.attempt),
        eq(pairingAttempts.helper, helper),
        isNull(pairingAttempts.helperCommitment),
      ),
    )
    .returning();
  if (!row) throw notFound();
  const { attempt, commitment } = input;
  return {
    reply: NOTHING,
    tell: [tellDevice(row.beneficiary, { type: "pairing.answered", attempt, commitment })],
  };
}

/** An opening that is not of this socket's key, or not of its commitment, burns the code. */
export async function revealAttempt(
  ctx: Context,
  side: { end: End; id: DeviceId; publicKey: string },
  input: { attempt: AttemptId; key: string; nonce: string },
): Promise<Outcome<Nothing>> {
  const { attempt, key, nonce } = input;
  const [row] = await ctx.db
    .select()
    .from(pairingAttempts)
    .where(and(inTime(ctx, attempt), isNotNull(pairingAttempts.helperCommitment)));
  const commitment =
    side.end === "beneficiary" ? row?.beneficiaryCommitment : row?.helperCommitment;
  if (!row || row[side.end] !== side.id || typeof commitment !== "string") throw notFound();
  if (key !== side.publicKey || !(await verifyCommitment(commitment, side.end, key, nonce)))
    return { reply: NOTHING, tell: await failAttempt(ctx, attempt) };
  await ctx.db
    .update(pairingAttempts)
    .set(side.end === "beneficiary" ? { beneficiaryRevealed: true } : { helperRevealed: true })
    .where(eq(pairingAttempts.id, attempt));
  return {
    reply: NOTHING,
    tell: [tellDevice(peerOf(row, side.end), { type: "pairing.revealed", attempt, key, nonce })],
  };
}

/** The second confirmation makes the pairing. */
export async function confirmAttempt(
  ctx: Context,
  side: { end: End; id: DeviceId },
  attempt: AttemptId,
): Promise<Outcome<Nothing>> {
  return await asConflict(() =>
    ctx.db.transaction(async (tx) => {
      const [row] = await tx
        .update(pairingAttempts)
        .set(
          side.end === "beneficiary" ? { beneficiaryConfirmed: true } : { helperConfirmed: true },
        )
        .where(
          and(
            inTime(ctx, attempt),
            eq(pairingAttempts[side.end], side.id),
            eq(pairingAttempts.beneficiaryRevealed, true),
            eq(pairingAttempts.helperRevealed, true),
          ),
        )
        .returning();
      if (!row) throw notFound();
      if (!row.beneficiaryConfirmed || !row.helperConfirmed) return { reply: NOTHING, tell: [] };
      await tx
        .update(pairingAttempts)
        .set({ state: "made" })
        .where(eq(pairingAttempts.id, attempt));
      await tx.update(invitations).set({ state: "used" }).where(eq(invitations.id, row.invitation));
      const pairing = await insertPairing(tx, ctx.clock.now(), {
        beneficiary: { id: row.beneficiary, publicKey: row.beneficiaryKey },
        helper: row.helper,
        invitation: row.invitation,
        origin: "code",
      });
      const message = { type: "pairing.made" as const, attempt, pairing };
      return {
        reply: NOTHING,
        tell: [tellDevice(row.beneficiary, message), tellDevice(row.helper, message)],
      };
    }),
  );
}

export async function cancelAttempt(
  ctx: Context,
  side: { end: End; id: DeviceId },
  attempt: AttemptId,
): Promise<Outcome<Nothing>> {
  const [row] = await ctx.db
    .select({ id: pairingAttempts.id })
    .from(pairingAttempts)
    .where(and(inTime(ctx, attempt), eq(pairingAttempts[side.end], side.id)));
  if (!row) throw notFound();
  return { reply: NOTHING, tell: await failAttempt(ctx, attempt) };
}

/** Burns the code. Says nothing when the attempt is over already. */
export async function failAttempt(ctx: Context, attempt: AttemptId): Promise<Word[]> {
  return await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(pairingAttempts)
      .set({ state: "failed" })
      .where(and(eq(pairingAttempts.id, attempt), eq(pairingAttempts.state, "begun")))
      .returning();
    if (!row) return [];
    await tx.update(invitations).set({ state: "burnt" }).where(eq(invitations.id, row.invitation));
    const message = { type: "pairing.failed" as const, attempt };
    return [tellDevice(row.beneficiary, message), tellDevice(row.helper, message)];
  });
}

/** Those that nobody ended: a node that died cannot. */
export async function failLateAttempts(ctx: Context): Promise<Word[]> {
  const late = await ctx.db
    .select({ id: pairingAttempts.id })
    .from(pairingAttempts)
    .where(
      and(eq(pairingAttempts.state, "begun"), lte(pairingAttempts.expiresAt, ctx.clock.now())),
    );
  const words: Word[] = [];
  for (const { id } of late) words.push(...(await failAttempt(ctx, id)));
  return words;
}

function inTime(ctx: Context, attempt: AttemptId) {
  return and(
    eq(pairingAttempts.id, attempt),
    eq(pairingAttempts.state, "begun"),
    gt(pairingAttempts.expiresAt, ctx.clock.now()),
  );
}

function peerOf(row: Attempt, end: End): DeviceId {
  return end === "beneficiary" ? row.helper : row.beneficiary;
}

function notFound(): AppError {
  return new AppError("NOT_FOUND", "attempt: unknown, not this device's, or over");
}
