import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { openStatement } from "../../shared/crypto/signed-statement.ts";
import { consentTextFor } from "../../shared/grants/consent-text.ts";
import { signedStatementSchema } from "../../shared/grants/statement.ts";
import { hostSchema } from "../../shared/sites.ts";
import { loadDeviceKey } from "../store/device-store.ts";
import { refused } from "./testing/fake-server.ts";
import { CAF, createWorld, TAB, WINDOW, type World } from "./testing/world.ts";

const text = consentTextFor("fr").hash;
const OTHER = "https://autre.example/";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

/** What the browser says of the page in front; without `url` it keeps the address to itself. */
async function inFront(tab: number, url?: string): Promise<void> {
  await world.say({ type: "panel.here", window: WINDOW, tab, ...(url ? { url } : {}) });
}

async function ended(): Promise<void> {
  await world.live();
  await world.say({ type: "session.stop" });
  await inFront(TAB);
}

describe("[S7] asking again after the end", () => {
  test("one click, though the browser no longer tells the tab's address", async () => {
    await ended();
    expect(world.view.scene).toMatchObject({ at: "ended", tabInFront: true });
    await world.say({ type: "help.again" });
    expect(world.view.scene).toMatchObject({ at: "consent", hosts: [CAF] });
    await world.say({ type: "help.accept", hosts: [CAF], text });
    expect(world.view.scene.at).toBe("ringing");
    expect(world.called("page.find").at(-1)).toEqual({ tab: TAB, hosts: [CAF] });
  });

  test("it is a session of its own, with a grant of its own", async () => {
    await world.live();
    const first = world.session;
    await world.say({ type: "session.stop" });
    await inFront(TAB);
    await world.say({ type: "help.again" });
    await world.say({ type: "help.accept", hosts: [CAF], text });
    expect(world.session).not.toBe(first);
    expect(world.server.types.filter((type) => type === "session.request")).toHaveLength(2);
  });

  test("[M1] a tab that has moved elsewhere is found out before anything is sent", async () => {
    await ended();
    await world.say({ type: "help.again" });
    const closed = world.called("page.close").length;
    world.place = { at: "outside" };
    await world.say({ type: "help.accept", hosts: [CAF], text });
    expect(world.view.scene).toEqual({ at: "idle", notice: "page-elsewhere" });
    expect(world.server.types.filter((type) => type === "session.request")).toHaveLength(1);
    expect(world.called("page.close").slice(closed)).toEqual([{ hosts: [CAF] }]);
  });

  test("a tab that was closed is found out too", async () => {
    await ended();
    await world.say({ type: "help.again" });
    world.place = { at: "gone" };
    await world.say({ type: "help.accept", hosts: [CAF], text });
    expect(world.view.scene).toEqual({ at: "idle", notice: "page-elsewhere" });
  });

  test("another tab in front, and nothing known of it: nothing is asked", async () => {
    await ended();
    await inFront(TAB + 1);
    expect(world.view.scene).toMatchObject({ at: "ended", tabInFront: false });
    await world.say({ type: "help.again" });
    expect(world.view.scene.at).toBe("ended");
  });

  test("another tab that comes to the front before the click starts it over", async () => {
    await ended();
    await world.say({ type: "help.again" });
    await inFront(TAB + 1);
    expect(world.view.scene).toEqual({ at: "idle", notice: "page-elsewhere" });
  });

  test("an address that turns out to be another one starts it over, one of the list does not", async () => {
    await ended();
    await world.say({ type: "help.again" });
    await inFront(TAB, `https://${CAF}/suite`);
    expect(world.view.scene.at).toBe("consent");
    await inFront(TAB, OTHER);
    expect(world.view.scene).toEqual({ at: "idle", notice: "page-elsewhere" });
  });

  test("where another site is known to be in front, it is that one that is asked for", async () => {
    await ended();
    await inFront(TAB, OTHER);
    await world.say({ type: "help.again" });
    expect(world.view.scene).toMatchObject({ at: "consent", hosts: ["autre.example"] });
  });

  test("the addresses are those of last time, the one in front first", async () => {
    const login = hostSchema.parse("connexion.example");
    await world.consent();
    await world.say({ type: "help.host", host: login });
    await world.say({ type: "help.accept", hosts: [CAF, login], text });
    await world.answer();
    await world.say({ type: "session.stop" });
    await inFront(TAB, `https://${login}/`);
    await world.say({ type: "help.again" });
    expect(world.view.scene).toMatchObject({ at: "consent", hosts: [login, CAF] });
    await world.say({ type: "help.accept", hosts: [login, CAF], text });
    const asked = world.server.asked.findLast(({ type }) => type === "session.request")?.body;
    const key = await loadDeviceKey(world.keyValue);
    const { grant } = z.object({ grant: signedStatementSchema }).parse(asked);
    const { statement } = await openStatement(grant, key.publicKey);
    expect(statement.hosts).toEqual([login, CAF]);
  });

  test("[S3] a call that nobody took is tried again in the same way", async () => {
    world.server.answers["session.request"] = refused("AWAY");
    await world.ring();
    await inFront(TAB);
    expect(world.view.scene).toMatchObject({ at: "unanswered", tabInFront: true });
    await world.say({ type: "help.again" });
    expect(world.view.scene).toMatchObject({ at: "consent", hosts: [CAF] });
  });

  test("[S4] after a break that was too long too, in the same run of the browser", async () => {
    await world.live();
    await world.restart({ wait: 11 * 60_000 });
    await inFront(TAB);
    expect(world.view.scene).toMatchObject({ at: "ended", reason: "lost", tabInFront: true });
    await world.say({ type: "help.again" });
    expect(world.view.scene).toMatchObject({ at: "consent", hosts: [CAF] });
  });

  test("[S4] after a restart of the browser a tab's number means nothing", async () => {
    await world.live();
    await world.restart({ wait: 11 * 60_000, run: "second" });
    await inFront(TAB);
    expect(world.view.scene).toMatchObject({ at: "ended", tabInFront: false });
    await world.say({ type: "help.again" });
    expect(world.view.scene.at).toBe("ended");
  });

  test("in any other scene it means nothing", async () => {
    await world.say({ type: "help.again" });
    expect(world.view.scene).toEqual({ at: "idle" });
  });
});
