import { describe, expect, test } from "vitest";

import { parseRecorderMessage } from "./recorder-port-schema.ts";
import type { RecorderToHost } from "./recorder-port.ts";

const DOCUMENT = "AAAAAAAAAAAAAAAAAAAAAA";
const viewport = { width: 1280, height: 800 };
const event = { type: 3, timestamp: 1, data: { source: 0 } };

const ALLOWED: RecorderToHost[] = [
  { type: "recorder.hello", document: DOCUMENT, top: true },
  { type: "recorder.events", key: true, viewport, events: [event] },
  { type: "recorder.frame", childNonce: DOCUMENT, node: 3 },
  { type: "recorder.child", nonce: DOCUMENT },
  { type: "recorder.asset", token: DOCUMENT, mime: "image/png", bytes: "AAAA" },
  { type: "recorder.asset-missing", token: DOCUMENT, kind: "font" },
  { type: "recorder.guide", guide: 1, state: "shown", name: "Continuer" },
  { type: "recorder.guide", guide: 1, state: "lost" },
  { type: "recorder.stop" },
  { type: "recorder.pause", reason: "banner-removed" },
  { type: "recorder.visible", visible: false },
  { type: "recorder.pong", at: 12.5 },
];

describe("what a recorder may say", () => {
  test.each(ALLOWED)("$type passes as it is", (message) => {
    expect(parseRecorderMessage(JSON.stringify(message))).toEqual(message);
  });

  test.each(ALLOWED)("$type with one field more is refused", (message) => {
    expect(parseRecorderMessage(JSON.stringify({ ...message, more: 1 }))).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ["an object", ALLOWED[0]],
    ["no JSON", "{"],
    ["an unknown type", JSON.stringify({ type: "recorder.click", node: 1 })],
    ["a list", "[]"],
    ["no events", JSON.stringify({ ...ALLOWED[1], events: [] })],
    [
      "too many events",
      JSON.stringify({ ...ALLOWED[1], events: Array.from({ length: 20_001 }, () => event) }),
    ],
    ["a huge window", JSON.stringify({ ...ALLOWED[1], viewport: { width: 1e9, height: 1 } })],
    ["a script", JSON.stringify({ ...ALLOWED[4], mime: "text/javascript" })],
    ["too many bytes", JSON.stringify({ ...ALLOWED[4], bytes: "A".repeat(6 * 1024 * 1024) })],
    ["a name that is a page", JSON.stringify({ ...ALLOWED[6], name: "a".repeat(141) })],
    ["a reason of its own", JSON.stringify({ type: "recorder.pause", reason: "because" })],
  ])("%s is refused", (_, raw) => {
    expect(parseRecorderMessage(raw)).toBeUndefined();
  });
});
