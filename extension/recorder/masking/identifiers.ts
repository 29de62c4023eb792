import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { utf8 } from "../../../shared/bytes.ts";

const LONG_NUMBER = /\d{4,}/;
const LONG_NUMBERS = /\d{4,}/g;
const HEX_COLOUR = /^[0-9a-f]{3,8}$/i;
const LETTERS = "abcdefghijklmnop";
const REMEMBERED = 5_000;

/**
 * Ids and classes keep their words and lose their long numbers (a case file, a phone number),
 * the same way in markup, in references and in style sheets, so that rules still match.
 */
export type IdentifierMask = {
  /** One id or class. */
  one(token: string): string;
  /** Ids or classes separated by spaces. */
  list(tokens: string): string;
  /** What stands after a `.` or a `#` in a style sheet. */
  inCss(mark: string, token: string): string;
};

export function createIdentifierMask(salt: Uint8Array): IdentifierMask {
  const known = new Map<string, string>();

  const hide = (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const digest = hmac(sha256, salt, utf8(`identifier ${text}`));
    const hidden = Array.from(
      digest.subarray(0, 4),
      (byte) => `${LETTERS[byte >> 4]}${LETTERS[byte & 15]}`,
    ).join("");
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, hidden);
    return hidden;
  };

  const one = (token: string): string => {
    if (token.length > 200 || token.includes("@")) return hide(token);
    return LONG_NUMBER.test(token) ? token.replaceAll(LONG_NUMBERS, hide) : token;
  };

  return {
    one,
    list: (tokens) =>
      LONG_NUMBER.test(tokens) || tokens.includes("@")
        ? tokens.split(/\s+/).map(one).join(" ")
        : tokens,
    inCss: (mark, token) => (mark === "#" && HEX_COLOUR.test(token) ? token : one(token)),
  };
}
