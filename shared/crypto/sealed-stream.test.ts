import * as fc from "fast-check";
import { expect, test } from "vitest";

import { type Bytes, concatBytes } from "../bytes.ts";
import { AppError } from "../errors.ts";
import {
  decodeFrame,
  DIRECTION,
  encodeFrame,
  encodeHeader,
  type Frame,
  HEADER_BYTES,
} from "../protocol/frame.ts";
import { MAX_FRAME_BYTES, MAX_PAYLOAD_BYTES } from "../protocol/limits.ts";
import { createOpener, createSealer } from "./sealed-stream.ts";

const FORGED = { code: "FORGED" };
const DIRECTION_OUT = DIRECTION.TO_HELPER;

function createKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function createStream(maxFrames?: number) {
  const stream = {
    key: await createKey(),
    direction: DIRECTION_OUT,
    epoch: 5,
    ...(maxFrames === undefined ? {} : { maxFrames }),
  };
  return { sealer: createSealer(stream), createOpener: () => createOpener(stream) };
}

test("[L3] whatever is sealed in order opens in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 })), async (payloads) => {
      const { sealer, createOpener: create } = await createStream();
      const opener = create();
      const frames = await Promise.all(payloads.map((payload) => sealer.seal(payload.slice())));
      for (const [at, frame] of frames.entries())
        expect(await opener.open(decodeFrame(frame))).toEqual(payloads[at]);
    }),
    { numRuns: 40 },
  );
});

test.each([0, 1, 15, 16, 17, MAX_PAYLOAD_BYTES - 1, MAX_PAYLOAD_BYTES])(
  "[L3] a payload of %i bytes crosses, in a frame that the relay takes",
  async (length) => {
    const { sealer, createOpener: create } = await createStream();
    const payload = crypto.getRandomValues(new Uint8Array(length));
    const frame = await sealer.seal(payload);
    expect(frame.length).toBe(HEADER_BYTES + length + 16);
    expect(frame.length).toBeLessThanOrEqual(MAX_FRAME_BYTES);
    expect(await create().open(decodeFrame(frame))).toEqual(payload);
  },
);

test("[L3] a payload one byte too long is neither sealed nor opened", async () => {
  const { sealer, createOpener: create } = await createStream();
  const long = new Uint8Array(MAX_PAYLOAD_BYTES + 1);
  await expect(sealer.seal(long)).rejects.toMatchObject({ code: "TOO_LARGE" });
  const header = { direction: DIRECTION_OUT, epoch: 5, sequence: 0 };
  const frame = decodeFrame(encodeFrame(header, concatBytes(long, new Uint8Array(16))));
  await expect(create().open(frame)).rejects.toMatchObject(FORGED);
});

test("[L3] the nonce is the sequence: no two frames of a stream look alike", async () => {
  const { sealer } = await createStream();
  const [one, two] = [await sealer.seal(new Uint8Array(20)), await sealer.seal(new Uint8Array(20))];
  expect(one.slice(HEADER_BYTES)).not.toEqual(two.slice(HEADER_BYTES));
});

test("[L4] every changed bit of a frame is refused", async () => {
  const { sealer, createOpener: create } = await createStream();
  const frame = await sealer.seal(crypto.getRandomValues(new Uint8Array(24)));
  for (let bit = 0; bit < frame.length * 8; bit += 1) {
    const changed = frame.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(await refuses(create(), changed), `bit ${bit}`).toBe(true);
  }
});

test("[L4] every truncation of a frame, and every byte more, is refused", async () => {
  const { sealer, createOpener: create } = await createStream();
  const frame = await sealer.seal(crypto.getRandomValues(new Uint8Array(24)));
  for (let length = 0; length < frame.length; length += 1)
    expect(await refuses(create(), frame.slice(0, length))).toBe(true);
  expect(await refuses(create(), concatBytes(frame, new Uint8Array(1)))).toBe(true);
});

test("[L4] a frame that repeats, skips or comes out of order ends the stream", async () => {
  const { sealer, createOpener: create } = await createStream();
  const frames: Frame[] = [];
  for (let at = 0; at < 4; at += 1) frames.push(decodeFrame(await sealer.seal(Uint8Array.of(at))));
  const opened = async (order: number[]): Promise<number[]> => {
    const opener = create();
    const results = [];
    for (const at of order) {
      const [frame] = frames.slice(at);
      if (frame) results.push(await opener.open(frame).catch(() => undefined));
    }
    return results.flatMap((payload) => (payload ? [...payload] : []));
  };
  expect(await opened([0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
  expect(await opened([0, 0, 1])).toEqual([0]);
  expect(await opened([0, 1, 0, 2])).toEqual([0, 1]);
  expect(await opened([1, 0])).toEqual([]);
  expect(await opened([0, 2, 1])).toEqual([0]);
  expect(await opened([0, 1, 3, 2, 3])).toEqual([0, 1]);
});

test("[L4] after one bad frame even the right one is refused", async () => {
  const { sealer, createOpener: create } = await createStream();
  const frame = decodeFrame(await sealer.seal(Uint8Array.of(1)));
  const opener = create();
  const broken = { ...frame, payload: frame.payload.map((byte) => byte ^ 1) };
  await expect(opener.open(broken)).rejects.toMatchObject(FORGED);
  await expect(opener.open(frame)).rejects.toMatchObject(FORGED);
});

test("[L4] another direction, another epoch, another key, another header are refused", async () => {
  const key = await createKey();
  const stream = { key, direction: DIRECTION_OUT, epoch: 5 };
  const frame = decodeFrame(await createSealer(stream).seal(Uint8Array.of(1)));
  const swapped = { direction: DIRECTION.TO_BENEFICIARY, epoch: 5 };
  const later = { direction: DIRECTION_OUT, epoch: 6 };
  const attempts = [
    () => createOpener({ ...stream, direction: DIRECTION.TO_BENEFICIARY }).open(frame),
    () => createOpener({ ...stream, epoch: 4 }).open(frame),
    async () => createOpener({ ...stream, key: await createKey() }).open(frame),
    () => createOpener({ ...stream, ...later }).open(rewritten(frame, later)),
    () => createOpener({ ...stream, ...swapped }).open(rewritten(frame, swapped)),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(FORGED);
});

test("[L4] the counter stops at its limit, on both sides", async () => {
  const { sealer } = await createStream(2);
  await sealer.seal(Uint8Array.of(1));
  await sealer.seal(Uint8Array.of(2));
  await expect(sealer.seal(Uint8Array.of(3))).rejects.toMatchObject({ code: "TOO_MANY" });
  const key = await createKey();
  const stream = { key, direction: DIRECTION_OUT, epoch: 1 };
  const more = createSealer(stream);
  const opener = createOpener({ ...stream, maxFrames: 1 });
  await opener.open(decodeFrame(await more.seal(Uint8Array.of(1))));
  await expect(opener.open(decodeFrame(await more.seal(Uint8Array.of(2))))).rejects.toMatchObject(
    FORGED,
  );
});

async function refuses(opener: ReturnType<typeof createOpener>, bytes: Bytes): Promise<boolean> {
  try {
    await opener.open(decodeFrame(bytes));
    return false;
  } catch (error) {
    return error instanceof AppError;
  }
}

/** The relay writes another header over the same seal. */
function rewritten(frame: Frame, header: Pick<Frame, "direction" | "epoch">): Frame {
  const changed = { ...header, sequence: frame.sequence };
  return { ...changed, header: encodeHeader(changed), payload: frame.payload };
}
