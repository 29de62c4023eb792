import { expect, test } from "vitest";

import { type Bytes, decodeBase64url, encodeBase64url, utf8 } from "../bytes.ts";
import { statementSchema } from "../grants/statement.ts";
import { deviceIdSchema, grantIdSchema, invitationIdSchema, sessionIdSchema } from "../ids.ts";
import { decodeFrame, DIRECTION } from "../protocol/frame.ts";
import { createMessageJoiner } from "../protocol/message-codec.ts";
import { context } from "./context.ts";
import { deviceIdOf } from "./device-key.ts";
import { sha256 } from "./digest.ts";
import { openAnswer } from "./handshake.ts";
import { formatInviteLink, linkMac, parseInviteLink } from "./invite-link.ts";
import { verifyProof } from "./proof.ts";
import { createOpener, createSealer } from "./sealed-stream.ts";
import { openStatement } from "./signed-statement.ts";
import { commitTo, pairWords } from "./spoken-pairing.ts";
import vectors from "./vectors.json" with { type: "json" };

/** Known answers: a change of any byte on the wire fails here. */
const { beneficiary, helper } = vectors;

test("the context's bytes", () => {
  const fields = vectors.context.fields.map(bytes);
  expect(encodeBase64url(context("pair-commit", ...fields))).toBe(vectors.context.bytes);
});

test("a device's identifier", async () => {
  expect(await deviceIdOf(beneficiary.publicKey)).toBe(beneficiary.id);
  expect(await deviceIdOf(helper.publicKey)).toBe(helper.id);
});

test("[C1] a proof of the past still verifies", async () => {
  const { signature, nonce, origin } = vectors.proof;
  const proof = { nonce, origin, role: "beneficiary" } as const;
  expect(await verifyProof(beneficiary.publicKey, signature, proof)).toBe(true);
});

test("[G1] a grant of the past still opens, under its identifier", async () => {
  const opened = await openStatement(vectors.statement.signed, beneficiary.publicKey);
  expect(opened.statement).toEqual(statementSchema.parse(vectors.statement.fields));
  expect(opened.grant).toBe(vectors.statement.grant);
});

test("[P3] the link's text and MAC", async () => {
  const { secret, mac, text, invitation: id, ...keys } = vectors.inviteLink;
  const invitation = invitationIdSchema.parse(id);
  const fingerprint = deviceIdSchema.parse(helper.id);
  const server = "https://epaule.example";
  expect(formatInviteLink(server, { invitation, secret, fingerprint })).toBe(text);
  expect(parseInviteLink(text, server)).toEqual({ invitation, secret, fingerprint });
  expect(await linkMac(secret, { invitation, ...keys })).toBe(mac);
});

test("[P4] the commitments and the two words", async () => {
  const { beneficiaryCommitment, helperCommitment, words, ...sides } = vectors.spokenPairing;
  const { beneficiaryKey, beneficiaryNonce, helperKey, helperNonce } = sides;
  expect(await commitTo("beneficiary", beneficiaryKey, beneficiaryNonce)).toBe(
    beneficiaryCommitment,
  );
  expect(await commitTo("helper", helperKey, helperNonce)).toBe(helperCommitment);
  expect(await pairWords(sides)).toEqual(words);
});

test("[L2] [L3] [L5] a whole handshake and a message each way", async () => {
  const { link } = vectors;
  const payload = bytes(link.hello);
  const hello = { payload, hash: await sha256(payload), kem: await importKem() };
  const pinned = {
    session: sessionIdSchema.parse(link.session),
    grant: grantIdSchema.parse(link.grant),
    beneficiary: deviceIdSchema.parse(beneficiary.id),
    helper: deviceIdSchema.parse(helper.id),
  };
  const answer = bytes(link.answer);
  const { epoch, keys } = await openAnswer(hello, beneficiary.publicKey, pinned, answer, 6);
  expect(epoch).toBe(link.epoch);
  const frame = decodeFrame(bytes(link.toHelper.frame));
  const opener = createOpener({ key: keys.open, direction: DIRECTION.TO_HELPER, epoch });
  const message = await createMessageJoiner("helper").join(await opener.open(frame));
  expect(message).toEqual(link.toHelper.message);
  const sealer = createSealer({ key: keys.seal, direction: DIRECTION.TO_BENEFICIARY, epoch });
  const sealed = await sealer.seal(utf8(`\u0003${JSON.stringify(link.toBeneficiary.message)}`));
  expect(encodeBase64url(sealed)).toBe(link.toBeneficiary.frame);
});

async function importKem(): Promise<CryptoKeyPair> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const { kem } = vectors.link;
  const { x, y, crv, kty } = kem;
  return {
    privateKey: await crypto.subtle.importKey("jwk", kem, curve, false, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("jwk", { x, y, crv, kty }, curve, true, []),
  };
}

function bytes(text: string): Bytes {
  const decoded = decodeBase64url(text);
  if (!decoded) throw new Error("vector: not base64url");
  return decoded;
}
