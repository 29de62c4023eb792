import { expect, test } from "vitest";

import { decodeBase64url, encodeBase64url, utf8 } from "../bytes.ts";
import { consentTextFor } from "../grants/consent-text.ts";
import type { Statement } from "../grants/statement.ts";
import { createNonce, createSessionId } from "../ids.ts";
import { hostSchema } from "../sites.ts";
import { createDeviceKey, type DeviceKey } from "./device-key.ts";
import { openStatement, signStatement } from "./signed-statement.ts";

async function createStatement(key: DeviceKey): Promise<Statement> {
  return {
    version: 1,
    kind: "SESSION",
    session: createSessionId(),
    beneficiary: key.id,
    helper: (await createDeviceKey()).id,
    hosts: [hostSchema.parse("demarches.example.fr")],
    seconds: 7200,
    text: consentTextFor("fr").hash,
    nonce: createNonce(),
  };
}

test("[G1] a signed statement opens to itself, and its grant is the hash of its bytes", async () => {
  const key = await createDeviceKey();
  const statement = await createStatement(key);
  const opened = await openStatement(await signStatement(key, statement), key.publicKey);
  expect(opened.statement).toEqual(statement);
  const digest = await crypto.subtle.digest("SHA-256", opened.bytes);
  expect(opened.grant).toBe(encodeBase64url(new Uint8Array(digest)));
});

test("[G1] nobody signs for another device", async () => {
  const [key, other] = [await createDeviceKey(), await createDeviceKey()];
  const statement = await createStatement(key);
  await expect(signStatement(other, statement)).rejects.toMatchObject({ code: "BAD_MESSAGE" });
  const signed = await signStatement({ ...other, id: key.id }, statement);
  await expect(openStatement(signed, key.publicKey)).rejects.toMatchObject({ code: "FORGED" });
  await expect(openStatement(signed, other.publicKey)).rejects.toMatchObject({ code: "FORGED" });
});

test("[G1] one changed word of the statement is refused", async () => {
  const key = await createDeviceKey();
  const signed = await signStatement(key, await createStatement(key));
  const text = new TextDecoder().decode(decodeBase64url(signed.statement));
  const widened = text.replace("demarches.example.fr", "demarches.example.re");
  expect(widened).not.toBe(text);
  const forged = { ...signed, statement: encodeBase64url(utf8(widened)) };
  await expect(openStatement(forged, key.publicKey)).rejects.toMatchObject({ code: "FORGED" });
});

test("[G1] what is not a statement is refused before its signature is looked at", async () => {
  const key = await createDeviceKey();
  const signed = await signStatement(key, await createStatement(key));
  for (const statement of ["", "!", encodeBase64url(utf8("{}")), encodeBase64url(utf8("null"))])
    await expect(openStatement({ ...signed, statement }, key.publicKey)).rejects.toMatchObject({
      code: "BAD_MESSAGE",
    });
});
