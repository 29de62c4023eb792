import { utf8 } from "../bytes.ts";
import { type DeviceKey, signWith, verifyFrom } from "./device-key.ts";

type Proof = { nonce: string; origin: string; role: "beneficiary" | "helper" };
type Registration = { origin: string; account: string };

/** [C1] The device's answer to `server.hello`. */
export function signProof(key: DeviceKey, proof: Proof): Promise<string> {
  return signWith(key, "device-proof", ...proofFields(proof));
}

export function verifyProof(publicKey: string, signature: string, proof: Proof): Promise<boolean> {
  return verifyFrom(publicKey, signature, "device-proof", ...proofFields(proof));
}

/** [C5] Binds a helper's device to the account that is signed in. */
export function signRegistration(key: DeviceKey, registration: Registration): Promise<string> {
  return signWith(key, "device-register", ...registrationFields(registration));
}

export function verifyRegistration(
  publicKey: string,
  signature: string,
  registration: Registration,
): Promise<boolean> {
  return verifyFrom(publicKey, signature, "device-register", ...registrationFields(registration));
}

function proofFields({ nonce, origin, role }: Proof): Uint8Array[] {
  return [utf8(nonce), utf8(origin), utf8(role)];
}

function registrationFields({ origin, account }: Registration): Uint8Array[] {
  return [utf8(origin), utf8(account)];
}
