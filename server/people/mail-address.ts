import { createHmac } from "node:crypto";

import { and, eq, gt, ne } from "drizzle-orm";

import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { AppError } from "../../shared/errors.ts";
import { type Account, PROOF_LINK, mailAddressSchema } from "../../shared/http-api.ts";
import { countAttempt } from "../attempts.ts";
import { publishWords } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { authUsers, authVerifications } from "../db/auth-schema.ts";
import { isUniqueViolation } from "../db/failure.ts";
import { errorFields } from "../log.ts";
import { countMail, LINK_MS } from "../mail/mailed-links.ts";
import { hasPasskey, noMailOf, NO_MAIL_DOMAIN, readAccount } from "./account.ts";
import { endOtherSignIns } from "./sign-ins.ts";

/*
 * An address belongs to an account once somebody has opened the link that was mailed there. The
 * sign-in library can change an address too, but its link works again and again for as long as the
 * account has the address that it had.
 */

/** In 10 minutes, by one account: to whatever addresses. */
const ASKS = 5;
/** In 10 minutes, from one place: accounts are free. */
const ASKS_FROM_ONE_PLACE = 20;
/** In 10 minutes, from one place. */
const PROOFS = 20;

/**
 * Mails the link. Neither the answer nor its time tells whether the address is another account's: its
 * owner alone is told, by mail. Throws `AppError` TOO_MANY, UNAVAILABLE when no mail could leave.
 */
export async function askForMail(
  ctx: Context,
  account: string,
  asked: string,
  caller: string,
): Promise<void> {
  if (!ctx.mailer.signIn) throw new AppError("NOT_FOUND", "mail: off");
  const address = asked.toLowerCase();
  if (address.endsWith(NO_MAIL_DOMAIN)) throw new AppError("BAD_MESSAGE", "mail: leads nowhere");
  await countAttempt(ctx, `mail-asked\n${account}`, ASKS);
  await countAttempt(ctx, `mail-asked-from\n${caller}`, ASKS_FROM_ONE_PLACE);
  await countMail(ctx, address);
  const [taken] = await ctx.db
    .select({ id: authUsers.id })
    .from(authUsers)
    .where(and(eq(authUsers.email, address), ne(authUsers.id, account)));
  const token = `${account}.${encodeBase64url(randomBytes(32))}`;
  await keepLink(ctx, { account, address, token });
  const url = `${ctx.urls.publicUrl}${PROOF_LINK}${token}`;
  try {
    await (taken ? ctx.mailer.sendAddressTaken(address) : ctx.mailer.sendAddressLink(address, url));
  } catch (cause) {
    ctx.log.warn(errorFields(cause), "a mail could not be sent");
    throw new AppError("UNAVAILABLE", "mail: not sent", { cause });
  }
}

/** Links to the same address all work until one was opened; one to another address ends them. */
async function keepLink(
  ctx: Context,
  { account, address, token }: { account: string; address: string; token: string },
): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const old = await tx
      .select({ id: authVerifications.id, value: authVerifications.value })
      .from(authVerifications)
      .where(eq(authVerifications.identifier, linksOf(account)));
    for (const { id, value } of old)
      if (addressIn(value) !== address)
        await tx.delete(authVerifications).where(eq(authVerifications.id, id));
    await tx.insert(authVerifications).values({
      id: encodeBase64url(randomBytes(16)),
      identifier: linksOf(account),
      value: `${hashToken(ctx, token)}\n${address}`,
      expiresAt: new Date(now.getTime() + LINK_MS),
      createdAt: now,
      updatedAt: now,
    });
  });
}

/**
 * The link was opened, in whichever browser: from now on the address is that account's,
 * and the one before, where there was one, is told. Throws
 * `AppError` NOT_FOUND for a link that is wrong, used, too old, or whose address is now another account's.
 */
export async function proveMail(
  ctx: Context,
  caller: string,
  token: string,
): Promise<{ address: string }> {
  await countAttempt(ctx, `mail-proof\n${caller}`, PROOFS);
  const account = token.slice(0, Math.max(0, token.indexOf(".")));
  const hash = hashToken(ctx, token);
  const now = ctx.clock.now();
  const unknown = new AppError("NOT_FOUND", "mail: no such link");
  try {
    const proved = await ctx.db.transaction(async (tx) => {
      const links = await tx
        .select()
        .from(authVerifications)
        .where(
          and(
            eq(authVerifications.identifier, linksOf(account)),
            gt(authVerifications.expiresAt, now),
          ),
        );
      const link = links.find(({ value }) => value.startsWith(`${hash}\n`));
      if (!link) throw unknown;
      // Whoever opens it twice at once: the second finds nothing left.
      const used = await tx
        .delete(authVerifications)
        .where(eq(authVerifications.id, link.id))
        .returning({ id: authVerifications.id });
      if (used.length === 0) throw unknown;
      await tx.delete(authVerifications).where(eq(authVerifications.identifier, linksOf(account)));
      const address = mailAddressSchema.parse(addressIn(link.value));
      const [old] = await tx
        .select({ email: authUsers.email })
        .from(authUsers)
        .where(eq(authUsers.id, account))
        .for("update");
      await tx
        .update(authUsers)
        .set({ email: address, emailVerified: true, updatedAt: now })
        .where(eq(authUsers.id, account));
      return { address, before: old?.email };
    });
    await tellAddressBefore(ctx, proved);
    return { address: proved.address };
  } catch (error) {
    throw isUniqueViolation(error) ? unknown : error;
  }
}

async function tellAddressBefore(
  ctx: Context,
  { address, before }: { address: string; before: string | undefined },
): Promise<void> {
  if (!before || before === address || before.endsWith(NO_MAIL_DOMAIN)) return;
  try {
    await ctx.mailer.sendAddressChanged(before);
  } catch (error) {
    ctx.log.warn(errorFields(error), "a mail could not be sent");
  }
}

/**
 * Back to none, and no link that is on its way brings it back. Whoever signed in by that address is
 * signed out, everywhere but here. Throws `AppError` CONFLICT where it is the only way in.
 */
export async function removeMail(ctx: Context, account: string, signIn: string): Promise<Account> {
  const words = await ctx.db.transaction(async (tx) => {
    if (!(await hasPasskey(tx, account))) throw new AppError("CONFLICT", "mail: the only way in");
    await tx.delete(authVerifications).where(eq(authVerifications.identifier, linksOf(account)));
    await tx
      .update(authUsers)
      .set({ email: noMailOf(account), emailVerified: false, updatedAt: ctx.clock.now() })
      .where(eq(authUsers.id, account));
    return await endOtherSignIns(tx, account, signIn);
  });
  await publishWords(ctx, words);
  return await readAccount(ctx, account);
}

function linksOf(account: string): string {
  return `mail-address:${account}`;
}

function addressIn(value: string): string {
  return value.slice(value.indexOf("\n") + 1);
}

/** The table alone opens no link. */
function hashToken(ctx: Context, token: string): string {
  return createHmac("sha256", ctx.secret).update(`mail-address\n${token}`).digest("base64url");
}
