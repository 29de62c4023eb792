import { expect, test } from "vitest";

import { createNonce } from "../ids.ts";
import { WORDS } from "../words/word-list.ts";
import { createDeviceKey } from "./device-key.ts";
import { commitTo, pairWords, verifyCommitment } from "./spoken-pairing.ts";

test("[P4] a commitment opens to its role, key and nonce, and to nothing else", async () => {
  const [key, other] = [await createDeviceKey(), await createDeviceKey()];
  const nonce = createNonce();
  const commitment = await commitTo("helper", key.publicKey, nonce);
  expect(await verifyCommitment(commitment, "helper", key.publicKey, nonce)).toBe(true);
  expect(await verifyCommitment(commitment, "beneficiary", key.publicKey, nonce)).toBe(false);
  expect(await verifyCommitment(commitment, "helper", other.publicKey, nonce)).toBe(false);
  expect(await verifyCommitment(commitment, "helper", key.publicKey, createNonce())).toBe(false);
  expect(await verifyCommitment("", "helper", key.publicKey, nonce)).toBe(false);
  expect(await verifyCommitment(commitment, "helper", "", nonce)).toBe(false);
  expect(await verifyCommitment(commitment, "helper", key.publicKey, "")).toBe(false);
});

test("[P4] both sides get the same two words, and another key or nonce gives others", async () => {
  const sides = {
    beneficiaryKey: (await createDeviceKey()).publicKey,
    beneficiaryNonce: createNonce(),
    helperKey: (await createDeviceKey()).publicKey,
    helperNonce: createNonce(),
  };
  const words = await pairWords(sides);
  expect(await pairWords({ ...sides })).toEqual(words);
  for (const word of words) expect(WORDS).toContain(word);
  const others = new Set([words.join(" ")]);
  for (let attempt = 0; attempt < 20; attempt += 1)
    others.add((await pairWords({ ...sides, helperNonce: createNonce() })).join(" "));
  expect(others.size).toBeGreaterThan(18);
});
