import * as fc from "fast-check";
import { expect, test } from "vitest";

import { type Bytes, concatBytes, encodeBase64url, utf8 } from "../bytes.ts";
import { contentHashSchema } from "../ids.ts";
import { deflate } from "./compression.ts";
import { MAX_MESSAGE_BYTES, MAX_PAYLOAD_BYTES } from "./limits.ts";
import { createMessageJoiner, encodeMessage, type MessageJoiner } from "./message-codec.ts";
import type { BeneficiaryMessage, HelperMessage } from "./peer.ts";

const FORGED = { code: "FORGED" };
const DOCUMENT = "A".repeat(22);
const FULL = MAX_PAYLOAD_BYTES - 1;

function events(...values: unknown[]): BeneficiaryMessage {
  return { type: "mirror.events", document: DOCUMENT, key: false, events: values };
}

async function joinAll(
  joiner: MessageJoiner<"helper">,
  payloads: Bytes[],
): Promise<BeneficiaryMessage[]> {
  const messages = [];
  for (const payload of payloads) {
    const message = await joiner.join(payload);
    if (message) messages.push(message);
  }
  return messages;
}

async function joined(...payloads: Bytes[]): Promise<BeneficiaryMessage[]> {
  return joinAll(createMessageJoiner("helper"), payloads);
}

/** A string of that many characters that deflate cannot shorten below its own alphabet. */
function noise(length: number): string {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536)
    crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65_536)));
  return encodeBase64url(bytes).slice(0, length);
}

test("[L5] any list of messages comes out as it went in", async () => {
  const message = fc.oneof(
    fc.constant<BeneficiaryMessage>({ type: "mirror.resumed" }),
    fc.array(fc.jsonValue(), { minLength: 1 }).map((values) => events(...values)),
    fc.integer({ min: 1, max: 120_000 }).map((length) => events(noise(length), "x".repeat(length))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 6 }), async (messages) => {
      const payloads = (await Promise.all(messages.map(encodeMessage))).flat();
      for (const payload of payloads) expect(payload.length).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
      const sent: unknown = JSON.parse(JSON.stringify(messages));
      expect(await joined(...payloads)).toEqual(sent);
    }),
    { numRuns: 30 },
  );
});

test.each([0, 1, 255, 256, FULL - 1, FULL, FULL + 1, 65_535, 65_536, 65_537])(
  "[L5] a message whose JSON is about %i bytes crosses, whole and cut at the exact place",
  async (length) => {
    const empty = utf8(JSON.stringify(events(""))).length;
    const message = events(noise(Math.max(0, length - empty)));
    const payloads = await encodeMessage(message);
    expect(payloads.slice(0, -1).every((payload) => payload.length === MAX_PAYLOAD_BYTES)).toBe(
      true,
    );
    expect(await joined(...payloads)).toEqual([message]);
  },
);

test("[L5] JSON of exactly one payload, and of one byte more", async () => {
  for (const [extra, flags] of [
    [0, [3]],
    [1, [1, 2]],
  ] as const) {
    const body = utf8(jsonOf(FULL + extra));
    const payloads = [];
    for (const [at, flag] of flags.entries())
      payloads.push(concatBytes(Uint8Array.of(flag), body.subarray(at * FULL, (at + 1) * FULL)));
    expect(await joined(...payloads)).toHaveLength(1);
  }
});

test("[L5] what deflate shortens is deflated, what it doesn't is not", async () => {
  const [long] = await encodeMessage(events("a".repeat(10_000)));
  expect(long?.[0]).toBe(7);
  expect(long?.length).toBeLessThan(200);
  const [short] = await encodeMessage({ type: "mirror.resumed" });
  expect(short?.[0]).toBe(3);
});

test("[L5] what is changed after the call does not cross", async () => {
  const values = ["before"];
  const encoded = encodeMessage(events(values));
  values[0] = "after";
  expect(await joined(...(await encoded))).toEqual([events(["before"])]);
});

test("[L5] a message of one payload may come between the payloads of a longer one", async () => {
  const long = events(noise(3 * FULL));
  const payloads = await encodeMessage(long);
  const [short] = await encodeMessage({ type: "mirror.resumed" });
  expect(payloads.length).toBeGreaterThan(2);
  const mixed = payloads.flatMap((payload) => (short ? [payload, short] : []));
  const messages = await joined(...mixed.slice(0, -1));
  expect(messages.at(-1)).toEqual(long);
  expect(messages).toHaveLength(payloads.length);
});

const whole = utf8('{"type":"mirror.resumed"}');
const full = new Uint8Array(FULL).fill(0x20);
test.each<[string, Bytes[]]>([
  ["nothing", [new Uint8Array(0)]],
  ["flags alone", [Uint8Array.of(3)]],
  ["an unknown flag", [concatBytes(Uint8Array.of(8 | 3), whole)]],
  ["all flags", [concatBytes(Uint8Array.of(255), whole)]],
  ["an end without a beginning", [concatBytes(Uint8Array.of(2), whole)]],
  ["a middle without a beginning", [concatBytes(Uint8Array.of(0), full)]],
  ["a beginning that is not full", [concatBytes(Uint8Array.of(1), whole)]],
  ["two beginnings", [payloadOf(1, full), payloadOf(1, full)]],
  ["a middle that says compressed", [payloadOf(1, full), payloadOf(4, full)]],
  ["an end that says compressed", [payloadOf(1, full), payloadOf(6, whole)]],
  ["no JSON", [payloadOf(3, utf8("{"))]],
  ["no UTF-8", [payloadOf(3, Uint8Array.of(0x22, 0xff, 0x22))]],
  ["no message", [payloadOf(3, utf8("null"))]],
  ["an unknown type", [payloadOf(3, utf8('{"type":"guide.click","node":1}'))]],
  ["one field too many", [payloadOf(3, utf8('{"type":"mirror.resumed","more":1}'))]],
  ["what is not deflate", [payloadOf(7, whole)]],
])("[L5] %s is forged", async (_, payloads) => {
  await expect(joined(...payloads)).rejects.toMatchObject(FORGED);
});

test("[V1] nobody hears what is in the other direction's list", async () => {
  const [fromHelper] = await encodeMessage({ type: "guide.clear" });
  const [fromBeneficiary] = await encodeMessage({ type: "mirror.resumed" });
  if (!fromHelper || !fromBeneficiary) throw new Error("nothing was encoded");
  expect(await createMessageJoiner("beneficiary").join(fromHelper)).toEqual({
    type: "guide.clear",
  });
  await expect(createMessageJoiner("helper").join(fromHelper)).rejects.toMatchObject(FORGED);
  await expect(createMessageJoiner("beneficiary").join(fromBeneficiary)).rejects.toMatchObject(
    FORGED,
  );
});

test("[V1] there is no message that clicks, types, submits, scrolls or navigates", async () => {
  for (const verb of ["click", "type", "input", "submit", "scroll", "navigate", "eval"])
    for (const kind of ["guide", "mirror", "page"]) {
      const forged = payloadOf(3, utf8(JSON.stringify({ type: `${kind}.${verb}` })));
      await expect(createMessageJoiner("beneficiary").join(forged)).rejects.toMatchObject(FORGED);
    }
});

test("[L5] a message of 32 MiB crosses and one byte more does not", async () => {
  const most = jsonOf(MAX_MESSAGE_BYTES);
  const message: BeneficiaryMessage = JSON.parse(most);
  expect(await joined(...(await encodeMessage(message)))).toHaveLength(1);
  const more: BeneficiaryMessage = JSON.parse(jsonOf(MAX_MESSAGE_BYTES + 1));
  await expect(encodeMessage(more)).rejects.toMatchObject({ code: "TOO_LARGE" });
});

test("[L5] a bomb is dropped as soon as 32 MiB are passed", async () => {
  const bomb = await deflate(new Uint8Array(400 * 1024 * 1024));
  const payloads: Bytes[] = [];
  for (let at = 0; at < bomb.length; at += FULL) {
    const flags = (at === 0 ? 5 : 0) | (at + FULL >= bomb.length ? 2 : 0);
    payloads.push(payloadOf(flags, bomb.subarray(at, at + FULL)));
  }
  const started = performance.now();
  await expect(joined(...payloads)).rejects.toMatchObject(FORGED);
  expect(performance.now() - started).toBeLessThan(1000);
});

test("[L5] what never ends is dropped once 32 MiB have come", async () => {
  const joiner = createMessageJoiner("helper");
  await joiner.join(payloadOf(1, full));
  const middle = payloadOf(0, full);
  const enough = Math.ceil(MAX_MESSAGE_BYTES / FULL);
  let refused = false;
  for (let at = 0; at < enough && !refused; at += 1)
    refused = await joiner.join(middle).then(
      () => false,
      () => true,
    );
  expect(refused).toBe(true);
});

test("[L5] deflate that was cut short, or that something follows, is forged", async () => {
  const deflated = await deflate(utf8(jsonOf(5000)));
  expect(await joined(payloadOf(7, deflated))).toHaveLength(1);
  await expect(joined(payloadOf(7, deflated.slice(0, -2)))).rejects.toMatchObject(FORGED);
  await expect(joined(payloadOf(7, concatBytes(deflated, utf8("more"))))).rejects.toMatchObject(
    FORGED,
  );
});

function payloadOf(flags: number, body: Bytes): Bytes {
  return concatBytes(Uint8Array.of(flags), body);
}

/** A message whose JSON has exactly that many bytes. */
function jsonOf(length: number): string {
  const empty = JSON.stringify(events(""));
  return JSON.stringify(events("x".repeat(length - empty.length)));
}

/** A message of that many bytes that deflates to next to nothing. */
async function padded(bytes: number): Promise<Bytes> {
  const message = '{"type":"guide.clear"}';
  const body = await deflate(utf8(message + " ".repeat(bytes - message.length)));
  return concatBytes(Uint8Array.of(1 | 2 | 4), body);
}

test("[L5] the console's messages are small, however little they weigh on the wire", async () => {
  const hash = contentHashSchema.parse("A".repeat(43));
  const ready: HelperMessage = {
    type: "link.ready",
    known: Array.from({ length: 4_000 }, () => hash),
  };
  const points = Array.from({ length: 200 }, (_, at): [number, number] => [
    -123_456.789_012_345 - at,
    123_456.789_012_345 + at,
  ]);
  const stroke: HelperMessage = {
    type: "guide.stroke",
    guide: 1,
    document: DOCUMENT,
    points,
    last: true,
  };
  const joiner = createMessageJoiner("beneficiary");
  for (const message of [ready, stroke]) {
    let heard: HelperMessage | undefined;
    for (const payload of await encodeMessage(message)) heard = await joiner.join(payload);
    expect(heard).toEqual(message);
  }

  expect(await joiner.join(await padded(16 * 1024))).toEqual({ type: "guide.clear" });
  await expect(joiner.join(await padded(16 * 1024 + 1))).rejects.toMatchObject(FORGED);
  const first = createMessageJoiner("beneficiary");
  await expect(first.join(await padded(256 * 1024 + 1))).rejects.toMatchObject(FORGED);
});
