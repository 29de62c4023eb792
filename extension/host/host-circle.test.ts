import { beforeEach, describe, expect, test } from "vitest";

import { settle } from "../../shared/client/testing/fake-clock.ts";
import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { createPairingId, type PairingId } from "../../shared/ids.ts";
import { createCircleStore } from "../store/circle-store.ts";
import { refused } from "./testing/fake-server.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const asked = (type: string) =>
  world.server.asked.filter((one) => one.type === type).map(({ body }) => body);

/** One more helper, known or not. */
async function addPerson(name: string, known = true): Promise<PairingId> {
  const pairing = createPairingId();
  const { id: device, publicKey: key } = await createDeviceKey();
  const card = { name, role: "relative", check: "none" } as const;
  await createCircleStore(world.keyValue).add({
    pairing,
    device,
    key,
    card,
    name,
    pairedAt: 1,
    known,
  });
  const answer = {
    pairings: [world.pairing, pairing].map((one) => ({ pairing: one, state: "active" })),
  };
  world.server.answers["pairing.list"] = answer;
  return pairing;
}

describe("[P8] a paused helper", () => {
  test("can't be called until resumed, and the server is told both", async () => {
    const { pairing } = world;
    await world.say({ type: "circle.pause", pairing, paused: true });
    expect(world.view.circle).toMatchObject([{ name: "Marie", paused: true }]);
    await world.say({ type: "help.ask", pairing });
    expect(world.view.scene).toEqual({ at: "idle", notice: "paused-person" });
    await world.say({ type: "circle.pause", pairing, paused: false });
    expect(world.view.circle[0]).not.toHaveProperty("paused");
    await world.say({ type: "help.ask", pairing });
    expect(world.view.scene.at).toBe("consent");
    expect(asked("pairing.pause")).toEqual([
      { pairing, paused: true },
      { pairing, paused: false },
    ]);
  });

  test("stays so after a restart", async () => {
    const { pairing } = world;
    await world.say({ type: "circle.pause", pairing, paused: true });
    await world.restart();
    await world.say({ type: "help.ask", pairing });
    expect(world.view.scene).toEqual({ at: "idle", notice: "paused-person" });
  });

  test("is so offline too; the last word is what the server hears, before it is asked for help", async () => {
    const { pairing } = world;
    world.server.state = "offline";
    await world.say({ type: "circle.pause", pairing, paused: true });
    await world.say({ type: "help.ask", pairing });
    expect(world.view.scene).toEqual({ at: "idle", notice: "paused-person" });
    await world.say({ type: "circle.pause", pairing, paused: false });
    world.server.state = "online";
    await world.ring();
    const types = world.server.types.filter((type) => /pause|nonce/.test(type));
    expect(types).toEqual(["pairing.pause", "session.nonce"]);
    expect(asked("pairing.pause")).toEqual([{ pairing, paused: false }]);
  });

  test("whose session goes on sees nothing any more", async () => {
    await world.live();
    const { session, pairing } = world;
    await world.say({ type: "circle.pause", pairing, paused: true });
    expect(world.view.scene).toEqual({ at: "idle" });
    expect(asked("session.end")).toEqual([{ session, reason: "stopped" }]);
    expect(world.called("page.close")).toHaveLength(1);
  });

  test("another one's session goes on", async () => {
    const other = await addPerson("Paul");
    await world.live();
    await world.say({ type: "circle.pause", pairing: other, paused: true });
    expect(world.view.scene.at).toBe("live");
  });
});

describe("[P9] blocked people", () => {
  test("are listed under the name that they had, and can be unblocked", async () => {
    const { pairing } = world;
    const device = world.helper.id;
    await world.say({ type: "circle.end", pairing, block: true });
    expect(world.view.circle).toEqual([]);
    expect(world.view.blocked).toEqual([{ device, name: "Marie" }]);
    await world.restart();
    expect(world.view.blocked).toEqual([{ device, name: "Marie" }]);
    await world.say({ type: "circle.unblock", device });
    await world.say({ type: "circle.unblock", device });
    expect(world.view.blocked).toEqual([]);
    expect(world.view.circle).toEqual([]);
    expect(asked("pairing.unblock")).toEqual([{ helper: device }]);
  });
});

describe("[P10] the trusted person", () => {
  test("is one at most, and the server is told", async () => {
    const other = await addPerson("Paul");
    const { pairing } = world;
    await world.say({ type: "circle.trust", pairing });
    await world.say({ type: "circle.trust", pairing: other });
    expect(world.view.circle).toMatchObject([{ name: "Marie" }, { name: "Paul", trusted: true }]);
    expect(world.view.circle[0]).not.toHaveProperty("trusted");
    await world.say({ type: "circle.trust", pairing: null });
    expect(world.view.circle.filter(({ trusted }) => trusted)).toEqual([]);
    expect(asked("trust.name")).toEqual([{ pairing }, { pairing: other }, { pairing: null }]);
  });

  test("[S5] too many changes hold up no end of a session", async () => {
    world.server.answers["trust.name"] = refused("TOO_MANY");
    await world.say({ type: "circle.trust", pairing: world.pairing });
    await world.live();
    const { session } = world;
    await world.say({ type: "session.stop" });
    expect(asked("session.end")).toEqual([{ session, reason: "stopped" }]);
  });

  test("the consent for a first session with somebody else says who will be told", async () => {
    world = await createWorld({ known: false });
    const trusted = await addPerson("Paul");
    await world.consent();
    expect(world.view.scene).not.toHaveProperty("told");
    await world.say({ type: "panel.home" });
    await world.say({ type: "circle.trust", pairing: trusted });
    await world.consent();
    expect(world.view.scene).toMatchObject({ at: "consent", told: "Paul" });
  });

  test("nobody is told of a session with somebody known, nor of their own", async () => {
    const { pairing } = world;
    const paul = await addPerson("Paul", false);
    await world.say({ type: "circle.trust", pairing: paul });
    await world.consent();
    expect(world.view.scene).not.toHaveProperty("told");
    await world.say({ type: "panel.home" });
    world = await createWorld({ known: false });
    await world.say({ type: "circle.trust", pairing: world.pairing });
    await world.consent();
    expect(world.view.scene).toMatchObject({ at: "consent" });
    expect(world.view.scene).not.toHaveProperty("told");
    expect(pairing).not.toBe(world.pairing);
  });

  test("who ended the pairing is not", async () => {
    world = await createWorld({ known: false });
    const trusted = await addPerson("Paul");
    await world.say({ type: "circle.trust", pairing: trusted });
    await createCircleStore(world.keyValue).change(trusted, { ended: true });
    await world.say({ type: "panel.home" });
    await world.consent();
    expect(world.view.scene).not.toHaveProperty("told");
    expect(world.view.circle.filter((one) => one.trusted)).toEqual([]);
  });
});

test("what a helper calls themselves now is shown once the server has said it", async () => {
  const { pairing } = world;
  const card = { name: "Marie Martin", role: "relative", check: "none" } as const;
  world.server.answers["pairing.list"] = { pairings: [{ pairing, state: "active", card }] };
  await world.restart();
  await settle();
  expect(world.view.circle).toMatchObject([{ name: "Marie", card }]);
});
