import { expect, test } from "vitest";

import { BURST_BYTES, RATE_BYTES_PER_S } from "../../protocol/limits.ts";
import { createFakeClock } from "../testing/fake-clock.ts";
import { createPace } from "./pace.ts";

const FRAME = 49_182;

test("[R5] whatever the time, a sender stays below what the relay allows", () => {
  let now = 0;
  const pace = createPace({ ...createFakeClock(), now: () => now });
  let sent = 0;
  while (now < 60_000) {
    const wait = pace.take(FRAME, 0);
    now += wait;
    sent += wait > 0 ? 0 : FRAME;
    expect(sent).toBeLessThan(BURST_BYTES + (RATE_BYTES_PER_S * now) / 1000);
  }
  expect(sent).toBeGreaterThan(60 * 850 * 1024);
});

test("[R5] what is urgent finds a reserve that the rest leaves", () => {
  const pace = createPace(createFakeClock());
  while (pace.take(FRAME, 65_536) === 0);
  expect(pace.take(FRAME, 65_536)).toBeGreaterThan(0);
  expect(pace.take(200, 0)).toBe(0);
});
