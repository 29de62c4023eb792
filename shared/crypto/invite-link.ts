import { decodeBase64url, encodeBase64url, randomBytes, utf8 } from "../bytes.ts";
import { AppError } from "../errors.ts";
import { type DeviceId, deviceIdSchema, type InvitationId, invitationIdSchema } from "../ids.ts";
import { context } from "./context.ts";
import { rawPublicKey } from "./device-key.ts";

const SECRET_BYTES = 16;
const HMAC = { name: "HMAC", hash: "SHA-256" };

type InviteLink = { invitation: InvitationId; secret: string; fingerprint: DeviceId };
type LinkedKeys = { invitation: InvitationId; beneficiaryKey: string; helperKey: string };

/** [P2] `PUBLIC_URL/i/<invitation>#<secret>.<fingerprint>`. The fragment is in no request. */
export function formatInviteLink(
  serverUrl: string,
  { invitation, secret, fingerprint }: InviteLink,
): string {
  return `${new URL(serverUrl).origin}/i/${invitation}#${secret}.${fingerprint}`;
}

/** `undefined` for anything but a whole invitation of this very server. */
export function parseInviteLink(text: string, serverUrl: string): InviteLink | undefined {
  const url = parseUrl(text);
  if (!url || url.origin !== new URL(serverUrl).origin) return undefined;
  if (url.search !== "" || url.username !== "" || url.password !== "") return undefined;
  const invitation = invitationIdSchema.safeParse(/^\/i\/([^/]+)$/.exec(url.pathname)?.[1]);
  const [secret, fingerprint, ...rest] = url.hash.slice(1).split(".");
  const device = deviceIdSchema.safeParse(fingerprint);
  if (!invitation.success || !device.success || rest.length > 0) return undefined;
  if (secret === undefined || decodeBase64url(secret)?.length !== SECRET_BYTES) return undefined;
  return { invitation: invitation.data, secret, fingerprint: device.data };
}

/** So that the interface can say that an invitation is for another server. */
export function originOfInviteLink(text: string): string | undefined {
  const url = parseUrl(text);
  if (!url || !/^\/i\/[^/]+$/.test(url.pathname)) return undefined;
  return url.protocol === "https:" || url.protocol === "http:" ? url.origin : undefined;
}

/** 128 random bits, base64url. */
export function createLinkSecret(): string {
  return encodeBase64url(randomBytes(SECRET_BYTES));
}

/** [P3] Authenticates the beneficiary's key to whoever made the link. */
export async function linkMac(secret: string, keys: LinkedKeys): Promise<string> {
  const mac = await crypto.subtle.sign(HMAC, await macKey(secret, "sign"), macContext(keys));
  return encodeBase64url(new Uint8Array(mac));
}

export async function verifyLinkMac(
  secret: string,
  mac: string,
  keys: LinkedKeys,
): Promise<boolean> {
  const bytes = decodeBase64url(mac);
  if (bytes?.length !== 32) return false;
  return crypto.subtle.verify(HMAC, await macKey(secret, "verify"), bytes, macContext(keys));
}

function macContext({ invitation, beneficiaryKey, helperKey }: LinkedKeys) {
  const keys = [rawPublicKey(beneficiaryKey), rawPublicKey(helperKey)];
  return context("pair-link", utf8(invitation), ...keys);
}

function macKey(secret: string, usage: "sign" | "verify"): Promise<CryptoKey> {
  const bytes = decodeBase64url(secret);
  if (bytes?.length !== SECRET_BYTES) throw new AppError("BAD_MESSAGE", "link secret: not in form");
  return crypto.subtle.importKey("raw", bytes, HMAC, false, [usage]);
}

function parseUrl(text: string): URL | undefined {
  const trimmed = text.trim();
  return URL.canParse(trimmed) ? new URL(trimmed) : undefined;
}
