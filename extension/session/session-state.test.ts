import { describe, expect, test } from "vitest";

import { createPairingId, createSessionId } from "../../shared/ids.ts";
import { hostSchema } from "../../shared/sites.ts";
import {
  type LiveScene,
  mirrorRuns,
  needsGesture,
  type Plan,
  reduceScene,
  type Scene,
  type SceneEvent,
  toldHold,
} from "./session-state.ts";

const session = createSessionId();
const plan: Plan = {
  pairing: createPairingId(),
  window: 1,
  tab: 7,
  hosts: [hostSchema.parse("www.caf.example")],
};

function play(events: SceneEvent[], from: Scene = { at: "idle" }): Scene {
  return events.reduce(reduceScene, from);
}

const consent: SceneEvent = { type: "opened", plan, first: false, now: 0 };
const ring: SceneEvent[] = [consent, { type: "accepted" }, { type: "requested", session, now: 0 }];
const pickUp: SceneEvent[] = [...ring, { type: "picked-up", session, wall: 1_000 }];
const goLive: SceneEvent[] = [...pickUp, { type: "link-open", wall: 2_000 }];

function playLive(events: SceneEvent[]): LiveScene {
  const scene = play(events);
  if (scene.at !== "live") throw new Error(`expected a live scene, got ${scene.at}`);
  return scene;
}

describe("before the ring", () => {
  test("[S1] a plan leads to consent, consent to the ring, and only after the gesture", () => {
    expect(play([consent]).at).toBe("consent");
    expect(play([consent, { type: "requested", session, now: 0 }]).at).toBe("consent");
    expect(play(ring).at).toBe("ringing");
  });

  test("[P5] a first session asks, and hears nothing for 20 s", () => {
    const asked: SceneEvent = { type: "opened", plan, first: true, now: 100 };
    const early: SceneEvent = { type: "answered", answer: "together", now: 20_099 };
    const late: SceneEvent = { ...early, now: 20_100 };
    expect(play([asked]).at).toBe("question");
    expect(play([asked, early]).at).toBe("question");
    expect(play([asked, late]).at).toBe("consent");
    expect(play([asked, { ...late, answer: "was-called" }]).at).toBe("warned");
  });

  test("a change of page before the click starts over, with a sentence", () => {
    expect(play([consent, { type: "page-changed" }])).toEqual({
      at: "idle",
      notice: "page-changed",
    });
    expect(play([...ring, { type: "page-changed" }]).at).toBe("ringing");
  });

  test("a host is added once, and not after the click", () => {
    const other = hostSchema.parse("auth.caf.example");
    const added = play([consent, { type: "host-added", host: other }]);
    expect(added.at === "consent" && added.plan.hosts).toEqual([...plan.hosts, other]);
    expect(play([{ type: "host-added", host: other }], added)).toBe(added);
    const busy = play([consent, { type: "accepted" }]);
    expect(play([{ type: "host-added", host: other }], busy)).toBe(busy);
  });

  test("[S3] away is its own scene; another failure keeps the consent on screen", () => {
    const busy: SceneEvent[] = [consent, { type: "accepted" }];
    const away = play([...busy, { type: "failed", code: "AWAY" }]);
    expect(away).toMatchObject({ at: "unanswered", why: "away", call: "none" });
    expect(play([{ type: "call-left", call: "left" }], away)).toMatchObject({ call: "left" });
    expect(play([...busy, { type: "failed", code: "TOO_MANY" }])).toMatchObject({
      at: "consent",
      busy: false,
      notice: "TOO_MANY",
    });
  });

  test("the browser's refusal has its own sentence", () => {
    expect(play([consent, { type: "permission-refused" }])).toMatchObject({
      at: "consent",
      notice: "permission-refused",
    });
  });

  test.each(["declined", "missed"] as const)("[S2] %s is no ended session", (reason) => {
    expect(play([...ring, { type: "over", session, reason }])).toMatchObject({
      at: "unanswered",
      why: reason,
    });
  });

  test("the word about another session changes nothing", () => {
    const other = createSessionId();
    expect(play([...ring, { type: "over", session: other, reason: "stopped" }]).at).toBe("ringing");
    expect(play([...ring, { type: "picked-up", session: other, wall: 0 }]).at).toBe("ringing");
  });
});

describe("live", () => {
  test("[M1] the mirror runs only with an open link and nothing that holds it", () => {
    expect(mirrorRuns(play(pickUp))).toBe(false);
    expect(mirrorRuns(play(goLive))).toBe(true);
    expect(mirrorRuns(play([...goLive, { type: "held", reason: "asked" }]))).toBe(false);
    expect(mirrorRuns(play([...goLive, { type: "link-lost", wall: 3_000 }]))).toBe(false);
  });

  test("[M5] leaving the site holds, coming back releases, by itself", () => {
    const away = playLive([...goLive, { type: "held", reason: "left-site" }]);
    expect(needsGesture(away)).toBe(false);
    expect(mirrorRuns(play([{ type: "released", reason: "left-site" }], away))).toBe(true);
  });

  test("[S4] Pause waits for a gesture, whatever else comes and goes", () => {
    const scene = playLive([
      ...goLive,
      { type: "held", reason: "left-site" },
      { type: "held", reason: "asked" },
      { type: "released", reason: "left-site" },
    ]);
    expect(toldHold(scene)).toBe("asked");
    expect(needsGesture(scene)).toBe(true);
    expect(mirrorRuns(play([{ type: "resumed" }], scene))).toBe(true);
  });

  test("[S4] a gesture does not bring back a page that was left", () => {
    const scene = playLive([
      ...goLive,
      { type: "held", reason: "left-site" },
      { type: "held", reason: "asked" },
      { type: "resumed" },
    ]);
    expect(mirrorRuns(scene)).toBe(false);
    expect(toldHold(scene)).toBe("left-site");
  });

  test.each([
    [60_000, true],
    [60_001, false],
  ])("[S4] a break of %i ms resumes by itself: %s", (ms, byItself) => {
    const scene = playLive([
      ...goLive,
      { type: "link-lost", wall: 10_000 },
      { type: "link-open", wall: 10_000 + ms },
    ]);
    expect(mirrorRuns(scene)).toBe(byItself);
    expect(needsGesture(scene)).toBe(!byItself);
  });

  test("[S4] after ten minutes it has ended", () => {
    const lost: SceneEvent[] = [...goLive, { type: "link-lost", wall: 10_000 }];
    expect(play([...lost, { type: "tick", wall: 610_000 }]).at).toBe("live");
    expect(play([...lost, { type: "tick", wall: 610_001 }])).toMatchObject({
      at: "ended",
      reason: "lost",
    });
  });

  test("[S4] what was stored comes back as a break", () => {
    const restored: SceneEvent = { type: "restored", plan, session, holds: [], brokeAt: 5_000 };
    expect(play([restored])).toMatchObject({ at: "live", link: "lost", brokeAt: 5_000 });
    expect(mirrorRuns(play([restored, { type: "link-open", wall: 30_000 }]))).toBe(true);
    expect(mirrorRuns(play([restored, { type: "link-open", wall: 90_000 }]))).toBe(false);
  });

  test("nothing but its end leaves a live session", () => {
    const scene = play(goLive);
    expect(play([consent, { type: "closed" }, { type: "failed", code: "INTERNAL" }], scene)).toBe(
      scene,
    );
    expect(play([{ type: "over", session, reason: "stopped" }], scene)).toMatchObject({
      at: "ended",
      reason: "stopped",
    });
  });
});
