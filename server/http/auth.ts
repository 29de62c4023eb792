import { passkey } from "@better-auth/passkey";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { magicLink } from "better-auth/plugins/magic-link";

import { randomBytes } from "../../shared/bytes.ts";
import { personNameSchema } from "../../shared/protocol/control.ts";
import type { Context } from "../context.ts";
import {
  authAccounts,
  authPasskeys,
  authRateLimits,
  authSessions,
  authUsers,
  authVerifications,
} from "../db/auth-schema.ts";
import { NO_MAIL_DOMAIN } from "../people/account.ts";
import type { AccountOf } from "./signed-in.ts";

/*
 * The one file (with db/auth-schema.ts) that speaks the sign-in library's language: its "user" is
 * our account, its "session" our sign-in. Signing in opens a helper's account, never a session of
 * ours: only a pinned device key does.
 */

/** [C5] Written by our own server, so that limits hold whatever a caller sends. */
const ADDRESS_HEADER = "x-epaule-address";
const LINK_SECONDS = 15 * 60;

export interface Auth {
  /** Everything under /api/auth. */
  handle(request: Request, address: string): Promise<Response>;
  accountOf: AccountOf;
}

export function createAuth(ctx: Context): Auth {
  const { publicUrl } = ctx.urls;
  const secure = publicUrl.startsWith("https:");
  const byPasskey = passkey({
    rpID: new URL(publicUrl).hostname,
    rpName: "Epaule",
    origin: publicUrl,
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    registration: {
      requireSession: false,
      // Signing up: the console sends the person's own name as the context.
      async resolveUser({ context }) {
        // Without a name the library refuses with 400.
        return { id: createAccountId(), name: personNameSchema.safeParse(context).data ?? "" };
      },
      async afterVerification({ ctx: auth, user, context }) {
        const { internalAdapter } = auth.context;
        if (await internalAdapter.findUserById(user.id)) return;
        await internalAdapter.createUser(
          {
            id: user.id,
            name: personNameSchema.parse(context),
            email: `${user.id}${NO_MAIL_DOMAIN}`,
            emailVerified: false,
          },
          { method: "passkey" },
        );
      },
    },
  });
  const byMail = magicLink({
    expiresIn: LINK_SECONDS,
    storeToken: "hashed",
    async sendMagicLink({ email, url }) {
      if (!email.endsWith(NO_MAIL_DOMAIN)) await ctx.mailer.sendSignIn(email, url);
    },
  });

  const auth = betterAuth({
    appName: "Epaule",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret: ctx.secret,
    trustedOrigins: [publicUrl],
    database: drizzleAdapter(ctx.db, {
      provider: "pg",
      transaction: true,
      schema: {
        user: authUsers,
        session: authSessions,
        account: authAccounts,
        verification: authVerifications,
        passkey: authPasskeys,
        rateLimit: authRateLimits,
      },
    }),
    plugins: ctx.mailer.signIn ? [byPasskey, byMail] : [byPasskey],
    emailAndPassword: { enabled: false },
    rateLimit: { enabled: true, storage: "database" },
    databaseHooks: {
      user: {
        create: {
          before: async (user) => ({ data: { ...user, name: nameOf(user) } }),
        },
      },
      // Where from and with which browser is of no use to us, so it is not kept.
      session: {
        create: {
          before: async (session) => ({ data: { ...session, ipAddress: "", userAgent: "" } }),
        },
      },
    },
    advanced: {
      cookiePrefix: "epaule",
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    telemetry: { enabled: false },
    logger: {
      disabled: false,
      level: "warn",
      // Its messages may quote what a person wrote: only that there was one is kept.
      log: (level) => ctx.log.warn({ level }, "the sign-in library complains"),
    },
    onAPIError: { throw: false },
  });

  return {
    async handle(request, address) {
      const headers = new Headers(request.headers);
      headers.set(ADDRESS_HEADER, address);
      return await auth.handler(new Request(request, { headers }));
    },
    async accountOf(headers) {
      if (!headers.has("cookie")) return undefined;
      const found = await auth.api.getSession({ headers });
      return found?.user.id;
    },
  };
}

/** In lower case and without punctuation: it is also the local part of an address that leads nowhere. */
function createAccountId(): string {
  return Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An account needs a name that can be shown; the person may change it at any time. */
function nameOf(user: { name: string; email: string }): string {
  const asked = personNameSchema.safeParse(user.name).data;
  return asked ?? (user.email.split("@")[0] ?? "").slice(0, 60);
}
