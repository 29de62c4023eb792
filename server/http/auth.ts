import { createHmac } from "node:crypto";

import { passkey } from "@better-auth/passkey";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { magicLink } from "better-auth/plugins/magic-link";

import { randomBytes } from "../../shared/bytes.ts";
import { AppError } from "../../shared/errors.ts";
import { MAIL_NOT_SENT } from "../../shared/http-api.ts";
import { personNameSchema } from "../../shared/protocol/control.ts";
import { publishWords } from "../bus/word.ts";
import type { Context } from "../context.ts";
import {
  authAccounts,
  authPasskeys,
  authRateLimits,
  authSessions,
  authUsers,
  authVerifications,
} from "../db/auth-schema.ts";
import { errorFields } from "../log.ts";
import { countMail, LINK_MS } from "../mail/mailed-links.ts";
import { NO_MAIL_DOMAIN, noMailOf } from "../people/account.ts";
import { readText } from "./read-text.ts";
import type { SignInOf } from "./signed-in.ts";

/*
 * The one file (with db/auth-schema.ts) that speaks the sign-in library's language: its "user" is
 * our account, its "session" our sign-in. Signing in opens a helper's account, never a session of
 * ours: only a pinned device key does.
 */

/** [C5] Written by our own server, so that limits hold whatever a caller sends. */
const ADDRESS_HEADER = "x-epaule-address";
const BASE_PATH = "/api/auth";
const MAX_BODY_BYTES = 16 * 1024;
/**
 * What the console asks for, of some forty routes that the library has. The others would give a
 * name that we don't parse, a token that scripts may not read, or a page that is not ours.
 */
const OPEN_ROUTES: ReadonlySet<string> = new Set([
  "GET /passkey/generate-register-options",
  "POST /passkey/verify-registration",
  "GET /passkey/generate-authenticate-options",
  "POST /passkey/verify-authentication",
  "POST /sign-in/magic-link",
  "GET /magic-link/verify",
  "POST /sign-out",
]);
const LINK_SECONDS = LINK_MS / 1_000;

export interface Auth {
  /** Everything under /api/auth. */
  handle(request: Request, address: string): Promise<Response>;
  signInOf: SignInOf;
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
            email: noMailOf(user.id),
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
      if (email.endsWith(NO_MAIL_DOMAIN)) return;
      try {
        await countMail(ctx, email);
        await ctx.mailer.sendSignIn(email, url);
      } catch (error) {
        if (error instanceof AppError && error.code === "TOO_MANY")
          throw new APIError("TOO_MANY_REQUESTS");
        ctx.log.warn(errorFields(error), "a mail could not be sent");
        throw new APIError("SERVICE_UNAVAILABLE", { code: MAIL_NOT_SENT });
      }
    },
  });

  const auth = betterAuth({
    appName: "Epaule",
    baseURL: publicUrl,
    basePath: BASE_PATH,
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
        // [C5] Signing out, here or for all browsers at once.
        delete: {
          after: async ({ id }) => publishWords(ctx, [{ to: "sign-in", signIn: id }]),
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

  const signInOf: SignInOf = async (headers) => {
    if (!headers.has("cookie")) return undefined;
    const found = await auth.api.getSession({ headers });
    return found ? { id: found.session.id, account: found.user.id } : undefined;
  };

  return {
    async handle(request, address) {
      const { method, url } = request;
      if (!OPEN_ROUTES.has(`${method} ${new URL(url).pathname.slice(BASE_PATH.length)}`))
        throw new AppError("NOT_FOUND", "sign-in: a route that is not open");
      const headers = new Headers(request.headers);
      headers.set(ADDRESS_HEADER, hideAddress(ctx, address));
      const body = method === "POST" ? await readText(request, MAX_BODY_BYTES) : undefined;
      const bounded = new Request(url, { method, headers, ...(body ? { body } : {}) });
      return await auth.handler(bounded);
    },
    signInOf,
  };
}

/** The library keeps what it counts by, and takes nothing but an address: one in which nobody can read. */
function hideAddress(ctx: Context, address: string): string {
  const hash = createHmac("sha256", ctx.secret).update(`address\n${address}`).digest("hex");
  return `fd${hash.slice(0, 2)}:${hash.slice(2, 6)}:${hash.slice(6, 10)}:${hash.slice(10, 14)}::`;
}

/** In lower case and without punctuation: it is also the local part of an address that leads nowhere. */
function createAccountId(): string {
  return Array.from(randomBytes(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An account needs a name that can be shown; the person may change it at any time. */
function nameOf(user: { name: string; email: string }): string {
  const asked = personNameSchema.safeParse(user.name).data;
  const local = (user.email.split("@")[0] ?? "").slice(0, 60);
  return asked ?? personNameSchema.safeParse(local).data ?? "Aidant";
}
