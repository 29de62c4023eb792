import { beforeEach, describe, expect, test } from "vitest";

import { settle } from "../../shared/client/testing/fake-clock.ts";
import type { HelperMessage } from "../../shared/protocol/peer.ts";
import { createWorld, events, type World } from "./testing/world.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
});

const DOCUMENT = "AAAAAAAAAAAAAAAAAAAAAA";
const at = { document: DOCUMENT, node: 4 };

function hear(message: Exclude<HelperMessage, { type: `link.${string}` }>): void {
  world.link.emit({ type: "message", message });
}

const idOf = (number: number): string => `${number}`.padStart(22, "A");

describe("[V5] a console that says more than a person can", () => {
  test("is not heard: the page draws no more, and gets what a person shows again later", async () => {
    const page = await world.live();
    await world.record(page, events(true));
    const drawn = () => page.types.filter((type) => type === "host.guide").length;
    for (let times = 0; times < 5_000; times += 1) {
      hear({ type: "guide.pointer", at: { ...at, x: 0.5, y: 0.5 } });
      hear({
        type: "guide.stroke",
        guide: times,
        document: DOCUMENT,
        points: [[1, 1]],
        last: true,
      });
      hear({ type: "guide.highlight", guide: times, ...at, text: "Ici" });
    }
    expect(drawn()).toBe(300 + 300 + 30);
    const before = drawn();
    await world.advance(1_000);
    for (let times = 0; times < 500; times += 1)
      hear({ type: "guide.pointer", at: { ...at, x: 0.5, y: 0.5 } });
    expect(drawn() - before).toBe(60);
  });

  test("gets no more answers than a person's messages would: nothing of it queues up here", async () => {
    await world.live();
    for (let number = 0; number < 5_000; number += 1)
      hear({ type: "text.message", text: idOf(number), words: "Bonjour" });
    await settle();
    const answered = world.link.sent.filter(({ type }) => type === "text.received");
    expect(answered).toHaveLength(60);
    expect(world.view.talk?.texts).toHaveLength(60);
  });

  test("is still heard when it leaves", async () => {
    await world.live();
    for (let number = 0; number < 500; number += 1) hear({ type: "guide.clear" });
    hear({ type: "session.ended", reason: "left" });
    await settle();
    expect(world.view.scene.at).toBe("ended");
  });
});

test("[V5] what a person shows in the worst of lines is heard whole", async () => {
  const page = await world.live();
  await world.record(page, events(true));
  // 15 s of a line that stands still: 30 places of the pointer and 20 of the pen a second at most.
  for (let times = 0; times < 290; times += 1)
    hear({ type: "guide.stroke", guide: 1, document: DOCUMENT, points: [[1, times]], last: false });
  for (let times = 0; times < 20; times += 1) {
    hear({ type: "guide.highlight", guide: times, ...at, text: "" });
    hear({ type: "voice.status", state: "on", microphone: "open", hears: true, line: "good" });
  }
  expect(page.types.filter((type) => type === "host.guide")).toHaveLength(290 + 20);
});
