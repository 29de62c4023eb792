import { beforeEach, describe, expect, test } from "vitest";

import { settle, until } from "../../shared/client/testing/fake-clock.ts";
import { createDeviceKey, type DeviceKey } from "../../shared/crypto/device-key.ts";
import {
  createLinkSecret,
  formatInviteLink,
  verifyLinkMac,
} from "../../shared/crypto/invite-link.ts";
import { commitTo, pairWords, verifyCommitment } from "../../shared/crypto/spoken-pairing.ts";
import {
  createAttemptId,
  createInvitationId,
  createNonce,
  createPairingId,
} from "../../shared/ids.ts";
import { createFakeServer, type FakeServer, refused } from "../host/testing/fake-server.ts";
import type { Person } from "../store/circle-store.ts";
import { createPairing, type Pairing } from "./pairing.ts";

const SERVER = "https://epaule.example";
const card = { name: "Marie Dupont", role: "relative" as const, check: "none" as const };
const pairingId = createPairingId();
const attempt = createAttemptId();

let us: DeviceKey;
let helper: DeviceKey;
let server: FakeServer;
let added: Person[];
let blocked: string[];
let pairing: Pairing;

beforeEach(async () => {
  us = await createDeviceKey();
  helper = await createDeviceKey();
  added = [];
  blocked = [];
  server = createFakeServer({
    "invitation.open": { helper: card, key: helper.publicKey, remaining: 1_000 },
    "pairing.redeem": { pairing: pairingId },
    "pairing.begin": { attempt, helper: card },
  });
  pairing = createPairing({
    serverUrl: SERVER,
    use: () => Promise.resolve(server.socket),
    key: () => Promise.resolve(us),
    add: (person) => {
      added.push(person);
      return Promise.resolve();
    },
    isBlocked: (device) => Promise.resolve(blocked.includes(device)),
    wall: () => 42,
    changed: () => undefined,
  });
});

function bodyOf(type: string): Record<string, string> {
  const body = server.asked.find((one) => one.type === type)?.body;
  if (typeof body !== "object" || body === null) throw new Error(`${type} was not asked`);
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)]));
}

describe("[P3] by link", () => {
  const invitation = createInvitationId();
  const secret = createLinkSecret();

  test("the key is pinned, and our own is authenticated with the link's secret", async () => {
    await pairing.read(formatInviteLink(SERVER, { invitation, secret, fingerprint: helper.id }));
    expect(pairing.view()).toEqual({ step: "who", card, busy: false });
    expect(server.types).toEqual(["invitation.open"]);
    await pairing.name("Ma fille");
    expect(pairing.view()).toEqual({ step: "made", name: "Ma fille" });
    const keys = { invitation, beneficiaryKey: us.publicKey, helperKey: helper.publicKey };
    expect(await verifyLinkMac(secret, bodyOf("pairing.redeem")["mac"] ?? "", keys)).toBe(true);
    expect(added).toEqual([
      {
        pairing: pairingId,
        device: helper.id,
        key: helper.publicKey,
        card,
        name: "Ma fille",
        pairedAt: 42,
        known: false,
      },
    ]);
  });

  test("another key than the link's is refused before anything is said", async () => {
    const fingerprint = (await createDeviceKey()).id;
    await pairing.read(formatInviteLink(SERVER, { invitation, secret, fingerprint }));
    expect(pairing.view()).toEqual({ step: "enter", busy: false, problem: "KEY_CHANGED" });
    expect(server.types).toEqual(["invitation.open"]);
    expect(added).toEqual([]);
  });

  test("[P6] whom the person blocked is refused, and the server is not even asked", async () => {
    blocked = [helper.id];
    await pairing.read(formatInviteLink(SERVER, { invitation, secret, fingerprint: helper.id }));
    expect(pairing.view()).toEqual({ step: "enter", busy: false, problem: "blocked" });
    expect(server.types).toEqual([]);
  });

  test("an invitation that is not there", async () => {
    server.answers["invitation.open"] = refused("NOT_FOUND");
    await pairing.read(formatInviteLink(SERVER, { invitation, secret, fingerprint: helper.id }));
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "NOT_FOUND" });
  });

  test("what is cancelled meanwhile comes to nothing", async () => {
    const link = formatInviteLink(SERVER, { invitation, secret, fingerprint: helper.id });
    const reading = pairing.read(link);
    pairing.cancel();
    await reading;
    expect(pairing.view()).toEqual({ step: "none" });
  });
});

describe("[P4] by code", () => {
  const nonce = createNonce();

  async function reveal(): Promise<void> {
    await pairing.read("1234 5678");
    await pairing.name("Marie");
    const commitment = await commitTo("helper", helper.publicKey, nonce);
    await pairing.hear({ type: "pairing.answered", attempt, commitment });
    await pairing.hear({ type: "pairing.revealed", attempt, key: helper.publicKey, nonce });
  }

  test("we reveal only after the other's commitment, and what we had committed to", async () => {
    await pairing.read("12345678");
    await pairing.name("Marie");
    expect(server.types).toEqual(["pairing.begin"]);
    const commitment = await commitTo("helper", helper.publicKey, nonce);
    await pairing.hear({ type: "pairing.answered", attempt, commitment });
    const shown = bodyOf("pairing.reveal");
    const ours = bodyOf("pairing.begin")["commitment"] ?? "";
    expect(
      await verifyCommitment(ours, "beneficiary", shown["key"] ?? "", shown["nonce"] ?? ""),
    ).toBe(true);
  });

  test("both see the same two words; both confirm", async () => {
    await reveal();
    const words = await pairWords({
      beneficiaryKey: us.publicKey,
      beneficiaryNonce: bodyOf("pairing.reveal")["nonce"] ?? "",
      helperKey: helper.publicKey,
      helperNonce: nonce,
    });
    expect(pairing.view()).toMatchObject({ step: "words", words, confirmed: false });
    await pairing.same();
    expect(pairing.view()).toMatchObject({ confirmed: true });
    expect(added).toEqual([]);
    await pairing.hear({ type: "pairing.made", attempt, pairing: pairingId });
    expect(pairing.view()).toEqual({ step: "made", name: "Marie" });
    expect(added).toMatchObject([{ device: helper.id, key: helper.publicKey, name: "Marie" }]);
  });

  test("other words burn the code", async () => {
    await reveal();
    pairing.different();
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "different" });
    await settle();
    expect(server.types.at(-1)).toBe("pairing.cancel");
  });

  test("an opening that was not committed to is forged", async () => {
    await pairing.read("12345678");
    await pairing.name("Marie");
    const commitment = await commitTo("helper", helper.publicKey, nonce);
    await pairing.hear({ type: "pairing.answered", attempt, commitment });
    const { publicKey } = await createDeviceKey();
    await pairing.hear({ type: "pairing.revealed", attempt, key: publicKey, nonce });
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "FORGED" });
    await until(() => server.types.includes("pairing.cancel"));
  });

  test("[P6] whom the person blocked is refused before any word is shown, and the code is burnt", async () => {
    blocked = [helper.id];
    await reveal();
    expect(pairing.view()).toEqual({ step: "enter", busy: false, problem: "blocked" });
    await until(() => server.types.includes("pairing.cancel"));
    await pairing.hear({ type: "pairing.made", attempt, pairing: pairingId });
    expect(added).toEqual([]);
  });

  test("an opening before any commitment is forged", async () => {
    await pairing.read("12345678");
    await pairing.hear({ type: "pairing.revealed", attempt, key: helper.publicKey, nonce });
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "FORGED" });
  });

  test("a second commitment is forged", async () => {
    await pairing.read("12345678");
    const commitment = await commitTo("helper", helper.publicKey, nonce);
    await pairing.hear({ type: "pairing.answered", attempt, commitment });
    await pairing.hear({ type: "pairing.answered", attempt, commitment: createNonce() });
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "FORGED" });
  });

  test("a pairing that we did not confirm is none", async () => {
    await reveal();
    await pairing.hear({ type: "pairing.made", attempt, pairing: pairingId });
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "FORGED" });
    expect(added).toEqual([]);
  });

  test("a lost connection, and the server's word, break it off", async () => {
    await reveal();
    pairing.lineLost();
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "broken-off" });
    await pairing.read("12345678");
    await pairing.hear({ type: "pairing.failed", attempt });
    expect(pairing.view()).toMatchObject({ step: "enter", problem: "broken-off" });
  });

  test("the word about another attempt changes nothing", async () => {
    await reveal();
    await pairing.hear({ type: "pairing.failed", attempt: createAttemptId() });
    expect(pairing.view()).toMatchObject({ step: "words" });
  });
});
