import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";

import { settle } from "../../shared/client/testing/fake-clock.ts";
import { openStatement } from "../../shared/crypto/signed-statement.ts";
import { consentTextFor } from "../../shared/grants/consent-text.ts";
import { signedStatementSchema } from "../../shared/grants/statement.ts";
import { hashLostCode } from "../../shared/lost/lost-link.ts";
import { hostSchema } from "../../shared/sites.ts";
import { loadDeviceKey } from "../store/device-store.ts";
import { createReceiptStore } from "../store/receipt-store.ts";
import { refused } from "./testing/fake-server.ts";
import { CAF, createWorld, TAB, WINDOW, type World } from "./testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

describe("asking for help", () => {
  test("[S1] nothing is asked of the server before « J'accepte »", async () => {
    await world.consent();
    expect(world.view.scene).toMatchObject({ at: "consent", hosts: [CAF] });
    expect(world.server.types.filter((type) => type.startsWith("session."))).toEqual([]);
  });

  test("[G1] « J'accepte » signs a statement that says what was on the screen", async () => {
    world = await createWorld({ voice: true });
    await world.ring();
    expect(world.view.scene.at).toBe("ringing");
    const asked = world.server.asked.find(({ type }) => type === "session.request")?.body;
    const key = await loadDeviceKey(world.keyValue);
    const { grant } = z.object({ grant: signedStatementSchema }).parse(asked);
    const { statement } = await openStatement(grant, key.publicKey);
    expect(statement).toMatchObject({
      kind: "SESSION",
      helper: world.helper.id,
      hosts: [CAF],
      seconds: 7200,
      text: consentTextFor("fr").hash,
    });
  });

  test("[E1] [E5] the receipt of the consent is kept, and the server got the hash of the lost link", async () => {
    await world.ring();
    const store = createReceiptStore(world.keyValue);
    await vi.waitFor(async () => expect(await store.list()).toHaveLength(1));
    const [kept] = await store.list();
    expect(kept?.name).toBe("Marie");
    const asked = world.server.asked.find(({ type }) => type === "session.request")?.body;
    const lost = await hashLostCode(await store.lostCode());
    expect(asked).toMatchObject({ lost });
    expect(JSON.stringify(asked)).not.toContain(await store.lostCode());
    expect(world.faults).toEqual([]);
  });

  test("[E1] a receipt of another grant is not kept, and stops nothing", async () => {
    const answer = world.server.answers["session.request"];
    if (typeof answer !== "function") throw new Error("no receipt is made");
    await world.ring();
    const body = world.server.asked.find(({ type }) => type === "session.request")?.body;
    world.server.answers["session.request"] = () => answer(body);
    await world.say({ type: "session.stop" });
    await world.ring();
    expect(world.view.scene.at).toBe("ringing");
    await vi.waitFor(() => expect(world.faults).toMatchObject([{ code: "FORGED" }]));
    expect(await createReceiptStore(world.keyValue).list()).toHaveLength(1);
  });

  test("other hosts than the screen's start it over, and the permission goes back", async () => {
    await world.consent();
    const hosts = [CAF, hostSchema.parse("autre.example")];
    await world.say({ type: "help.accept", hosts, text: consentTextFor("fr").hash });
    expect(world.view.scene).toEqual({ at: "idle", notice: "page-changed" });
    expect(world.called("page.close")).toEqual([{ hosts: [CAF] }]);
    expect(world.server.types).not.toContain("session.request");
  });

  test("a text that was never published is refused", async () => {
    await world.consent();
    const text = consentTextFor("fr").hash.replace(/^./, (first) => (first === "A" ? "B" : "A"));
    world.panel.say({ type: "help.accept", hosts: [CAF], text });
    await settle();
    expect(world.server.types).not.toContain("session.request");
  });

  test("another page in front before the click starts it over", async () => {
    await world.consent();
    const url = "https://autre.example/";
    await world.say({ type: "panel.here", window: WINDOW, tab: TAB, url });
    expect(world.view.scene).toEqual({ at: "idle", notice: "page-changed" });
  });

  test("another page in another window changes nothing", async () => {
    await world.consent();
    await world.say({ type: "panel.here", window: WINDOW + 1, tab: 99 });
    expect(world.view.scene.at).toBe("consent");
  });

  test("the tab itself says where it is, at the click", async () => {
    await world.consent();
    world.place = { at: "outside" };
    await world.say({ type: "help.accept", hosts: [CAF], text: consentTextFor("fr").hash });
    expect(world.view.scene).toEqual({ at: "idle", notice: "page-changed" });
    expect(world.server.types).not.toContain("session.request");
  });

  test.each(["http://www.caf.example/", "chrome://settings/", "https://10.0.0.1/", undefined])(
    "[G3] no help on %j",
    async (url) => {
      await world.say({ type: "panel.here", window: WINDOW, tab: TAB, ...(url ? { url } : {}) });
      await world.say({ type: "help.ask", pairing: world.pairing });
      expect(world.view.scene.at).toBe("idle");
    },
  );

  test("[S3] away: a call can be left, once", async () => {
    world.server.answers["session.request"] = refused("AWAY");
    await world.ring();
    expect(world.view.scene).toMatchObject({ at: "unanswered", why: "away", call: "none" });
    expect(world.called("page.close")).toHaveLength(1);
    await world.say({ type: "call.leave" });
    await world.say({ type: "call.leave" });
    expect(world.view.scene).toMatchObject({ call: "left" });
    expect(world.server.types.filter((type) => type === "call.leave")).toHaveLength(1);
  });

  test("[S2] a ring can be cancelled; the server hears of it", async () => {
    await world.ring();
    const { session } = world;
    await world.say({ type: "ring.cancel" });
    expect(world.view.scene).toEqual({ at: "idle" });
    expect(world.server.asked).toContainEqual({
      type: "session.end",
      body: { session, reason: "cancelled" },
    });
  });

  test("[S2] a ring of which nothing is heard is missed", async () => {
    await world.ring();
    await world.advance(65_000);
    expect(world.view.scene).toMatchObject({ at: "unanswered", why: "missed" });
  });
});

describe("[P5] a first session", () => {
  test("« On m'a appelé » refuses that person for an hour", async () => {
    world = await createWorld({ known: false });
    await world.say({ type: "help.ask", pairing: world.pairing });
    expect(world.view.scene).toMatchObject({ at: "question", inertMs: 20_000 });
    await world.say({ type: "help.answer", answer: "was-called" });
    expect(world.view.scene.at).toBe("question");
    await world.advance(20_000);
    await world.say({ type: "help.answer", answer: "was-called" });
    expect(world.view.scene.at).toBe("warned");
    await world.say({ type: "panel.home" });
    expect(world.view.circle[0]?.refusedMinutes).toBe(60);
    await world.say({ type: "help.ask", pairing: world.pairing });
    expect(world.view.scene).toEqual({ at: "idle", notice: "refused-person" });
    world.sleep(3_600_000);
    await world.say({ type: "help.ask", pairing: world.pairing });
    expect(world.view.scene.at).toBe("question");
  });

  test("after one that was live, nothing is asked any more", async () => {
    world = await createWorld({ known: false });
    await world.live();
    await world.say({ type: "session.stop" });
    await world.say({ type: "help.ask", pairing: world.pairing });
    expect(world.view.scene.at).toBe("consent");
  });
});

test("[E5] a computer that was declared lost says so in the panel", async () => {
  expect(world.view.retired).toBeUndefined();
  world.server.emit({ type: "closed", code: 4408 });
  expect(world.view.retired).toBeUndefined();
  world.server.emit({ type: "closed", code: 4411 });
  expect(world.view.retired).toBe(true);
  world.server.emit({ type: "online" });
  await settle();
  expect(world.view.retired).toBeUndefined();
});
