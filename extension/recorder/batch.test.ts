import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { MirrorEvent } from "../messaging/recorder-port.ts";
import { createBatch } from "./batch.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const increment = (data: unknown): MirrorEvent => ({ type: 3, timestamp: 1, data });
const change = (id: number): MirrorEvent => increment({ source: 0, texts: [{ id, value: "" }] });

function setUp() {
  const sent: MirrorEvent[][] = [];
  return { batch: createBatch((events) => sent.push(events)), sent };
}

describe("batch", () => {
  test("the first after a pause leaves at once, the next ones 40 ms later", () => {
    const { batch, sent } = setUp();
    batch.add(change(1));
    vi.advanceTimersByTime(1);
    expect(sent).toHaveLength(1);
    batch.add(change(2));
    batch.add(change(3));
    vi.advanceTimersByTime(30);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(15);
    expect(sent).toEqual([[change(1)], [change(2), change(3)]]);
  });

  test("fifty events do not wait", () => {
    const { batch, sent } = setUp();
    for (let at = 0; at < 50; at += 1) batch.add(change(at));
    expect(sent.map((events) => events.length)).toEqual([50]);
  });

  test("each scrolled box keeps its own last place", () => {
    const { batch, sent } = setUp();
    for (const [id, y] of [
      [1, 10],
      [2, 20],
      [1, 30],
      [3, 5],
      [2, 40],
    ])
      batch.add(increment({ source: 3, id, x: 0, y }));
    vi.advanceTimersByTime(100);
    const places = sent.flat().map(({ data }) => data);
    expect(places).toEqual([
      { source: 3, id: 1, x: 0, y: 30 },
      { source: 3, id: 3, x: 0, y: 5 },
      { source: 3, id: 2, x: 0, y: 40 },
    ]);
  });

  test("of the pointer's way, where it is now is told", () => {
    const { batch, sent } = setUp();
    batch.add(increment({ source: 1, positions: [{ x: 1 }] }));
    batch.add(increment({ source: 1, positions: [{ x: 2 }, { x: 3 }] }));
    vi.advanceTimersByTime(100);
    expect(sent.flat().map(({ data }) => data)).toEqual([{ source: 1, positions: [{ x: 3 }] }]);
  });

  test("a key frame makes what waits needless", () => {
    const { batch, sent } = setUp();
    batch.add(change(1));
    batch.keySent();
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual([]);
  });
});
