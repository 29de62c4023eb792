import { randomBytes } from "node:crypto";

import { createDeviceKey } from "../../../shared/crypto/device-key.ts";
import { linkMac } from "../../../shared/crypto/invite-link.ts";
import { signRegistration } from "../../../shared/crypto/proof.ts";
import { signStatement } from "../../../shared/crypto/signed-statement.ts";
import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import { consentTextFor } from "../../../shared/grants/consent-text.ts";
import type { SignedStatement, Statement } from "../../../shared/grants/statement.ts";
import { httpApi, type HttpRoute, type Invitation } from "../../../shared/http-api.ts";
import { createSessionId, type PairingId, type SessionId } from "../../../shared/ids.ts";
import type { JournalRow } from "../../../shared/journal/row.ts";
import { hostSchema } from "../../../shared/sites.ts";
import { readRows } from "../../journal/journal.ts";
import {
  connect,
  createBeneficiary,
  type Reachable,
  type TestDevice,
  type TestSocket,
} from "./device.ts";
import type { Passkey } from "./passkey.ts";
import type { TestServer } from "./server.ts";
import { cookiesOf, signIn, signUp } from "./sign-in.ts";

export const HOST = hostSchema.parse("impots.example.fr");

export interface TestHelper extends TestDevice {
  cookie: string;
  account: string;
  passkey: Passkey;
}

/** A random one, so that no test spends another's limit. */
function randomAddress(): string {
  return `10.${[...randomBytes(3)].join(".")}`;
}

async function callApi(
  server: Reachable,
  path: string,
  options: { method?: string; body?: unknown; cookie?: string; origin?: string | null } = {},
): Promise<Response> {
  const { publicUrl } = server.context.urls;
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "x-forwarded-for": randomAddress(),
  };
  if (options.origin !== null) headers.origin = options.origin ?? publicUrl;
  if (options.cookie !== undefined) headers.cookie = options.cookie;
  const response = await requestAt(server, path, {
    method: options.method ?? (options.body === undefined ? "GET" : "POST"),
    headers,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  return response;
}

/** `fetch` does not let a test say which host it asks for. */
export async function requestAt(
  server: Reachable,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<Response> {
  const { request } = await import("node:http");
  const { host } = new URL(server.context.urls.publicUrl);
  return await new Promise((resolve, reject) => {
    const outgoing = request(
      `${server.url}${path}`,
      { method: init.method ?? "GET", headers: { host, ...init.headers } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          const headers = new Headers();
          for (const [name, values] of Object.entries(incoming.headersDistinct))
            for (const value of values ?? []) headers.append(name, value);
          const status = incoming.statusCode ?? 500;
          const empty = status === 204 || status === 304;
          resolve(new Response(empty ? null : Buffer.concat(chunks), { status, headers }));
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(init.body);
  });
}

/** Throws `AppError` with the code that came back. */
export async function callRoute<R extends HttpRoute>(
  server: Reachable,
  cookie: string,
  route: R,
  body?: unknown,
): Promise<ReturnType<(typeof httpApi)[R]["out"]["parse"]>>;
export async function callRoute(
  server: Reachable,
  cookie: string,
  route: HttpRoute,
  body?: unknown,
): Promise<unknown> {
  const [method = "", path = ""] = route.split(" ");
  const response = await callApi(server, path, { method, body, cookie });
  const answer: { code?: ErrorCode } = await response.json();
  if (!response.ok) throw new AppError(answer.code ?? "INTERNAL", route);
  return httpApi[route].out.parse(answer);
}

/** As one browser asks. */
function askFrom(server: Reachable) {
  const address = randomAddress();
  return async (path: string, init: RequestInit): Promise<Response> =>
    await requestAt(server, path, {
      method: init.method ?? "GET",
      headers: { ...Object.fromEntries(new Headers(init.headers)), "x-forwarded-for": address },
      ...(typeof init.body === "string" ? { body: init.body } : {}),
    });
}

/** A helper's account made with a passkey alone, and this browser registered as its device. */
export async function createHelper(server: Reachable, name = "Marie"): Promise<TestHelper> {
  const origin = server.context.urls.publicUrl;
  const { cookie, passkey } = await signUp(askFrom(server), origin, name);
  const { id: account } = await callRoute(server, cookie, "GET /api/account");
  return { ...(await registerBrowser(server, { cookie, account })), passkey };
}

/** One more browser of an account. */
export async function registerBrowser(
  server: Reachable,
  { cookie, account }: { cookie: string; account: string },
) {
  const key = await createDeviceKey();
  const signature = await signRegistration(key, {
    origin: server.context.urls.publicUrl,
    account,
  });
  await callRoute(server, cookie, "POST /api/devices", { key: key.publicKey, signature });
  return { key, id: key.id, role: "helper" as const, cookie, account };
}

export function invite(server: Reachable, helper: TestHelper): Promise<Invitation> {
  return callRoute(server, helper.cookie, "POST /api/invitations", { device: helper.id });
}

export interface TestPair {
  helper: TestHelper;
  beneficiary: TestDevice;
  pairing: PairingId;
  beneficiarySocket: TestSocket;
  helperSocket: TestSocket;
}

/** Two devices paired by link, both connected; the helper's `pairing.changed` is already taken. */
export async function createPair(server: Reachable, other: Reachable = server): Promise<TestPair> {
  const helper = await createHelper(server);
  const beneficiary = await createBeneficiary();
  const helperSocket = await connect(server, helper);
  const beneficiarySocket = await connect(other, beneficiary);
  const { invitation } = await invite(server, helper);
  const mac = await linkMac("A".repeat(22), {
    invitation,
    beneficiaryKey: beneficiary.key.publicKey,
    helperKey: helper.key.publicKey,
  });
  const { pairing } = await beneficiarySocket.request("pairing.redeem", { invitation, mac });
  await helperSocket.next("pairing.changed");
  return { helper, beneficiary, pairing, beneficiarySocket, helperSocket };
}

/** A statement as the consent screen makes it; `changes` are what a test gets wrong. */
export async function signGrant(
  pair: TestPair,
  changes: Partial<Statement> = {},
): Promise<{ session: SessionId; grant: SignedStatement }> {
  const session = changes.session ?? createSessionId();
  const nonce = changes.nonce ?? (await pair.beneficiarySocket.request("session.nonce", {})).nonce;
  const grant = await signStatement(pair.beneficiary.key, {
    version: 1,
    kind: "SESSION",
    beneficiary: pair.beneficiary.id,
    helper: pair.helper.id,
    hosts: [HOST],
    seconds: 7200,
    text: consentTextFor("fr").hash,
    ...changes,
    session,
    nonce,
  });
  return { session, grant };
}

/** Asks for help; the helper's `ring` is left in its inbox. */
export async function ring(pair: TestPair, changes: Partial<Statement> = {}): Promise<SessionId> {
  const { session, grant } = await signGrant(pair, changes);
  await pair.beneficiarySocket.request("session.request", { pairing: pair.pairing, grant });
  return session;
}

/** A session that was answered and that both ends have joined. */
export async function goLive(pair: TestPair, changes: Partial<Statement> = {}): Promise<SessionId> {
  const session = await ring(pair, changes);
  await pair.helperSocket.next("ring");
  await pair.helperSocket.request("session.answer", { session });
  await pair.beneficiarySocket.next("session.answered");
  await pair.beneficiarySocket.request("relay.join", { session });
  await pair.helperSocket.request("relay.join", { session });
  await pair.beneficiarySocket.next("relay.peer");
  return session;
}

export async function rowsOf(server: TestServer, pair: TestPair): Promise<JournalRow[]> {
  return await readRows(server.context.db, pair.beneficiary.id);
}

export async function typesOf(server: TestServer, pair: TestPair): Promise<string[]> {
  return (await rowsOf(server, pair)).map((row) => row.type);
}

export function frame(direction: 0 | 1, text: string): Uint8Array {
  const header = new Uint8Array(14);
  header.set([1, direction]);
  return Buffer.concat([header, Buffer.from(text)]);
}

export async function signOut(server: Reachable, cookie: string): Promise<void> {
  const response = await callApi(server, "/api/auth/sign-out", { body: {}, cookie });
  if (!response.ok) throw new Error(`sign-out: ${response.status}`);
}

/** The same account in another browser: a sign-in and a device of its own. */
export async function signInElsewhere(server: Reachable, helper: TestHelper): Promise<TestHelper> {
  const { account, passkey } = helper;
  const cookie = cookiesOf(await signIn(askFrom(server), server.context.urls.publicUrl, passkey));
  return { ...(await registerBrowser(server, { cookie, account })), passkey };
}
