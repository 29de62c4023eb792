import { deviceIdOf } from "../../shared/crypto/device-key.ts";
import { verifyProof } from "../../shared/crypto/proof.ts";
import type { ClientMessage } from "../../shared/protocol/control.ts";
import type { Context } from "../context.ts";
import type { SignIn } from "../http/signed-in.ts";
import { findDevice } from "../people/devices.ts";
import type { Call } from "./handler.ts";

export interface Upgrade {
  address: string;
  origin: string | undefined;
  /** What the cookie that came with the upgrade opens. */
  signIn: SignIn | undefined;
  /** [C1] Called when the device turns out to be a known one. */
  recognise: () => void;
}

export interface Proved {
  device: Call["device"];
  /** Whether the device is known, which for a beneficiary's means: paired. */
  known: boolean;
}

/**
 * [C1] [C5] `undefined` for a proof that does not hold, whatever the reason; "retired" is told to
 * the device that was declared lost, and to nobody else [E5]. Throws `AppError`
 * BAD_MESSAGE for a key that is none.
 */
export async function checkProof(
  ctx: Context,
  nonce: string,
  upgrade: Upgrade,
  { role, key, signature }: Extract<ClientMessage, { type: "device.prove" }>,
): Promise<Proved | "retired" | undefined> {
  const origin = ctx.urls.publicUrl;
  if (!(await verifyProof(key, signature, { nonce, origin, role }))) return undefined;
  const id = await deviceIdOf(key);
  const known = await findDevice(ctx.db, id);
  if (known && known.role !== role) return undefined;
  if (known && known.retiredAt !== null) return "retired";
  if (role === "helper") {
    const own = upgrade.signIn !== undefined && known?.account === upgrade.signIn.account;
    if (!own || upgrade.origin !== origin) return undefined;
  }
  return { device: { id, publicKey: key, end: role }, known: known !== undefined };
}
