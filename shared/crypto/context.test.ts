import * as fc from "fast-check";
import { expect, test } from "vitest";

import { encodeBase64url, utf8 } from "../bytes.ts";
import { context, type Purpose } from "./context.ts";

const bytes = fc.uint8Array({ maxLength: 80 });

test("two lists of fields never have the same context", () => {
  fc.assert(
    fc.property(fc.array(bytes), fc.array(bytes), (left, right) => {
      const same = JSON.stringify(left.map(encode)) === JSON.stringify(right.map(encode));
      expect(encode(context("hello", ...left)) === encode(context("hello", ...right))).toBe(same);
    }),
  );
});

test("no purpose and its fields look like another purpose", () => {
  const purposes: Purpose[] = ["hello", "answer", "grant", "device-proof", "pair-link"];
  const contexts = purposes.map((purpose) => encode(context(purpose, utf8("same"))));
  expect(new Set(contexts).size).toBe(purposes.length);
});

test("each part comes after its length, 4 bytes big-endian", () => {
  expect([...context("grant", Uint8Array.of(7, 8))]).toEqual([
    0,
    0,
    0,
    14,
    ...utf8("epaule/1/grant"),
    0,
    0,
    0,
    2,
    7,
    8,
  ]);
});

function encode(field: Uint8Array): string {
  return encodeBase64url(field);
}
