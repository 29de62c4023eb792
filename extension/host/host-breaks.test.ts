import { beforeEach, describe, expect, test } from "vitest";

import { settle } from "../../shared/client/testing/fake-clock.ts";
import { CAF, createWorld, TAB, type World } from "./testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

describe("pausing and breaks", () => {
  test("[M5] leaving the consented site holds, coming back resumes, and both are told", async () => {
    const page = await world.live();
    await world.host.calls["tab.moved"]({ tab: TAB, place: { at: "outside" } });
    await settle();
    expect(world.view.scene).toMatchObject({ hold: "left-site", needsGesture: false });
    expect(world.link.sent).toContainEqual({ type: "mirror.paused", reason: "left-site" });
    await world.host.calls["tab.moved"]({
      tab: TAB,
      place: { at: "inside", host: CAF, loaded: true },
    });
    await settle();
    expect(world.view.scene).toMatchObject({ at: "live", sees: true });
    expect(page.types.at(-1)).toBe("host.resume");
    expect(world.link.types.at(-1)).toBe("mirror.resumed");
  });

  test("a page that is left is hidden first: only the site is told", async () => {
    const page = await world.live();
    await world.record(page, { type: "recorder.visible", visible: false });
    await world.host.calls["tab.moved"]({ tab: TAB, place: { at: "outside" } });
    page.leave();
    await world.advance(1_000);
    expect(world.link.sent.filter(({ type }) => type === "mirror.paused")).toEqual([
      { type: "mirror.paused", reason: "left-site" },
    ]);
  });

  test("a hidden tab holds the mirror until it is shown again", async () => {
    const page = await world.live();
    await world.record(page, { type: "recorder.visible", visible: false });
    await world.advance(1_000);
    expect(world.view.scene).toMatchObject({ sees: false, hold: "hidden", needsGesture: false });
    await world.record(page, { type: "recorder.visible", visible: true });
    expect(world.view.scene).toMatchObject({ sees: true });
  });

  test("a hidden tab that loads itself again is held still, until its recorder says that it is shown", async () => {
    const page = await world.live();
    await world.record(page, { type: "recorder.visible", visible: false });
    await world.advance(1_000);
    page.leave();
    const next = world.recorder({}, { document: "CCCCCCCCCCCCCCCCCCCCCA" });
    await settle();
    expect(next.posted).toMatchObject([{ type: "host.start", paused: "hidden" }]);
    expect(world.view.scene).toMatchObject({ sees: false, hold: "hidden" });
    await world.record(next, { type: "recorder.visible", visible: true });
    expect(next.types.at(-1)).toBe("host.resume");
    expect(world.view.scene).toMatchObject({ sees: true });
  });

  test("a page that begins hidden is held before anything of it is recorded", async () => {
    const page = await world.live();
    page.leave();
    const next = world.recorder({}, { document: "CCCCCCCCCCCCCCCCCCCCCA" });
    await world.record(next, { type: "recorder.pause", reason: "hidden" });
    expect(world.view.scene).toMatchObject({ sees: false, hold: "hidden", needsGesture: false });
  });

  test("a new page during a Pause gets its banner and is not recorded", async () => {
    const page = await world.live();
    await world.say({ type: "session.pause" });
    page.leave();
    const next = world.recorder({}, { document: "CCCCCCCCCCCCCCCCCCCCCA" });
    expect(next.posted).toMatchObject([{ type: "host.start", who: "Marie", paused: "asked" }]);
    await world.say({ type: "session.resume" });
    expect(next.types.at(-1)).toBe("host.resume");
  });

  test("a page that has no recorder gets one", async () => {
    const page = await world.live();
    page.leave();
    await world.host.calls["tab.moved"]({
      tab: TAB,
      place: { at: "inside", host: CAF, loaded: true },
    });
    expect(world.called("page.inject")).toEqual([{ tab: TAB }]);
  });

  test("another tab's moves mean nothing", async () => {
    await world.live();
    await world.host.calls["tab.moved"]({ tab: TAB + 1, place: { at: "gone" } });
    expect(world.view.scene).toMatchObject({ at: "live", sees: true });
  });

  test("[S4] Pause and Reprendre", async () => {
    const page = await world.live();
    await world.say({ type: "session.pause" });
    expect(world.view.scene).toMatchObject({ sees: false, hold: "asked", needsGesture: true });
    await world.say({ type: "session.resume" });
    expect(world.view.scene).toMatchObject({ sees: true });
    expect(page.types.slice(-2)).toEqual(["host.pause", "host.resume"]);
    const facts = world.server.asked.filter(({ type }) => type === "session.report");
    expect(facts.map(({ body }) => body)).toMatchObject([
      { fact: { type: "page.entered", host: CAF } },
      { fact: { type: "session.paused", reason: "asked" } },
      { fact: { type: "session.resumed" } },
    ]);
  });

  test("[S4] a lost link of a minute resumes by itself, with recording off meanwhile", async () => {
    const page = await world.live();
    world.link.emit({ type: "lost" });
    await settle();
    expect(page.types.at(-1)).toBe("host.pause");
    await world.advance(55_000);
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(world.view.scene).toMatchObject({ sees: true });
    expect(page.types.at(-1)).toBe("host.resume");
  });

  test("[S4] a longer one waits for a gesture; ten minutes end it", async () => {
    await world.live();
    world.link.emit({ type: "lost" });
    await world.advance(61_000);
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(world.view.scene).toMatchObject({ sees: false, hold: "break", needsGesture: true });
    await world.say({ type: "session.resume" });
    expect(world.view.scene).toMatchObject({ sees: true });
    world.link.emit({ type: "lost" });
    await world.advance(606_000);
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "lost" });
  });

  test("[S4] a computer that slept waits for a gesture", async () => {
    await world.live();
    world.sleep(120_000);
    await world.advance(5_000);
    expect(world.view.scene).toMatchObject({ sees: false, hold: "break" });
    world.sleep(700_000);
    await world.advance(5_000);
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "lost" });
  });
});

async function restartLive(options: { wait?: number; run?: string }): Promise<void> {
  await world.live();
  await world.advance(5_000);
  const { session } = world;
  const grant = { statement: "AAAA", signature: "A".repeat(86) };
  world.server.answers["session.current"] = {
    current: { session, pairing: world.pairing, state: "live", grant, remaining: 7_000_000 },
  };
  await world.restart(options);
  await settle();
}

describe("[S4] a killed host", () => {
  test("goes on by itself within a minute", async () => {
    await restartLive({ wait: 20_000 });
    expect(world.links).toHaveLength(2);
    const page = world.recorder();
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(page.types).toContain("host.start");
    expect(world.view.scene).toMatchObject({ at: "live", sees: true });
  });

  test("keeps a Pause", async () => {
    await world.live();
    await world.say({ type: "session.pause" });
    const { session } = world;
    const grant = { statement: "AAAA", signature: "A".repeat(86) };
    world.server.answers["session.current"] = {
      current: { session, pairing: world.pairing, state: "live", grant, remaining: 7_000_000 },
    };
    await world.restart({ wait: 1_000 });
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(world.view.scene).toMatchObject({ sees: false, hold: "asked" });
  });

  test("after a restarted browser it takes a gesture on one of its pages", async () => {
    await restartLive({ wait: 20_000, run: "second" });
    world.link.emit({ type: "open", known: [] });
    await world.say({ type: "panel.here", window: 5, tab: 40, url: "https://autre.example/" });
    expect(world.view.scene).toMatchObject({ at: "live", hold: "break", needsPage: true });
    await world.say({ type: "session.resume" });
    expect(world.view.scene).toMatchObject({ sees: false });
    await world.say({ type: "panel.here", window: 5, tab: 41, url: `https://${CAF}/` });
    expect(world.view.scene).toMatchObject({ needsPage: false });
    await world.say({ type: "session.resume" });
    expect(world.called("page.open").at(-1)).toEqual({ tab: 41, hosts: [CAF] });
    const page = world.recorder({ tab: 41 });
    await settle();
    expect(page.types).toContain("host.start");
  });

  test("after ten minutes it has ended, and the permission goes back", async () => {
    await restartLive({ wait: 601_000 });
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "lost" });
    expect(world.called("page.close")).toHaveLength(1);
  });

  test("a clock that went back ends it", async () => {
    await restartLive({ wait: -60_000 });
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "lost" });
  });

  test("a session that the server has ended meanwhile is over", async () => {
    await world.live();
    world.server.answers["session.current"] = { current: null };
    await world.restart({ wait: 5_000 });
    await settle();
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "lost" });
  });

  test("[S6] a session that ended while we were away ends with the reason that was missed", async () => {
    await world.live();
    const last = { session: world.session, reason: "left" };
    world.server.answers["session.current"] = { current: null, last };
    await world.restart({ wait: 5_000 });
    await settle();
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "left" });
  });
});
