import { expect, test } from "vitest";

import type { HelperMessage } from "../../../shared/protocol/peer.ts";
import { createGuidance } from "./guidance.ts";

const at = (x: number) => ({ document: "D".repeat(22), node: 4, x, y: 0.5 });

function setUp() {
  const sent: HelperMessage[] = [];
  const gates: (() => void)[] = [];
  let open = true;
  let fails = false;
  const guidance = createGuidance({
    isOpen: () => open,
    send(message) {
      if (fails) return Promise.reject(new Error("lost"));
      sent.push(message);
      return new Promise((resolve) => {
        gates.push(resolve);
      });
    },
  });
  const settle = async () => {
    for (const gate of gates.splice(0)) gate();
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  };
  return {
    guidance,
    sent,
    settle,
    close: () => {
      open = false;
    },
    fail: () => {
      fails = true;
    },
  };
}

test("of the pointer only the newest place is sent while the line is busy", async () => {
  const { guidance, sent, settle } = setUp();
  for (let x = 0; x < 10; x += 1) guidance.pointer(at(x / 10));
  await settle();
  expect(sent).toHaveLength(2);
  expect(sent.at(-1)).toMatchObject({ type: "guide.pointer", at: { x: 0.9 } });
});

test("leaving the mirror is told too", async () => {
  const { guidance, sent, settle } = setUp();
  guidance.pointer(at(0));
  guidance.pointer(null);
  await settle();
  expect(sent.at(-1)).toEqual({ type: "guide.pointer", at: null });
});

test("a closed link keeps no old place for the next one", async () => {
  const { guidance, sent, settle, close } = setUp();
  close();
  guidance.pointer(at(0));
  await settle();
  expect(sent).toEqual([]);
});

test("highlights have numbers of their own, and say whether they left", async () => {
  const { guidance, settle, fail } = setUp();
  const first = guidance.highlight(at(0), "ici");
  await settle();
  expect(await first.sent).toBe(true);
  fail();
  const second = guidance.highlight(at(0), "");
  expect(second.guide).toBeGreaterThan(first.guide);
  expect(await second.sent).toBe(false);
});

test("all batches of a stroke carry its number, and the next stroke another", () => {
  const { guidance, sent } = setUp();
  guidance.stroke("D", [[0, 0]], false);
  guidance.stroke("D", [[1, 1]], true);
  guidance.stroke("D", [[2, 2]], true);
  const [one, two, three] = sent.map((message) => ("guide" in message ? message.guide : -1));
  expect(one).toBe(two);
  expect(three).not.toBe(one);
});
