import { expect, test } from "vitest";

import { createLostCode, formatLostLink, hashLostCode, readLostCode } from "./lost-link.ts";

const SERVER = "https://epaule.exemple.fr";

test("[E5] a code is 26 signs, another each time, and its link is read back", () => {
  const codes = Array.from({ length: 200 }, createLostCode);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    const link = formatLostLink(SERVER, code);
    expect(link).toMatch(/^https:\/\/epaule\.exemple\.fr\/perdu\/(?:\w{4}-){6}\w\w$/);
    expect(readLostCode(link.slice(`${SERVER}/perdu/`.length))).toBe(code);
  }
});

test("[E5] every one of its 128 bits is random", () => {
  const seen = Array.from({ length: 26 }, () => new Set<string>());
  for (let times = 0; times < 2_000; times += 1)
    for (const [at, sign] of createLostCode().split("").entries()) seen[at]?.add(sign);
  expect(seen.map(({ size }) => size)).toEqual([...Array.from({ length: 25 }, () => 32), 8]);
});

test("[E5] small letters, spaces and lookalikes are what was printed", () => {
  const code = readLostCode("0123-4567-89AB-CDEF-GHJK-MNPQ-R8");
  expect(code).toBe("0123456789ABCDEFGHJKMNPQR8");
  for (const typed of [
    "o123 4567 89ab cdef ghjk mnpq r8",
    "OI23456789ABCDEFGHJKMNPQR8",
    "0L23-456789ABCDEFGHJKMNPQR8",
  ])
    expect(readLostCode(typed)).toBe(code);
});

test.each(["", "0123", "U".repeat(26), "0".repeat(25) + "1", "0".repeat(27), "é".repeat(26)])(
  "[E5] what is no code is none: %s",
  (text) => expect(readLostCode(text)).toBeUndefined(),
);

test("[E5] the server knows its hash", async () => {
  const [one, other] = [createLostCode(), createLostCode()];
  expect(await hashLostCode(one)).not.toBe(await hashLostCode(other));
  expect(await hashLostCode(one)).toHaveLength(43);
});
