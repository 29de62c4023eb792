import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { PanelView } from "../messaging/panel-port.ts";
import type { Port } from "../messaging/ports.ts";
import { FIRST_SETTINGS } from "../store/settings-store.ts";
import { createPanelLine } from "./panel-line.ts";

const IDLE: PanelView = {
  circle: [],
  blocked: [],
  pairing: { step: "none" },
  scene: { at: "idle" },
  offline: false,
  journal: "none",
  settings: FIRST_SETTINGS,
};

type FakePort = Port & { said: unknown[]; answer(view: unknown): void; die(): void };

function createPorts() {
  const ports: FakePort[] = [];
  return {
    connect: (): Port => {
      let hear: ((message: unknown) => void) | undefined;
      let closed: (() => void) | undefined;
      const port: FakePort = {
        name: "panel",
        sender: { fromUs: true },
        said: [],
        post: (message) => port.said.push(message),
        close: () => undefined,
        onMessage: (listener) => (hear = listener),
        onClose: (listener) => (closed = listener),
        answer: (view) => hear?.(view),
        die: () => closed?.(),
      };
      ports.push(port);
      return port;
    },
    get count(): number {
      return ports.length;
    },
    get last(): FakePort {
      const port = ports.at(-1);
      if (!port) throw new Error("not connected");
      return port;
    },
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the last view is shown, whether it comes as text or as an object", () => {
  const ports = createPorts();
  const line = createPanelLine(ports.connect);
  expect(line.state()).toEqual({ silent: false });
  ports.last.answer(JSON.stringify(IDLE));
  expect(line.state().view).toEqual(IDLE);
  ports.last.answer({ ...IDLE, offline: true });
  expect(line.state().view?.offline).toBe(true);
});

test("a host that dies is found again, hears what is so, and misses no gesture", async () => {
  const ports = createPorts();
  const line = createPanelLine(ports.connect);
  line.tell({ type: "panel.language", language: "fr" });
  line.tell({ type: "panel.here", window: 1, tab: 2 });
  line.tell({ type: "panel.here", window: 1, tab: 3 });
  ports.last.answer(IDLE);
  ports.last.die();
  line.send({ type: "session.stop" });
  await vi.advanceTimersByTimeAsync(300);
  expect(ports.count).toBe(2);
  expect(line.state().view).toEqual(IDLE);
  expect(ports.last.said).toEqual([
    { type: "panel.language", language: "fr" },
    { type: "panel.here", window: 1, tab: 3 },
  ]);
  ports.last.answer(IDLE);
  expect(ports.last.said.at(-1)).toEqual({ type: "session.stop" });
});

test("a Port that nobody answers is tried again, and the person is told in the end", async () => {
  const ports = createPorts();
  const line = createPanelLine(ports.connect);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(ports.count).toBeGreaterThan(2);
  expect(line.state().silent).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(line.state().silent).toBe(true);
  ports.last.answer(IDLE);
  expect(line.state()).toEqual({ view: IDLE, silent: false });
});
