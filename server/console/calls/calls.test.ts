import { expect, test, vi } from "vitest";

import { createDeviceKey } from "../../../shared/crypto/device-key.ts";
import { signStatement } from "../../../shared/crypto/signed-statement.ts";
import { consentTextFor } from "../../../shared/grants/consent-text.ts";
import { createNonce, createPairingId, createSessionId } from "../../../shared/ids.ts";
import { CLOSE } from "../../../shared/protocol/close-codes.ts";
import type { CurrentSession } from "../../../shared/protocol/control.ts";
import { hostSchema } from "../../../shared/sites.ts";
import { type Circle, noCircle } from "../people/circle.ts";
import { createTestingSocket } from "../store/testing-socket.ts";
import { createCalls } from "./calls.ts";

async function world(options: { late?: boolean; tab?: boolean; state?: "ringing" | "live" } = {}) {
  const [key, beneficiary] = await Promise.all([createDeviceKey(), createDeviceKey()]);
  const session = createSessionId();
  const pairing = createPairingId();
  const current: CurrentSession = {
    session,
    pairing,
    state: options.state ?? "ringing",
    grant: await signStatement(beneficiary, {
      version: 1,
      kind: "SESSION",
      session,
      beneficiary: beneficiary.id,
      helper: key.id,
      hosts: [hostSchema.parse("www.service.example")],
      seconds: 7200,
      text: consentTextFor("fr").hash,
      nonce: createNonce(),
    }),
    remaining: 60_000,
  };
  const person = { pairing, device: beneficiary.id, key: beneficiary.publicKey, label: "Mamie" };
  let circleState = { ...noCircle, loaded: true, people: options.late ? [] : [person] };
  const circle: Circle = {
    get: () => circleState,
    subscribe: () => () => undefined,
    refresh: async () => {
      circleState = { ...circleState, people: [person] };
    },
    rename: async () => undefined,
    end: async () => undefined,
    dismiss: () => undefined,
  };
  const server = createTestingSocket({
    "session.answer": () => ({ ...current, state: "live" }),
    "session.current": () => ({ current }),
  });
  let remembered: string | null = options.tab ? session : null;
  const tab = {
    get: () => remembered,
    set: (value: string) => (remembered = value),
    clear: () => (remembered = null),
  };
  const onMissed = vi.fn<() => void>();
  const calls = createCalls({ socket: server.socket, key, circle, tab, onMissed });
  return { calls, server, current, session, tab, onMissed };
}

test("[S2] a verified ring is answered, and this tab remembers it", async () => {
  const { calls, server, current, session, tab } = await world();
  server.say({ type: "ring", call: current });
  await vi.waitFor(() => expect(calls.get().ringing).toHaveLength(1));
  await calls.answer(session);
  expect(calls.get()).toMatchObject({ ringing: [], live: { session, label: "Mamie" } });
  expect(tab.get()).toBe(session);
  calls.over(session, "stopped");
  expect(calls.get()).toMatchObject({ live: undefined, news: { type: "over", label: "Mamie" } });
  expect(tab.get()).toBeNull();
});

test("[G1] a ring that does not verify never rings: it is declined and said", async () => {
  const { calls, server, current } = await world();
  const stranger = createSessionId();
  server.say({ type: "ring", call: { ...current, session: stranger } });
  await vi.waitFor(() => expect(server.askedFor("session.decline")).toHaveLength(1));
  expect(calls.get()).toMatchObject({ ringing: [], news: { type: "refused", why: "not-ours" } });
});

test("someone who was paired a moment ago can call", async () => {
  const { calls, server, current } = await world({ late: true });
  server.say({ type: "ring", call: current });
  await vi.waitFor(() => expect(calls.get().ringing).toMatchObject([{ label: "Mamie" }]));
});

test("[S2] a missed ring is said, and the list is read again", async () => {
  const { calls, server, current, session, onMissed } = await world();
  server.say({ type: "ring", call: current });
  await vi.waitFor(() => expect(calls.get().ringing).toHaveLength(1));
  server.say({ type: "ring.over", session, reason: "missed" });
  expect(calls.get()).toMatchObject({ ringing: [], news: { type: "missed" } });
  expect(onMissed).toHaveBeenCalledOnce();
});

test("[S4] a tab that answered comes back to its session after a reload", async () => {
  const { calls, server, session } = await world({ tab: true, state: "live" });
  server.tell({ type: "online" });
  await vi.waitFor(() => expect(calls.get().live).toMatchObject({ session }));
});

test("[R1] another tab says that the session is open elsewhere, and may take it", async () => {
  const { calls, server, session } = await world({ state: "live" });
  server.tell({ type: "online" });
  await vi.waitFor(() => expect(calls.get().otherTab).toMatchObject({ session }));
  expect(calls.get().live).toBeUndefined();
  calls.takeOver();
  expect(calls.get()).toMatchObject({ live: { session }, otherTab: undefined });
  server.tell({ type: "closed", code: CLOSE.REPLACED });
  expect(calls.get()).toMatchObject({ live: undefined, otherTab: { session } });
  // The screen that goes away says « closed »: the session goes on in the other tab.
  calls.over(session, "closed");
  expect(calls.get()).toMatchObject({ otherTab: { session }, news: undefined });
});
