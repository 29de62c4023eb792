import { expect, test } from "vitest";

import { WINDOW_BYTES, WINDOW_MS } from "../../protocol/limits.ts";
import { createFakeClock } from "../testing/fake-clock.ts";
import { createFlow } from "./flow.ts";

function createWatched() {
  const clock = createFakeClock();
  const slow: boolean[] = [];
  const flow = createFlow(clock, (now) => slow.push(now));
  return { clock, slow, flow };
}

test("[L6] 512 KiB of increments are the window, and one byte more is too much", () => {
  const { flow, slow, clock } = createWatched();
  flow.sent(WINDOW_BYTES, "increment", clock.now());
  expect(slow).toEqual([]);
  flow.sent(1, "increment", clock.now());
  expect([slow, flow.congested]).toEqual([[true], true]);
});

test("[L6] it is over when everything is acknowledged, not before", () => {
  const { flow, slow, clock } = createWatched();
  flow.sent(WINDOW_BYTES, "increment", clock.now());
  flow.sent(100, "increment", clock.now());
  flow.acknowledge(WINDOW_BYTES);
  expect(flow.congested).toBe(true);
  flow.acknowledge(WINDOW_BYTES + 100);
  expect(slow).toEqual([true, false]);
});

test("[L6] 2 s without acknowledgement are too long, whatever was sent", async () => {
  for (const weight of ["increment", "bulk"] as const) {
    const { flow, slow, clock } = createWatched();
    flow.sent(10, weight, clock.now());
    await clock.advance(WINDOW_MS);
    expect(slow).toEqual([]);
    await clock.advance(1);
    expect(slow).toEqual([true]);
  }
});

test("[L6] a key frame is no congestion while it gets through", async () => {
  const { flow, slow, clock } = createWatched();
  const leave = flow.queue("bulk");
  for (let frames = 1; frames <= 100; frames += 1) {
    flow.sent(50_000, "bulk", 0);
    await clock.advance(100);
    flow.acknowledge(frames * 50_000);
  }
  leave();
  expect(slow).toEqual([]);
});

test("[L6] an increment that waits for its turn grows old", async () => {
  const { flow, slow, clock } = createWatched();
  const leave = flow.queue("increment");
  await clock.advance(WINDOW_MS + 1);
  expect(slow).toEqual([true]);
  leave();
  flow.sent(10, "increment", 0);
  flow.acknowledge(10);
  expect(slow).toEqual([true, false]);
});

test("[L6] acknowledgements of our own never count", async () => {
  const { flow, slow, clock } = createWatched();
  flow.sent(WINDOW_BYTES * 2, "acknowledgement", clock.now());
  await clock.advance(60_000);
  expect(slow).toEqual([]);
});

test("[L6] nobody acknowledges what did not leave, or takes an acknowledgement back", () => {
  const { flow, clock } = createWatched();
  flow.sent(100, "increment", clock.now());
  expect(() => flow.acknowledge(101)).toThrow("did not send");
  flow.acknowledge(100);
  expect(() => flow.acknowledge(99)).toThrow("did not send");
});
