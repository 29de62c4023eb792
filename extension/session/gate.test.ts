import { beforeEach, describe, expect, test } from "vitest";

import { hostSchema } from "../../shared/sites.ts";
import { createGate, type GateSender } from "./gate.ts";

const CAF = hostSchema.parse("www.caf.example");
const IMPOTS = hostSchema.parse("impots.example");

describe("the first lock", () => {
  let now = 0;
  let gate = createGate(() => now);
  const sender: GateSender = { tab: 7, frame: 0, origin: "https://www.caf.example" };
  const open = (remaining = 1_000): void =>
    gate.open({ gesture: true, tab: 7, hosts: [CAF, IMPOTS], remaining });

  beforeEach(() => {
    now = 50;
    gate = createGate(() => now);
  });

  test("[M1] nothing passes before it was opened", () => {
    expect(gate.inForce()).toBe(false);
    expect(gate.admit(sender)).toBeUndefined();
  });

  test("[M1] the consented hosts pass, in the shared tab", () => {
    open();
    expect(gate.admit(sender)).toBe(CAF);
    expect(gate.admit({ ...sender, frame: 3, origin: "https://impots.example" })).toBe(IMPOTS);
    expect(gate.admit({ ...sender, lifecycle: "active" })).toBe(CAF);
  });

  test.each<[string, GateSender]>([
    ["another tab", { ...sender, tab: 8 }],
    ["no tab at all", { frame: 0, origin: "https://www.caf.example" }],
    ["no frame", { tab: 7, origin: "https://www.caf.example" }],
    ["no origin", { tab: 7, frame: 0 }],
    ["an opaque origin", { ...sender, origin: "null" }],
    ["another host", { ...sender, origin: "https://caf.example" }],
    ["a host that ends alike", { ...sender, origin: "https://evil-www.caf.example" }],
    ["a host below", { ...sender, origin: "https://a.www.caf.example" }],
    ["plain http", { ...sender, origin: "http://www.caf.example" }],
    ["another port", { ...sender, origin: "https://www.caf.example:8443" }],
    ["a file", { ...sender, origin: "file://" }],
    ["a prerendered document", { ...sender, lifecycle: "prerender" }],
    ["a document in the cache", { ...sender, lifecycle: "cached" }],
  ])("[M1] %s is refused", (_, other) => {
    open();
    expect(gate.admit(other)).toBeUndefined();
  });

  test("[G2] it is in force while now is before the deadline, and not at it", () => {
    open(1_000);
    now = 1_049;
    expect(gate.admit(sender)).toBe(CAF);
    now = 1_050;
    expect(gate.inForce()).toBe(false);
    expect(gate.admit(sender)).toBeUndefined();
  });

  test("the server's clock can shorten it and never lengthen it", () => {
    open(1_000);
    gate.shorten(5_000);
    expect(gate.remaining()).toBe(1_000);
    gate.shorten(200);
    expect(gate.remaining()).toBe(200);
    gate.shorten(Number.NaN);
    expect(gate.remaining()).toBe(200);
  });

  test("a duration that is not a number opens nothing", () => {
    open(Number.NaN);
    expect(gate.inForce()).toBe(false);
    open(Number.POSITIVE_INFINITY);
    expect(gate.inForce()).toBe(false);
  });

  test("[S5] shut is shut", () => {
    open();
    gate.shut();
    expect(gate.admit(sender)).toBeUndefined();
    gate.shorten(10_000);
    expect(gate.inForce()).toBe(false);
  });
});
