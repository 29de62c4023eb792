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
  const frame = flow.queue("bulk");
  for (let frames = 1; frames <= 100; frames += 1) {
    flow.sent(50_000, "bulk", 0);
    await clock.advance(100);
    flow.acknowledge(frames * 50_000);
  }
  frame.leave();
  expect(slow).toEqual([]);
});

test("[L6] on a thin line a key frame takes long, and neither it nor what waits behind it is slow", async () => {
  const { flow, slow, clock } = createWatched();
  // All at once into the socket, as a browser takes it.
  for (let frames = 0; frames < 8; frames += 1) flow.sent(50_000, "bulk", clock.now());
  const typed = flow.queue("increment");
  typed.measure(500);
  for (let frames = 1; frames <= 8; frames += 1) {
    await clock.advance(1_200);
    flow.acknowledge(frames * 50_000);
  }
  typed.leave();
  flow.sent(500, "increment", 0);
  await clock.advance(1_200);
  flow.acknowledge(400_500);
  expect(slow).toEqual([]);
});

test("[L6] a key frame that gets no further for 2 s is slow, and so is what waits behind it", async () => {
  const { flow, slow, clock } = createWatched();
  for (let frames = 0; frames < 8; frames += 1) flow.sent(50_000, "bulk", clock.now());
  flow.queue("increment");
  await clock.advance(1_500);
  flow.acknowledge(50_000);
  await clock.advance(WINDOW_MS);
  expect(slow).toEqual([]);
  await clock.advance(1);
  expect(slow).toEqual([true]);
});

test("[L6] behind a key frame no more than the window of increments waits", () => {
  const { flow, slow, clock } = createWatched();
  flow.sent(50_000, "bulk", clock.now());
  flow.queue("increment").measure(WINDOW_BYTES);
  expect(slow).toEqual([]);
  flow.queue("increment").measure(1);
  expect(slow).toEqual([true]);
});

test("[L6] an increment that waits for its turn grows old", async () => {
  const { flow, slow, clock } = createWatched();
  const typed = flow.queue("increment");
  await clock.advance(WINDOW_MS + 1);
  expect(slow).toEqual([true]);
  typed.leave();
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
