import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { openHostPort, type RuntimePort } from "./port.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type FakePort = RuntimePort & { sent: string[]; say(message: unknown): void; drop(): void };

function createFakePort(): FakePort {
  const messages: ((message: unknown) => void)[] = [];
  const ends: (() => void)[] = [];
  return {
    sent: [],
    postMessage(message) {
      this.sent.push(message);
    },
    disconnect() {},
    onMessage: { addListener: (listener) => void messages.push(listener) },
    onDisconnect: { addListener: (listener) => void ends.push(listener) },
    say: (message) => messages.forEach((listener) => listener(JSON.stringify(message))),
    drop: () => ends.forEach((listener) => listener()),
  };
}

function setUp() {
  const ports: FakePort[] = [];
  const state = { alive: true, refuse: false };
  const onMessage = vi.fn<(message: unknown) => void>();
  const onLost = vi.fn<() => void>();
  const gone = vi.fn<() => void>();
  const lastError = vi.fn<() => unknown>();
  const port = openHostPort({
    runtime: {
      connect: () => {
        if (!state.alive) throw new Error("Extension context invalidated.");
        const made = createFakePort();
        ports.push(made);
        if (state.refuse) setTimeout(() => made.drop(), 1);
        return made;
      },
      isAlive: () => state.alive,
      lastError,
    },
    hello: { type: "recorder.hello", document: "d", top: true },
    onMessage,
    onLost,
    gone,
  });
  const last = (): FakePort => {
    const found = ports.at(-1);
    if (found === undefined) throw new Error("no port yet");
    return found;
  };
  return { port, ports, last, state, onMessage, onLost, gone, lastError };
}

describe("the recorder's Port", () => {
  test("reads why it closed, or the browser tells the page's developer", () => {
    const { last, lastError } = setUp();
    last().drop();
    expect(lastError).toHaveBeenCalledTimes(1);
  });

  test("[M1] says hello, and nothing more before the host speaks", () => {
    const { port, last } = setUp();
    port.send({ type: "recorder.stop" });
    expect(last().sent).toEqual(['{"type":"recorder.hello","document":"d","top":true}']);
    last().say({ type: "host.ping", at: 0 });
    port.send({ type: "recorder.stop" });
    expect(last().sent).toHaveLength(2);
  });

  test("[M1] a host that hangs up at once does not want this frame", () => {
    const { last, gone, ports } = setUp();
    last().drop();
    expect(gone).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(5_000);
    expect(ports).toHaveLength(1);
  });

  test("a break is mended within two seconds", () => {
    const { last, ports, gone, onLost, onMessage } = setUp();
    last().say({ type: "host.ping", at: 0 });
    last().drop();
    expect(onLost).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(250);
    expect(ports).toHaveLength(2);
    last().say({ type: "host.start" });
    vi.advanceTimersByTime(5_000);
    expect(gone).not.toHaveBeenCalled();
    expect(onMessage).toHaveBeenCalledTimes(2);
  });

  test("a host that stays away is given up after two seconds", () => {
    const { last, state, gone } = setUp();
    last().say({ type: "host.ping", at: 0 });
    state.refuse = true;
    last().drop();
    vi.advanceTimersByTime(1_500);
    expect(gone).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_500);
    expect(gone).toHaveBeenCalledOnce();
  });

  test("an orphan leaves within two seconds, though it hears nothing", () => {
    const { last, state, gone } = setUp();
    last().say({ type: "host.ping", at: 0 });
    state.alive = false;
    vi.advanceTimersByTime(2_000);
    expect(gone).toHaveBeenCalledOnce();
  });

  test("a page in the browser's cache rests, and comes back", () => {
    const { port, last, ports, gone } = setUp();
    last().say({ type: "host.ping", at: 0 });
    port.rest();
    vi.advanceTimersByTime(60_000);
    expect(ports).toHaveLength(1);
    port.revive();
    expect(ports).toHaveLength(2);
    last().say({ type: "host.start" });
    vi.advanceTimersByTime(5_000);
    expect(gone).not.toHaveBeenCalled();
  });
});
