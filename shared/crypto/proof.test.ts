import { expect, test } from "vitest";

import { createNonce } from "../ids.ts";
import { createDeviceKey } from "./device-key.ts";
import { signProof, signRegistration, verifyProof, verifyRegistration } from "./proof.ts";

test("[C1] a proof is for one nonce, one origin and one role", async () => {
  const key = await createDeviceKey();
  const proof = { nonce: createNonce(), origin: "https://epaule.example", role: "helper" } as const;
  const signature = await signProof(key, proof);
  expect(await verifyProof(key.publicKey, signature, proof)).toBe(true);
  const others = [
    { ...proof, nonce: createNonce() },
    { ...proof, origin: "https://epaule.example.org" },
    { ...proof, role: "beneficiary" as const },
  ];
  for (const other of others)
    expect(await verifyProof(key.publicKey, signature, other)).toBe(false);
});

test("[C5] a registration is for one account on one origin, and is no proof", async () => {
  const key = await createDeviceKey();
  const registration = { origin: "https://epaule.example", account: "42" };
  const signature = await signRegistration(key, registration);
  expect(await verifyRegistration(key.publicKey, signature, registration)).toBe(true);
  expect(
    await verifyRegistration(key.publicKey, signature, { ...registration, account: "43" }),
  ).toBe(false);
  const proof = { nonce: registration.origin, origin: registration.account, role: "helper" };
  expect(await verifyProof(key.publicKey, signature, { ...proof, role: "helper" })).toBe(false);
});
