import { createPasskey, type Passkey } from "./passkey.ts";

type Ask = (path: string, init: RequestInit) => Promise<Response>;

/** An account made with a passkey alone: the cookie that a browser would then send. */
export async function signUp(
  ask: Ask,
  origin: string,
  name: string,
): Promise<{ cookie: string; passkey: Passkey }> {
  const passkey = createPasskey(origin);
  const options = await ask(
    `/api/auth/passkey/generate-register-options?context=${encodeURIComponent(name)}`,
    {},
  );
  const { challenge }: { challenge: string } = await options.json();
  const verified = await ask("/api/auth/passkey/verify-registration", {
    method: "POST",
    headers: { "content-type": "application/json", origin, cookie: cookiesOf(options) },
    body: JSON.stringify(passkey.register(challenge)),
  });
  if (!verified.ok) throw new Error(`sign-up: ${verified.status} ${await verified.text()}`);
  return { cookie: cookiesOf(verified), passkey };
}

/** Signing in again, elsewhere, with the same passkey. */
export async function signIn(ask: Ask, origin: string, passkey: Passkey): Promise<Response> {
  const options = await ask("/api/auth/passkey/generate-authenticate-options", {});
  const { challenge }: { challenge: string } = await options.json();
  return await ask("/api/auth/passkey/verify-authentication", {
    method: "POST",
    headers: { "content-type": "application/json", origin, cookie: cookiesOf(options) },
    body: JSON.stringify(passkey.use(challenge)),
  });
}

export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}
