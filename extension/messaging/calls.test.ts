import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { answerCalls, type Bus, type Calls, createCaller, type Speaker } from "./calls.ts";

const table = {
  double: { in: z.strictObject({ value: z.number() }), out: z.number() },
  ping: { in: z.null(), out: z.null() },
} as const;

type Listener = Parameters<Bus["listen"]>[0];

describe("calls between our own contexts", () => {
  let from: Speaker;
  let listeners: Listener[];
  let failures: string[];

  const bus: Bus = {
    async send(message) {
      const answers = listeners.map((listener) =>
        listener(JSON.parse(JSON.stringify(message)), from),
      );
      return answers.find((answer) => answer !== undefined);
    },
    listen: (listener) => void listeners.push(listener),
  };
  const work: Calls<typeof table> = {
    double: ({ value }) => Promise.resolve(value * 2),
    ping: () => Promise.resolve(null),
  };

  beforeEach(() => {
    from = { fromUs: true };
    listeners = [];
    failures = [];
    answerCalls(bus, "host", table, work, (call) => failures.push(call));
  });

  test("a call gets its answer", async () => {
    const host = createCaller(bus, "host", table);
    expect(await host.double({ value: 21 })).toBe(42);
    expect(await host.ping(null)).toBeNull();
  });

  test("a call for somebody else is nobody's", async () => {
    const background = createCaller(bus, "background", table);
    await expect(background.ping(null)).rejects.toThrow("no answer");
  });

  test("a content script is not answered", async () => {
    from = { fromUs: false };
    await expect(createCaller(bus, "host", table).ping(null)).rejects.toThrow("no answer");
  });

  test.each<[string, unknown]>([
    ["an input that is none", { to: "host", call: "double", input: { value: "21" } }],
    ["a field more", { to: "host", call: "double", input: { value: 1, more: 1 } }],
  ])("%s fails, and says nothing of why", async (_, message) => {
    expect(await bus.send(message)).toEqual({ ok: false });
    expect(failures).toEqual(["double"]);
  });

  test.each<[string, unknown]>([
    ["no message", null],
    ["no call", { to: "host", input: null }],
    ["an inherited name", { to: "host", call: "toString", input: null }],
    ["an unknown call", { to: "host", call: "halve", input: null }],
  ])("%s is left alone", async (_, message) => {
    expect(await bus.send(message)).toBeUndefined();
  });
});
