import { describe, expect, test } from "vitest";

import { decodeBase64url, encodeBase64url } from "../../../shared/bytes.ts";
import { createDeviceKey } from "../../../shared/crypto/device-key.ts";
import { signStatement } from "../../../shared/crypto/signed-statement.ts";
import { consentTextFor } from "../../../shared/grants/consent-text.ts";
import type { Statement } from "../../../shared/grants/statement.ts";
import {
  contentHashSchema,
  createNonce,
  createPairingId,
  createSessionId,
} from "../../../shared/ids.ts";
import type { CurrentSession } from "../../../shared/protocol/control.ts";
import { hostSchema } from "../../../shared/sites.ts";
import { verifyCall } from "./verified-call.ts";

async function world(change: Partial<Statement> = {}) {
  const [helper, beneficiary] = await Promise.all([createDeviceKey(), createDeviceKey()]);
  const session = createSessionId();
  const statement: Statement = {
    version: 1,
    kind: "SESSION",
    session,
    beneficiary: beneficiary.id,
    helper: helper.id,
    hosts: [hostSchema.parse("www.service.example")],
    seconds: 7200,
    text: consentTextFor("fr").hash,
    nonce: createNonce(),
    ...change,
  };
  const current: CurrentSession = {
    session,
    pairing: createPairingId(),
    state: "ringing",
    grant: await signStatement(beneficiary, statement),
    remaining: 60_000,
  };
  const person = { label: "Maman", device: beneficiary.id, key: beneficiary.publicKey };
  return { helper, beneficiary, current, person, statement };
}

describe("a call", () => {
  test("[G1] that the pinned key signed is verified", async () => {
    const { helper, current, person, statement } = await world();
    const check = await verifyCall(current, { key: helper, person });
    expect(check).toMatchObject({
      type: "verified",
      call: {
        label: "Maman",
        session: current.session,
        pairing: current.pairing,
        statement: { hosts: statement.hosts },
        peer: { id: person.device, publicKey: person.key },
      },
    });
  });

  test("[G1] with altered bytes is refused", async () => {
    const { helper, current, person } = await world();
    const bytes = decodeBase64url(current.grant.statement);
    if (!bytes) throw new Error("the statement is base64url");
    const at = new TextDecoder().decode(bytes).indexOf("7200");
    bytes[at] = "6".charCodeAt(0);
    const grant = { ...current.grant, statement: encodeBase64url(bytes) };
    expect(await verifyCall({ ...current, grant }, { key: helper, person })).toEqual({
      type: "refused",
      why: "forged",
    });
  });

  test("[G1] signed by another key than the pinned one is refused", async () => {
    const { helper, current } = await world();
    const stranger = await createDeviceKey();
    const person = { label: "Maman", device: stranger.id, key: stranger.publicKey };
    expect(await verifyCall(current, { key: helper, person })).toEqual({
      type: "refused",
      why: "forged",
    });
  });

  test("from a person whose key was never pinned is refused", async () => {
    const { helper, current } = await world();
    expect(await verifyCall(current, { key: helper, person: undefined })).toEqual({
      type: "refused",
      why: "unknown-person",
    });
  });

  test("whose grant names another helper is refused", async () => {
    const other = await createDeviceKey();
    const { helper, current, person } = await world({ helper: other.id });
    expect(await verifyCall(current, { key: helper, person })).toEqual({
      type: "refused",
      why: "not-ours",
    });
  });

  test("whose grant is for another session is refused", async () => {
    const { helper, current, person } = await world();
    const moved = { ...current, session: createSessionId() };
    expect(await verifyCall(moved, { key: helper, person })).toEqual({
      type: "refused",
      why: "not-ours",
    });
  });

  test("[G5] whose text was never published is refused", async () => {
    const text = contentHashSchema.parse(createNonce());
    const { helper, current, person } = await world({ text });
    expect(await verifyCall(current, { key: helper, person })).toEqual({
      type: "refused",
      why: "unknown-text",
    });
  });
});
