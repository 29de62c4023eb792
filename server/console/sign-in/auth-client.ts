import { passkeyClient } from "@better-auth/passkey/client";
import { createAuthClient } from "better-auth/client";
import { magicLinkClient } from "better-auth/client/plugins";

import { MAIL_NOT_SENT } from "../../../shared/http-api.ts";

export type SignInFailure =
  /** The person closed the browser's window, or waited too long. */
  | "cancelled"
  | "unsupported"
  | "already"
  /** The passkey is not one of this server's. */
  | "unknown"
  /** The mail server refuses, or does not answer. */
  | "mail"
  | "too-many"
  | "unavailable"
  | "failed";

export type SignInResult = { type: "ok" } | { type: "failed"; why: SignInFailure };

/** The ways into a helper's account. None rejects. */
export interface SignIn {
  create(name: string): Promise<SignInResult>;
  open(): Promise<SignInResult>;
  /** `name`: for an account that is made now. */
  sendMail(address: string, name: string | undefined): Promise<SignInResult>;
  leave(): Promise<void>;
}

/** Where the mailed link leads: the console reads and removes it. */
export const NEW_BY_MAIL = "/?nouveau";
export const DEAD_LINK = "/?lien-perdu";

type Answer = { error: { status: number; code?: string | undefined } | null };

export function createSignIn(): SignIn {
  const client = createAuthClient({ plugins: [passkeyClient(), magicLinkClient()] });

  return {
    create: (name) =>
      withPasskey(() => client.passkey.addPasskey({ name, context: name, createSession: true })),
    open: () => withPasskey(() => client.signIn.passkey()),
    sendMail: (email, name) =>
      attempt(() =>
        client.signIn.magicLink({
          email,
          ...(name === undefined ? {} : { name }),
          callbackURL: "/",
          newUserCallbackURL: name === undefined ? NEW_BY_MAIL : "/",
          errorCallbackURL: DEAD_LINK,
        }),
      ),
    async leave() {
      await attempt(() => client.signOut());
    },
  };
}

async function attempt(ask: () => Promise<Answer>): Promise<SignInResult> {
  try {
    const { error } = await ask();
    return error ? { type: "failed", why: failureOf(error) } : { type: "ok" };
  } catch {
    return { type: "failed", why: "unavailable" };
  }
}

async function withPasskey(ask: () => Promise<Answer>): Promise<SignInResult> {
  if (!("PublicKeyCredential" in globalThis)) return { type: "failed", why: "unsupported" };
  return attempt(ask);
}

function failureOf({ status, code = "" }: { status: number; code?: string | undefined }) {
  if (code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") return "already";
  if (code === "AUTH_CANCELLED" || code.startsWith("ERROR_")) return "cancelled";
  if (code === "PASSKEY_NOT_FOUND") return "unknown";
  if (code === MAIL_NOT_SENT) return "mail";
  if (status === 429) return "too-many";
  return status >= 502 || status === 0 ? "unavailable" : "failed";
}
