import { parseSafeUrl, TRANSPARENT } from "./safe-url.ts";

/**
 * CSS from a page that may be hostile: every reference to something outside becomes a variable
 * that the player fills in when the bytes have come (`--epaule-<token>`), or nothing.
 * Fonts can't use a variable: they keep their token, and the player replaces it (`pendingFont`).
 */
export type SafeCss = { css: string; fonts: readonly string[] };

const MAX_CSS_LENGTH = 8 * 1024 * 1024;
const MAY_REFER = /\\|url|src\(|image|element\(|@import|@charset|@namespace|@document|@-moz/i;
const ESCAPED_CHAR = String.raw`\\(?:[\da-f]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\n\r\f\da-f])`;
const NAME_CHAR = String.raw`[-\w\u0080-\uFFFF]`;
const NAME = `(?:${NAME_CHAR}|${ESCAPED_CHAR})+`;
const CALL = String.raw`(?<!${NAME_CHAR})(?<call>${NAME_CHAR}+)\(`;
/** Taken whole: the look-ahead keeps the engine from trying every way to read it. */
const ESCAPED_NAME = String.raw`(?<!${NAME_CHAR})(?=(?<escaped>${NAME_CHAR}*${ESCAPED_CHAR}(?:${NAME})?))\k<escaped>(?<open>\()?`;
const PIECES = [
  String.raw`\/\*[^]*?(?:\*\/|$)`,
  String.raw`"(?:[^"\\\n\r\f]|\\[^])*(?:"|$|(?=[\n\r\f]))`,
  String.raw`'(?:[^'\\\n\r\f]|\\[^])*(?:'|$|(?=[\n\r\f]))`,
  `@${NAME}`,
  CALL,
  ESCAPED_NAME,
  String.raw`\\[^]`,
];
/** All that needs a look; what lies between is copied as it is. */
const PIECE = new RegExp(PIECES.join("|"), "gi");
/** The same, and what a block or a list of arguments ends at. */
const INNER_PIECE = new RegExp([...PIECES, "[(){};]"].join("|"), "gi");
const ESCAPE = /\\(?:([0-9a-f]{1,6})(?:\r\n|\s)?|\r?\n|([^]))/gi;

/** An address that fails without being asked for, so that it isn't refused aloud by the policy. */
const NOTHING = 'url("data:,")';
const URL_CALLS = new Set(["url", "src", "url-prefix"]);
/** Functions whose plain strings are addresses. */
const IMAGE_CALLS = new Set(["image-set", "-webkit-image-set", "image"]);
const DROPPED_RULES = new Set(["@import", "@charset", "@namespace", "@document", "@-moz-document"]);

export function variableName(token: string): string {
  return `--epaule-${token}`;
}

/** Loads nothing, and is refused by no policy. */
export function pendingFont(token: string): string {
  return `data:,asset:${token}`;
}

function unescapeCss(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replaceAll(ESCAPE, (_, hex: string | undefined, char: string | undefined) => {
    if (hex === undefined) return char ?? "";
    const code = Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : "\uFFFD";
  });
}

function quote(url: string): string {
  return `url("${url.replaceAll(/["\\\n\r\f]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `)}")`;
}

function safeReference(raw: string, inFontFace: boolean, fonts: Set<string>): string {
  const url = parseSafeUrl(unescapeCss(raw));
  if (url === undefined) return inFontFace ? 'local("")' : NOTHING;
  if (url.type !== "asset") return quote(url.url);
  if (inFontFace) {
    fonts.add(url.token);
    return `url("${pendingFont(url.token)}")`;
  }
  return `var(${variableName(url.token)},url("${TRANSPARENT}"))`;
}

/** From just after `url(`: what stands in it, and where it ends. A missing `)` takes the rest. */
function readUrl(text: string, from: number): { raw: string; end: number } {
  const rest = /\s*(?:"((?:[^"\\\n]|\\[^])*)"|'((?:[^'\\\n]|\\[^])*)'|((?:[^\\)"'(]|\\[^])*))/y;
  rest.lastIndex = from;
  const found = rest.exec(text);
  const close = /(?:[^)\\]|\\[^])*\)?/y;
  close.lastIndex = found ? rest.lastIndex : from;
  close.exec(text);
  return {
    raw: found?.[1] ?? found?.[2] ?? found?.[3] ?? "",
    end: Math.max(close.lastIndex, from),
  };
}

/** Where we are: in the open, among the arguments of an image function, or in a `@font-face`. */
type Place = "open" | "images" | "font";

export function safeCss(text: string): SafeCss {
  if (text.length > MAX_CSS_LENGTH) return { css: "", fonts: [] };
  if (!MAY_REFER.test(text)) return { css: text, fonts: [] };

  const fonts = new Set<string>();
  let css = "";
  let copied = 0;

  function copyTo(end: number): void {
    css += text.slice(copied, end);
    copied = end;
  }

  /** Returns where this place ends. */
  function scan(from: number, place: Place): number {
    const pieces = place === "open" ? PIECE : INNER_PIECE;
    let depth = 1;
    let at = from;
    for (;;) {
      pieces.lastIndex = at;
      const found = pieces.exec(text);
      if (!found) return text.length;
      const piece = found[0];
      at = found.index + piece.length;
      const first = piece.charAt(0);
      const call = called(found);
      if (first === "@") {
        at = scanRule(found.index, piece);
      } else if (first === '"' || first === "'") {
        if (place === "images") replace(found.index, at, piece.slice(1, -1), false);
      } else if (call !== undefined) {
        const end = scanCall(found.index, at, call, place);
        if (end === at) depth += place === "images" ? 1 : 0;
        at = end;
      } else if (place === "images") {
        if (piece === "(") depth += 1;
        else if (piece === ")") depth -= 1;
        // A list of arguments that isn't closed ends with its declaration.
        if (depth === 0 || piece === ";" || piece === "{" || piece === "}") return at;
      } else if (place === "font") {
        if (piece === "{") depth += 1;
        else if (piece === "}") depth -= 1;
        if (depth === 0) return at;
      }
    }
  }

  function replace(start: number, end: number, raw: string, inFontFace: boolean): void {
    copyTo(start);
    css += safeReference(raw, inFontFace, fonts);
    copied = end;
  }

  function scanCall(start: number, end: number, name: string, place: Place): number {
    if (URL_CALLS.has(name)) {
      const url = readUrl(text, end);
      replace(start, url.end, url.raw, place === "font");
      return url.end;
    }
    return IMAGE_CALLS.has(name) && place === "open" ? scan(end, "images") : end;
  }

  function scanRule(start: number, piece: string): number {
    const end = start + piece.length;
    const rule = unescapeCss(piece).toLowerCase();
    if (rule === "@font-face") {
      const block = preludeEnd(text, end);
      return text[block] === "{" ? scan(block + 1, "font") : block;
    }
    if (!DROPPED_RULES.has(rule)) return end;
    copyTo(start);
    const stop = preludeEnd(text, end);
    copied = text[stop] === ";" ? stop + 1 : stop;
    return copied;
  }

  scan(0, "open");
  copyTo(text.length);
  return { css, fonts: [...fonts] };
}

/** The name of the function that this piece calls. */
function called({ groups }: RegExpExecArray): string | undefined {
  const name = groups?.["open"] === undefined ? groups?.["call"] : groups["escaped"];
  return name === undefined ? undefined : unescapeCss(name).toLowerCase();
}

/** Where a rule's prelude ends: at its `;`, at a brace, or with the text. */
function preludeEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    INNER_PIECE.lastIndex = at;
    const found = INNER_PIECE.exec(text);
    if (!found) return text.length;
    if (/^[;{}]$/.test(found[0])) return found.index;
    at = found.index + found[0].length;
  }
}
