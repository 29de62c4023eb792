import { beforeEach, describe, expect, test } from "vitest";

import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { createNonce, createPairingId, createSessionId } from "../../shared/ids.ts";
import { hostSchema } from "../../shared/sites.ts";
import { createCircleStore, type Person } from "./circle-store.ts";
import { loadDeviceKey } from "./device-store.ts";
import { createMemoryKeyValue, type KeyValue } from "./key-value.ts";
import { createOutboxStore } from "./outbox-store.ts";
import { createSessionStore, type SessionRecord } from "./session-store.ts";
import { createSettingsStore, FIRST_SETTINGS } from "./settings-store.ts";

let keyValue: KeyValue;
beforeEach(() => {
  keyValue = createMemoryKeyValue();
});

async function person(name: string): Promise<Person> {
  const { id, publicKey } = await createDeviceKey();
  return {
    pairing: createPairingId(),
    device: id,
    key: publicKey,
    card: { name: "Marie Dupont", role: "relative", check: "none" },
    name,
    pairedAt: 1,
    known: false,
  };
}

describe("the device key", () => {
  test("is made once, and can't be extracted", async () => {
    const first = await loadDeviceKey(keyValue);
    expect(first.privateKey.extractable).toBe(false);
    expect((await loadDeviceKey(keyValue)).id).toBe(first.id);
  });

  test("two contexts at once end up with the same one", async () => {
    const [left, right] = await Promise.all([loadDeviceKey(keyValue), loadDeviceKey(keyValue)]);
    expect(left.id).toBe(right.id);
  });

  test("a key that can't be read is not replaced in silence", async () => {
    await keyValue.set("device", { id: "?" });
    await expect(loadDeviceKey(keyValue)).rejects.toThrow(/privateKey/);
    expect(await keyValue.get("device")).toEqual({ id: "?" });
  });
});

describe("the circle", () => {
  test("keeps people, and changes and removes one of them", async () => {
    const circle = createCircleStore(keyValue);
    const [marie, paul] = [await person("Marie"), await person("Paul")];
    await circle.add(marie);
    await circle.add(paul);
    await circle.change(marie.pairing, { known: true, refusedUntil: 5 });
    expect(await circle.find(marie.pairing)).toEqual({ ...marie, known: true, refusedUntil: 5 });
    expect(await circle.find(paul.pairing)).toEqual(paul);
    await circle.remove(marie.pairing);
    expect(await circle.list()).toEqual([paul]);
  });

  test("[P6] a new pairing with the same device takes the place of the old one", async () => {
    const circle = createCircleStore(keyValue);
    const marie = await person("Marie");
    await circle.add(marie);
    await circle.add({ ...marie, pairing: createPairingId(), name: "Ma fille" });
    expect((await circle.list()).map(({ name }) => name)).toEqual(["Ma fille"]);
  });

  test("[P6] who was blocked stays so after they are taken off the list", async () => {
    const circle = createCircleStore(keyValue);
    const [marie, paul] = [await person("Marie"), await person("Paul")];
    await circle.add(marie);
    await circle.block(marie);
    await circle.block(marie);
    await circle.remove(marie.pairing);
    const again = createCircleStore(keyValue);
    expect(await again.isBlocked(marie.device)).toBe(true);
    expect(await again.isBlocked(paul.device)).toBe(false);
  });

  test("[P9] a block made before there was a list is still one, and can be lifted", async () => {
    const [marie, paul] = [await person("Marie"), await person("Paul")];
    await keyValue.set("blocked", [marie.device]);
    const circle = createCircleStore(keyValue);
    expect(await circle.isBlocked(marie.device)).toBe(true);
    await circle.block(paul);
    expect(await circle.listBlocked()).toEqual([
      { device: marie.device },
      { device: paul.device, name: "Paul" },
    ]);
    await circle.unblock(marie.device);
    expect(await circle.isBlocked(marie.device)).toBe(false);
    expect(await circle.isBlocked(paul.device)).toBe(true);
  });
});

describe("the live session", () => {
  const record: SessionRecord = {
    session: createSessionId(),
    pairing: createPairingId(),
    grant: { statement: "AAAA", signature: "A".repeat(86) },
    hosts: [hostSchema.parse("www.caf.example")],
    salt: createNonce(),
    tab: 7,
    run: "one",
    holds: ["asked"],
    remaining: 1_000,
    aliveAt: 5,
  };

  test("comes back as it was", async () => {
    const sessions = createSessionStore(keyValue);
    await sessions.save(record);
    expect(await sessions.load()).toEqual(record);
    await sessions.clear();
    expect(await sessions.load()).toBeUndefined();
  });

  test.each([
    ["another shape", { session: record.session }],
    ["a host that is none", { ...record, hosts: ["*.example"] }],
    ["no host", { ...record, hosts: [] }],
    ["a text", "session"],
  ])("%s is no session: fail closed", async (_, stored) => {
    await keyValue.set("session", stored);
    expect(await createSessionStore(keyValue).load()).toBeUndefined();
  });
});

describe("what is still to be sent", () => {
  test("[S5] waits, once for each matter, until it was sent", async () => {
    const outbox = createOutboxStore(keyValue);
    const session = createSessionId();
    const pairing = createPairingId();
    await outbox.add({ type: "session.end", session, reason: "lost" });
    await outbox.add({ type: "session.end", session, reason: "stopped" });
    await outbox.add({ type: "pairing.end", pairing, block: true });
    expect(await outbox.list()).toEqual([
      { type: "session.end", session, reason: "stopped" },
      { type: "pairing.end", pairing, block: true },
    ]);
    await outbox.sent({ type: "session.end", session, reason: "stopped" });
    expect(await outbox.list()).toEqual([{ type: "pairing.end", pairing, block: true }]);
  });

  test("[P8] a word that was said while an older one was on its way is not taken for sent", async () => {
    const outbox = createOutboxStore(keyValue);
    const pairing = createPairingId();
    const [pause, resume] = [true, false].map(
      (paused) => ({ type: "pairing.pause", pairing, paused }) as const,
    );
    if (!pause || !resume) throw new Error("two words");
    await outbox.add(pause);
    await outbox.add(resume);
    await outbox.sent(pause);
    expect(await outbox.list()).toEqual([resume]);
    await outbox.sent(resume);
    expect(await outbox.list()).toEqual([]);
  });

  test("what can't be read is dropped", async () => {
    await keyValue.set("outbox", [{ type: "mail" }]);
    expect(await createOutboxStore(keyValue).list()).toEqual([]);
  });
});

describe("the settings", () => {
  test("are the first ones until they change, one at a time", async () => {
    const settings = createSettingsStore(keyValue);
    expect(await settings.load()).toEqual(FIRST_SETTINGS);
    expect(FIRST_SETTINGS).toMatchObject({ readMessages: false, readHighlights: false });
    await settings.change({ volume: 0.5, microphone: "casque", number: "06 12 34 56 78" });
    await settings.change({ readSpeed: "slow", microphone: null });
    expect(await settings.load()).toEqual({
      ...FIRST_SETTINGS,
      volume: 0.5,
      readSpeed: "slow",
      number: "06 12 34 56 78",
    });
  });

  test.each([{ volume: 7 }, { readSpeed: "instantly" }, "loud", { ...FIRST_SETTINGS, more: 1 }])(
    "what can't be read is the first ones: %j",
    async (stored) => {
      await keyValue.set("settings", stored);
      expect(await createSettingsStore(keyValue).load()).toEqual(FIRST_SETTINGS);
    },
  );
});
