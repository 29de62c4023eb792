import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { settle } from "../../shared/client/testing/fake-clock.ts";
import { createSessionId } from "../../shared/ids.ts";
import { createOutboxStore } from "../store/outbox-store.ts";
import { createSessionStore } from "../store/session-store.ts";
import { createFakePort, type FakePort } from "./testing/fake-port.ts";
import { CAF, createWorld, events, TAB, type World } from "./testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

describe("[M1] the three locks", () => {
  test("a recorder is told nothing before the link is open", async () => {
    await world.ring();
    await world.answer();
    const page = world.recorder();
    await world.record(page, events(true));
    expect(page.types).not.toContain("host.start");
    expect(world.link.sent).toEqual([]);
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(page.types).toContain("host.start");
    await world.record(page, events(true));
    expect(world.link.types).toEqual(["mirror.page", "mirror.events"]);
  });

  test("while it rings no recorder is let in", async () => {
    await world.ring();
    const page = world.recorder();
    await settle();
    expect(page.closed).toBe(true);
  });

  test.each<[string, Parameters<World["recorder"]>]>([
    ["another tab", [{ tab: TAB + 1 }]],
    ["another host", [{ origin: "https://autre.example" }]],
    ["plain http", [{ origin: `http://${CAF}` }]],
    ["another port", [{ origin: `https://${CAF}:8443` }]],
    ["a prerendered page", [{ lifecycle: "prerender" }]],
    ["a frame that says it is the page", [{ frame: 4 }, { document: "BBBBBBBBBBBBBBBBBBBBBA" }]],
    ["a page that says it is a frame", [{}, { top: false, document: "BBBBBBBBBBBBBBBBBBBBBA" }]],
  ])("%s is refused and hears nothing", async (_, [sender, hello]) => {
    await world.live();
    const port = world.recorder(sender, hello);
    await settle();
    expect(port.closed).toBe(true);
    expect(port.types).not.toContain("host.start");
  });

  test("a frame without an admitted page is not started", async () => {
    await world.ring();
    await world.answer();
    world.link.emit({ type: "open", known: [] });
    const frame = world.recorder({ frame: 3 }, { top: false });
    await settle();
    expect(frame.types).not.toContain("host.start");
  });

  test("[G2] at the grant's end it stops, page first", async () => {
    const page = await world.live();
    const { session, pairing } = world;
    const grant = { statement: "AAAA", signature: "A".repeat(86) };
    // The server's clock says that it ends in 20 s: less is believed, more is not.
    world.server.answers["session.current"] = {
      current: { session, pairing, state: "live", grant, remaining: 20_000 },
    };
    world.server.emit({ type: "online" });
    await world.advance(15_000);
    expect(world.view.scene.at).toBe("live");
    await world.advance(10_000);
    expect(page.types).toContain("host.stop");
    expect(world.view.scene).toMatchObject({ at: "ended" });
  });

  test("a message that is none closes that Port and pauses", async () => {
    const page = await world.live();
    page.say('{"type":"recorder.click","node":1}');
    await settle();
    expect(page.closed).toBe(true);
    expect(world.view.scene).toMatchObject({ at: "live", sees: false, hold: "mask-failed" });
    expect(world.link.sent).toContainEqual({ type: "mirror.paused", reason: "mask-failed" });
  });

  test("events of a recorder that was paused do not leave", async () => {
    const page = await world.live();
    await world.record(page, events(true));
    const before = world.link.sent.length;
    await world.say({ type: "session.pause" });
    await world.record(page, events(false));
    expect(page.types).toContain("host.pause");
    expect(world.link.types.slice(before)).toEqual(["mirror.paused"]);
  });
});

describe("stopping", () => {
  test("[S5] the page first, then stored, then sent; permissions go back", async () => {
    const page = await world.live();
    const { session } = world;
    world.server.state = "offline";
    world.panel.say({ type: "session.stop" });
    expect(page.types.at(-1)).toBe("host.stop");
    await settle();
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "stopped" });
    expect(world.called("page.close")).toEqual([{ hosts: [CAF] }]);
    const outbox = createOutboxStore(world.keyValue);
    expect(await outbox.list()).toEqual([{ type: "session.end", session, reason: "stopped" }]);
    expect(await createSessionStore(world.keyValue).load()).toBeUndefined();

    world.server.state = "online";
    world.server.emit({ type: "online" });
    await settle();
    expect(world.server.asked.find(({ type }) => type === "session.end")).toEqual({
      type: "session.end",
      body: { session, reason: "stopped" },
    });
    expect(await outbox.list()).toEqual([]);
  });

  test("[S5] what could not be sent is sent at the next start", async () => {
    await world.live();
    world.server.state = "offline";
    await world.say({ type: "session.stop" });
    world.server.state = "online";
    await world.restart();
    await settle();
    expect(world.server.types).toContain("session.end");
  });

  test("the helper is told through the link", async () => {
    await world.live();
    await world.say({ type: "session.stop" });
    expect(world.link.sent.at(-1)).toEqual({ type: "session.ended", reason: "stopped" });
    await settle();
    expect(world.link.closed).toBe(true);
  });

  test("the keyboard, the banner and the closed tab stop as well", async () => {
    const ways: ((page: FakePort) => void)[] = [
      () => void world.host.calls["session.stop"](null),
      (page) => page.say('{"type":"recorder.stop"}'),
      () => void world.host.calls["tab.moved"]({ tab: TAB, place: { at: "gone" } }),
    ];
    for (const stop of ways) {
      world = await createWorld();
      stop(await world.live());
      await settle();
      expect(world.view.scene).toMatchObject({ at: "ended", reason: "stopped" });
    }
  });

  test("[L4] a forged frame ends it", async () => {
    const page = await world.live();
    world.link.emit({ type: "forged", reason: "sequence" });
    await settle();
    expect(page.types.at(-1)).toBe("host.stop");
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "forged" });
  });

  test("[S6] the server's word ends this session, and no other", async () => {
    const page = await world.live();
    world.server.tell({ type: "session.over", session: createSessionId(), reason: "left" });
    await settle();
    expect(world.view.scene.at).toBe("live");
    world.server.tell({ type: "session.over", session: world.session, reason: "left" });
    await settle();
    expect(page.types.at(-1)).toBe("host.stop");
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "left" });
    expect(world.server.types).not.toContain("session.end");
  });

  test("[P6] ending the pairing ends its session", async () => {
    const page = await world.live();
    await world.say({ type: "circle.end", pairing: world.pairing, block: true });
    await settle();
    expect(world.view.circle).toEqual([]);
    expect(world.view.scene).toEqual({ at: "idle", notice: "person-removed" });
    expect(page.types.at(-1)).toBe("host.stop");
    expect(world.called("page.close")).toEqual([{ hosts: [CAF] }]);
    expect(world.server.asked.at(-1)).toEqual({
      type: "pairing.end",
      body: { pairing: world.pairing, block: true },
    });
  });

  test("no fault was met on the way", async () => {
    await world.live();
    await world.say({ type: "session.stop" });
    expect(world.faults).toEqual([]);
  });
});

describe("the badge and the panel", () => {
  test("the badge says at all times who sees what", async () => {
    const title = (): string =>
      z.object({ title: z.string() }).parse(world.called("badge.show").at(-1)).title;
    await world.ring();
    expect(title()).toMatch(/appelle Marie/);
    await world.answer();
    expect(title()).toMatch(/Marie ne voit rien/);
    world.recorder();
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(title()).toMatch(/Marie voit votre page \(www\.caf\.example\)/);
    await world.say({ type: "session.pause" });
    expect(title()).toMatch(/En pause/);
    await world.say({ type: "session.stop" });
    expect(title()).toMatch(/personne ne voit/);
  });

  test("only a page of ours is a panel", async () => {
    world.panel.leave();
    const stranger = await createWorld();
    const port = createFakePort("epaule.panel", { fromUs: false, tab: TAB });
    stranger.host.accept(port);
    expect(port.closed).toBe(true);
    expect(port.posted).toEqual([]);
  });

  test("[V2] the panel repeats the last highlight", async () => {
    const page = await world.live();
    await world.record(page, events(true));
    const highlight = {
      type: "guide.highlight" as const,
      guide: 1,
      document: "AAAAAAAAAAAAAAAAAAAAAA",
      node: 4,
      text: "Cliquez ici",
    };
    world.link.emit({ type: "message", message: highlight });
    await world.record(page, {
      type: "recorder.guide",
      guide: 1,
      state: "shown",
      name: "Continuer",
    });
    expect(page.types).toContain("host.guide");
    expect(world.view.scene).toMatchObject({
      highlight: { text: "Cliquez ici", name: "Continuer", state: "shown" },
    });
    expect(world.link.types).toContain("guide.state");
  });

  test("a host that nobody needs rests", async () => {
    world.panel.leave();
    await world.advance(31_000);
    expect(world.called("host.idle")).toHaveLength(1);
  });

  test("it is needed, and an update waits, while a panel is open or a session lives", async () => {
    const needed = () => world.host.calls["host.needed"](null);
    expect(await needed()).toBe(true);
    await world.live();
    world.panel.leave();
    expect(await needed()).toBe(true);
    await world.host.calls["session.stop"](null);
    await world.advance(1_000);
    expect(await needed()).toBe(false);
  });

  test("a person who was ended from the other side is shown so", async () => {
    world.server.answers["pairing.list"] = { pairings: [] };
    await world.restart();
    await settle();
    expect(world.view.circle[0]?.ended).toBe(true);
  });
});
