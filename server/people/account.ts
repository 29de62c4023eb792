import { eq } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { Account } from "../../shared/http-api.ts";
import type { DeviceId } from "../../shared/ids.ts";
import type { HelperCard } from "../../shared/protocol/control.ts";
import type { Context } from "../context.ts";
import { authPasskeys, authUsers } from "../db/auth-schema.ts";
import type { Database } from "../db/client.ts";
import { devices } from "../db/schema.ts";

/** The reserved domain of an account made with a passkey alone: no mail can go there. */
export const NO_MAIL_DOMAIN = "@passkey.invalid";

export function noMailOf(account: string): string {
  return `${account}${NO_MAIL_DOMAIN}`;
}

export async function readAccount(ctx: Context, account: string): Promise<Account> {
  const [row] = await ctx.db.select().from(authUsers).where(eq(authUsers.id, account));
  if (!row) throw new AppError("UNPROVED", "account: gone");
  return await toAccount(ctx, row);
}

export async function renameAccount(ctx: Context, account: string, name: string): Promise<Account> {
  const [row] = await ctx.db
    .update(authUsers)
    .set({ name, updatedAt: ctx.clock.now() })
    .where(eq(authUsers.id, account))
    .returning();
  if (!row) throw new AppError("UNPROVED", "account: gone");
  return await toAccount(ctx, row);
}

/** What a beneficiary sees of the person behind a device. */
export async function readHelperCard(ctx: Context, device: DeviceId): Promise<HelperCard> {
  const [row] = await ctx.db
    .select({ name: authUsers.name })
    .from(devices)
    .innerJoin(authUsers, eq(authUsers.id, devices.account))
    .where(eq(devices.id, device));
  if (!row) throw new AppError("NOT_FOUND", "helper: no account");
  return toHelperCard(row.name);
}

/** Nothing checks a role yet: everybody is what they say they are, and that is said. */
export function toHelperCard(name: string): HelperCard {
  return { name, role: "relative", check: "none" };
}

/** `undefined` for an account without a mail address. */
export async function readHelperMail(ctx: Context, device: DeviceId): Promise<string | undefined> {
  const [row] = await ctx.db
    .select({ email: authUsers.email })
    .from(devices)
    .innerJoin(authUsers, eq(authUsers.id, devices.account))
    .where(eq(devices.id, device));
  return row && !row.email.endsWith(NO_MAIL_DOMAIN) ? row.email : undefined;
}

/** Whether a passkey opens this account. */
export async function hasPasskey(db: Database, account: string): Promise<boolean> {
  const [known] = await db
    .select({ id: authPasskeys.id })
    .from(authPasskeys)
    .where(eq(authPasskeys.userId, account))
    .limit(1);
  return known !== undefined;
}

async function toAccount(ctx: Context, row: typeof authUsers.$inferSelect): Promise<Account> {
  const { id, name, email } = row;
  const passkey = await hasPasskey(ctx.db, id);
  return email.endsWith(NO_MAIL_DOMAIN) ? { id, name, passkey } : { id, name, email, passkey };
}
