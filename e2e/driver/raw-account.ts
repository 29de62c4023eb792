import { createDeviceKey, type DeviceKey } from "../../shared/crypto/device-key.ts";
import { signRegistration } from "../../shared/crypto/proof.ts";
import { accountSchema, httpApi, type HttpRoute } from "../../shared/http-api.ts";
import { mailedLink } from "./mailed-link.ts";
import { connectRaw, type RawClient } from "./raw-client.ts";
import type { World } from "./world.ts";

export interface RawHelper {
  key: DeviceKey;
  /** Sign-in cookie and origin, for a socket of this helper's. */
  headers: Record<string, string>;
  call(route: HttpRoute, body?: Record<string, unknown>): Promise<unknown>;
  connect(): Promise<RawClient>;
}

interface SignedIn {
  account: string;
  call: RawHelper["call"];
  headers: Record<string, string>;
  devices: number;
}

/** Sign-in links and invitations are both limited by account, so an account serves several devices. */
const DEVICES_PER_ACCOUNT = 8;
const accounts = new WeakMap<World, SignedIn>();

async function signIn(world: World): Promise<SignedIn> {
  const { serverUrl } = world;
  const headers = {
    "content-type": "application/json",
    origin: serverUrl,
    // As each one's own network: sign-in links are limited by place.
    "x-forwarded-for": `10.${[...crypto.getRandomValues(new Uint8Array(3))].join(".")}`,
  };
  const email = `${crypto.randomUUID()}@helpers.example`;
  const link = await mailedLink(world, "signIn", async () => {
    await fetch(`${serverUrl}/api/auth/sign-in/magic-link`, {
      method: "POST",
      headers,
      body: JSON.stringify({ email, name: "Camille Roux" }),
    });
  });
  const landing = await fetch(link, { redirect: "manual", headers });
  const cookie = landing.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");

  async function call(route: HttpRoute, body: Record<string, unknown> = {}): Promise<unknown> {
    const [method = "GET", path = "/"] = route.split(" ");
    const response = await fetch(`${serverUrl}${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${route}: ${response.status} ${JSON.stringify(answer)}`);
    return httpApi[route].out.parse(answer);
  }

  const account = accountSchema.parse(await call("GET /api/account"));
  return { account: account.id, call, headers: { cookie, origin: serverUrl }, devices: 0 };
}

/** A helper without a console: signed in by a mail link, with a device of their own. */
export async function signUpRaw(world: World): Promise<RawHelper> {
  const { serverUrl } = world;
  const last = accounts.get(world);
  const signedIn = last && last.devices < DEVICES_PER_ACCOUNT ? last : await signIn(world);
  signedIn.devices += 1;
  accounts.set(world, signedIn);
  const { account, call, headers } = signedIn;
  const key = await createDeviceKey();
  const signature = await signRegistration(key, { origin: serverUrl, account });
  await call("POST /api/devices", { key: key.publicKey, signature });
  return {
    key,
    headers,
    call,
    connect: async () => {
      const client = await connectRaw(serverUrl, { key, headers });
      const proved = await client.prove({ role: "helper" });
      if (proved.type !== "done") throw new Error(`the helper was refused: ${proved.type}`);
      return client;
    },
  };
}
