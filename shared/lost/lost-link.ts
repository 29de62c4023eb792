import { z } from "zod";

import { randomBytes, utf8 } from "../bytes.ts";
import { contentHashOf } from "../crypto/digest.ts";
import type { ContentHash } from "../ids.ts";

/*
 * [E5] The address on a printed receipt that ends everything of a lost computer. It is copied by hand
 * from paper: no letter looks like a digit, and small letters, dashes and spaces don't matter.
 */

/** Crockford's base 32. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 128 bits; the last sign has two of its five to spare. */
const LENGTH = 26;
const CODE = new RegExp(`^[${SIGNS}]{${LENGTH - 1}}[048CGMRW]$`);
const LOOKALIKES: Record<string, string> = { O: "0", I: "1", L: "1" };

export const LOST_PATH = "/perdu/";

/** 128 random bits. */
export const lostCodeSchema = z.string().regex(CODE).brand("LostCode");
export type LostCode = z.infer<typeof lostCodeSchema>;

export function createLostCode(): LostCode {
  const bits = [...randomBytes(16)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const fives = bits.padEnd(LENGTH * 5, "0").match(/.{5}/g) ?? [];
  return lostCodeSchema.parse(fives.map((five) => SIGNS[Number.parseInt(five, 2)]).join(""));
}

/** As a person copied it; `undefined` for what is no code. */
export function readLostCode(text: string): LostCode | undefined {
  const plain = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll(/[OIL]/g, (sign) => LOOKALIKES[sign] ?? sign);
  return lostCodeSchema.safeParse(plain).data;
}

/** In groups of four, to be read and typed. */
export function formatLostLink(serverUrl: string, code: LostCode): string {
  return `${serverUrl}${LOST_PATH}${(code.match(/.{1,4}/g) ?? []).join("-")}`;
}

/** All that the server knows of it. */
export function hashLostCode(code: LostCode): Promise<ContentHash> {
  return contentHashOf(utf8(code));
}
