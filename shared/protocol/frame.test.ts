import * as fc from "fast-check";
import { expect, test } from "vitest";

import { type Bytes, concatBytes } from "../bytes.ts";
import { decodeFrame, DIRECTION, encodeFrame, encodeHeader, HEADER_BYTES } from "./frame.ts";
import { MAX_FRAME_BYTES } from "./limits.ts";

const header = fc.record({
  direction: fc.constantFrom(DIRECTION.TO_HELPER, DIRECTION.TO_BENEFICIARY),
  epoch: fc.nat(0xffff_ffff),
  sequence: fc.maxSafeNat(),
});

test("[L1] every header comes back as it was, whatever comes after it", () => {
  fc.assert(
    fc.property(header, fc.uint8Array({ minLength: 1, maxLength: 99 }), (fields, payload) => {
      const frame = decodeFrame(encodeFrame(fields, payload));
      expect(frame).toEqual({ ...fields, header: encodeHeader(fields), payload });
    }),
  );
});

test("[L1] the 14 bytes, one by one", () => {
  const fields = { direction: DIRECTION.TO_BENEFICIARY, epoch: 0x01020304, sequence: 0x0506 };
  expect([...encodeHeader(fields)]).toEqual([1, 1, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 5, 6]);
});

test("[L1] a frame inside a larger buffer is read where it is", () => {
  const fields = { direction: DIRECTION.TO_HELPER, epoch: 9, sequence: 4 };
  const whole = concatBytes(new Uint8Array(5), encodeFrame(fields, Uint8Array.of(7)));
  expect(decodeFrame(whole.subarray(5))).toMatchObject({ ...fields, payload: Uint8Array.of(7) });
});

test("[L1] another version, another direction, a sequence out of reach are refused", () => {
  const frame = encodeFrame({ direction: 0, epoch: 1, sequence: 0 }, Uint8Array.of(1));
  expect(codeOf(withByte(frame, 0, 2))).toBe("VERSION");
  expect(codeOf(withByte(frame, 0, 0))).toBe("VERSION");
  expect(codeOf(withByte(frame, 1, 2))).toBe("BAD_MESSAGE");
  expect(codeOf(withByte(frame, 6, 0xff))).toBe("BAD_MESSAGE");
});

test.each([0, 1, HEADER_BYTES - 1, HEADER_BYTES])("[L1] %i bytes are no frame", (length) => {
  expect(codeOf(Uint8Array.of(1, ...new Uint8Array(length)).slice(0, length))).toBe("BAD_MESSAGE");
});

test.each([
  [MAX_FRAME_BYTES - 1, undefined],
  [MAX_FRAME_BYTES, undefined],
  [MAX_FRAME_BYTES + 1, "TOO_LARGE"],
])("[L3] a frame of %i bytes: %s", (length, code) => {
  const fields = { direction: DIRECTION.TO_HELPER, epoch: 1, sequence: 0 };
  expect(codeOf(encodeFrame(fields, new Uint8Array(length - HEADER_BYTES)))).toBe(code);
});

function codeOf(bytes: Bytes): unknown {
  try {
    decodeFrame(bytes);
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

function withByte(bytes: Bytes, at: number, byte: number): Bytes {
  const changed = bytes.slice();
  changed[at] = byte;
  return changed;
}
