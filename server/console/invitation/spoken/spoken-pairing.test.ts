import { expect, test, vi } from "vitest";

import { createDeviceKey } from "../../../../shared/crypto/device-key.ts";
import { commitTo, pairWords } from "../../../../shared/crypto/spoken-pairing.ts";
import {
  createAttemptId,
  createInvitationId,
  createNonce,
  createPairingId,
} from "../../../../shared/ids.ts";
import { browserClock } from "../../store/browser-clock.ts";
import { createMemoryKeyValue } from "../../store/key-value.ts";
import { openInviteSecrets } from "../../store/pins.ts";
import { createTestingSocket } from "../../store/testing-socket.ts";
import { createSpokenPairing } from "./spoken-pairing.ts";

async function world() {
  const [key, beneficiary] = await Promise.all([createDeviceKey(), createDeviceKey()]);
  const invites = openInviteSecrets(createMemoryKeyValue(), "me");
  const invitation = createInvitationId();
  const expiresAt = new Date().toISOString();
  await invites.put(invitation, { secret: "secret", label: "Mamie", expiresAt });
  const server = createTestingSocket({});
  const onMade = vi.fn<() => void>();
  const spoken = createSpokenPairing({
    socket: server.socket,
    key,
    invites,
    clock: browserClock,
    isHidden: () => false,
    onMade,
  });
  const attempt = createAttemptId();
  const nonce = createNonce();
  const commitment = await commitTo("beneficiary", beneficiary.publicKey, nonce);
  server.say({ type: "pairing.begun", attempt, invitation, commitment });
  await vi.waitFor(() => expect(server.askedFor("pairing.reveal")).toHaveLength(1));
  return { key, beneficiary, invites, invitation, server, spoken, attempt, nonce, onMade };
}

test("[P4] commits before it reveals, and shows the two words of both openings", async () => {
  const { key, beneficiary, server, spoken, attempt, nonce } = await world();
  expect(server.asked.map(({ type }) => type)).toEqual(["pairing.answer", "pairing.reveal"]);
  server.say({ type: "pairing.revealed", attempt, key: beneficiary.publicKey, nonce });
  await vi.waitFor(() => expect(spoken.get().step).toBe("comparing"));
  const [revealed] = server.askedFor("pairing.reveal");
  const helperNonce = revealed && "nonce" in revealed.body ? String(revealed.body.nonce) : "";
  const words = await pairWords({
    beneficiaryKey: beneficiary.publicKey,
    beneficiaryNonce: nonce,
    helperKey: key.publicKey,
    helperNonce,
  });
  expect(spoken.get()).toMatchObject({ words, label: "Mamie" });
});

test("[P4] keeps the confirmed key before it says « same »", async () => {
  const { beneficiary, server, spoken, attempt, nonce, invites, invitation, onMade } =
    await world();
  server.say({ type: "pairing.revealed", attempt, key: beneficiary.publicKey, nonce });
  await vi.waitFor(() => expect(spoken.get().step).toBe("comparing"));
  expect(await invites.get(invitation)).not.toHaveProperty("confirmedKey");
  await spoken.confirm();
  expect(await invites.get(invitation)).toMatchObject({ confirmedKey: beneficiary.publicKey });
  expect(spoken.get().step).toBe("waiting");
  server.say({ type: "pairing.made", attempt, pairing: createPairingId() });
  expect(spoken.get()).toEqual({ step: "made", label: "Mamie" });
  expect(onMade).toHaveBeenCalledOnce();
});

test("[P4] another key than the committed one burns the code", async () => {
  const { server, spoken, attempt, nonce } = await world();
  const stranger = await createDeviceKey();
  server.say({ type: "pairing.revealed", attempt, key: stranger.publicKey, nonce });
  await vi.waitFor(() => expect(server.askedFor("pairing.cancel")).toHaveLength(1));
  expect(spoken.get()).toMatchObject({ step: "failed", why: "different" });
});

test("[P4] « not the same » burns the code and keeps no key", async () => {
  const { beneficiary, server, spoken, attempt, nonce, invites, invitation } = await world();
  server.say({ type: "pairing.revealed", attempt, key: beneficiary.publicKey, nonce });
  await vi.waitFor(() => expect(spoken.get().step).toBe("comparing"));
  await spoken.refuse();
  expect(spoken.get()).toMatchObject({ step: "failed", why: "different" });
  expect(server.askedFor("pairing.cancel")).toHaveLength(1);
  expect(await invites.get(invitation)).not.toHaveProperty("confirmedKey");
});

test("a code of another browser of this account is left to that browser", async () => {
  const { server, attempt } = await world();
  const before = server.asked.length;
  const commitment = createNonce();
  server.say({ type: "pairing.begun", attempt, invitation: createInvitationId(), commitment });
  await Promise.resolve();
  expect(server.asked).toHaveLength(before);
});
