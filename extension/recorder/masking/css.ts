import type { IdentifierMask } from "./identifiers.ts";

const STRING = `"(?:[^"\\\\]|\\\\[\\s\\S])*"|'(?:[^'\\\\]|\\\\[\\s\\S])*'`;
const URL_FUNCTION = `url\\(\\s*(?:${STRING}|(?:[^()"'\\\\]|\\\\[\\s\\S])*)\\s*\\)`;
const COMMENT = `\\/\\*[\\s\\S]*?(?:\\*\\/|$)`;

/** The pieces of a style sheet that may name something outside it. All else passes. */
const PIECES = new RegExp(
  [
    COMMENT,
    `@import\\b[^;]*;?`,
    `@font-face\\s*\\{(?:${STRING}|[^}"'])*\\}`,
    `image-set\\((?:${STRING}|${URL_FUNCTION}|[^()"']|\\([^()]*\\))*\\)`,
    URL_FUNCTION,
    STRING,
    // A class can't begin with a digit: `.1875rem` is a length.
    `\\.(?!\\d)[\\w-]*\\d{4}[\\w-]*`,
    `#[\\w-]*\\d{4}[\\w-]*`,
  ].join("|"),
  "gi",
);
const INNER = new RegExp(`${URL_FUNCTION}|${STRING}`, "gi");
const NAMESPACES = /^["']http:\/\/www\.w3\.org\/[\w/]*["']$/;

/** Returns what may stand for the URL in the mirror, or `undefined` when it is dropped. */
export type CssUrl = (url: string, kind: "image" | "font") => string | undefined;

function unquote(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'])([\s\S]*)\1$/.exec(trimmed);
  return (quoted?.[2] ?? trimmed).replaceAll(/\\([^0-9a-f])/gi, "$1");
}

/**
 * Style text without comments, imports and addresses: an image or a font is a token, a fragment
 * stays, everything else becomes nothing.
 */
export function maskCss(text: string, identifiers: IdentifierMask, address: CssUrl): string {
  const url = (raw: string, kind: "image" | "font"): string => {
    const inner = unquote(raw.slice(4, -1));
    if (inner === "") return `url("")`;
    if (inner.startsWith("#")) return `url("#${identifiers.one(inner.slice(1))}")`;
    const shown = address(inner, kind);
    return `url("${(shown ?? "about:invalid").replaceAll(/["\\\n]/g, "")}")`;
  };

  return text.replaceAll(PIECES, (piece: string) => {
    const first = piece.charAt(0);
    if (first === "/") return "";
    if (first === "." || first === "#") return first + identifiers.inCss(first, piece.slice(1));
    if (first === '"' || first === "'")
      return piece.includes("//") && !NAMESPACES.test(piece) ? '""' : piece;
    if (first === "@") {
      if (/^@import/i.test(piece)) return "";
      return piece.replaceAll(INNER, (part) => (/^url\(/i.test(part) ? url(part, "font") : part));
    }
    if (/^image-set/i.test(piece))
      return piece.replaceAll(INNER, (part) =>
        /^url\(/i.test(part) ? url(part, "image") : url(`url(${part})`, "image"),
      );
    return url(piece, "image");
  });
}

const DATA_SELECTOR =
  /\[\s*(data-[\w-]+)\s*(?:([~|^$*]?)=\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[is]?\s*)?\]/gi;

/**
 * The `data-*` attributes that style sheets look at, with the values they look for: such a value
 * is in the style sheet already, so it tells nothing new.
 */
export type StyledData = Map<string, Set<string>>;

export function collectStyledData(text: string, into: StyledData): void {
  if (!text.includes("[data-")) return;
  for (const match of text.matchAll(DATA_SELECTOR)) {
    const name = (match[1] ?? "").toLowerCase();
    const values = into.get(name) ?? new Set<string>();
    into.set(name, values);
    const value = match[3] ?? match[4] ?? match[5];
    if (value !== undefined && match[2] === "") values.add(value);
  }
}
