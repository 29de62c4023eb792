import { parseSafeUrl, TRANSPARENT } from "./safe-url.ts";

/**
 * CSS from a page that may be hostile: every reference to something outside becomes a variable
 * that the player fills in when the bytes have come (`--epaule-<token>`), or nothing.
 * Fonts can't use a variable: they keep their token, and the player replaces it (`pendingFont`).
 */
export type SafeCss = { css: string; fonts: readonly string[] };

const MAX_CSS_LENGTH = 8 * 1024 * 1024;
const MAY_REFER = /\\|url|src\(|image|element\(|@import|@charset|@namespace|@document|@-moz/i;
const TOKEN =
  /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n\r\f]|\\[^])*(?:"|$|(?=[\n\r\f]))|'(?:[^'\\\n\r\f]|\\[^])*(?:'|$|(?=[\n\r\f]))|@?(?:[-\w\u0080-\uFFFF]|\\[\da-f]{1,6}(?:\r\n|[ \t\r\n\f])?|\\[^\n\r\f\da-f])+|[^"'@\\\w\u0080-\uFFFF(){};/-]+|[^]/giy;
const ESCAPE = /\\(?:([0-9a-f]{1,6})(?:\r\n|\s)?|\r?\n|([^]))/gi;

/** An address that fails without being asked for, so that it isn't refused aloud by the policy. */
const NOTHING = 'url("data:,")';
/** Functions whose plain strings are addresses. */
const STRING_IS_URL = new Set(["image-set", "-webkit-image-set", "image", "src", "url"]);
const DROPPED_RULES = new Set(["@import", "@charset", "@namespace", "@document", "@-moz-document"]);

export function variableName(token: string): string {
  return `--epaule-${token}`;
}

/** Loads nothing, and is refused by no policy. */
export function pendingFont(token: string): string {
  return `data:,asset:${token}`;
}

function unescapeCss(text: string): string {
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

export function safeCss(text: string): SafeCss {
  if (text.length > MAX_CSS_LENGTH) return { css: "", fonts: [] };
  if (!MAY_REFER.test(text)) return { css: text, fonts: [] };

  const fonts = new Set<string>();
  const functions: string[] = [];
  let css = "";
  let depth = 0;
  let fontFaceAt = -1;
  let fontFacePending = false;
  let dropping = false;
  let name = "";
  let nameLength = 0;

  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const token = found[0];
    const first = token.charAt(0);
    const previousName = name;
    name = "";

    if (dropping) {
      if (first === ";" || first === "{" || first === "}") dropping = false;
      if (first !== "{" && first !== "}") continue;
    }
    if (first === '"' || first === "'") {
      const within = functions.at(-1);
      css +=
        within !== undefined && STRING_IS_URL.has(within)
          ? safeReference(token.slice(1, -1), false, fonts)
          : token;
    } else if (first === "@") {
      const rule = unescapeCss(token).toLowerCase();
      if (DROPPED_RULES.has(rule)) dropping = true;
      else css += token;
      fontFacePending = rule === "@font-face";
    } else if (/[-\w\\\u0080-\uFFFF]/.test(first)) {
      name = unescapeCss(token).toLowerCase();
      nameLength = token.length;
      css += token;
    } else if (first === "(") {
      if (previousName === "url" || previousName === "src" || previousName === "url-prefix") {
        const { raw, end } = readUrl(text, TOKEN.lastIndex);
        css = css.slice(0, css.length - nameLength);
        css += safeReference(raw, fontFaceAt >= 0, fonts);
        TOKEN.lastIndex = end;
      } else {
        functions.push(previousName);
        css += token;
      }
    } else {
      if (first === ")") functions.pop();
      if (first === "{") {
        depth += 1;
        functions.length = 0;
        if (fontFacePending) fontFaceAt = depth;
        fontFacePending = false;
      }
      if (first === "}") {
        if (fontFaceAt === depth) fontFaceAt = -1;
        depth = Math.max(0, depth - 1);
        functions.length = 0;
      }
      if (first === ";") functions.length = 0;
      css += token;
    }
  }
  return { css, fonts: [...fonts] };
}
