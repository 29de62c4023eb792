import { baseOf } from "./masking/dom.ts";

/** One rule, and what its addresses are relative to. */
export type SheetRule = { text: string; base: string };

export const UNREADABLE = -2;
/** Whatever it has now, it was something else while it was read. */
export const CHANGING = -3;

/** By its shape: the rules of a frame have other classes. */
function isImport(rule: CSSRule): rule is CSSImportRule {
  return "styleSheet" in rule;
}

function baseOfSheet(sheet: CSSStyleSheet, outer: string): string {
  if (sheet.href !== null) return sheet.href;
  const owner = sheet.ownerNode;
  return owner === null ? outer : baseOf(owner);
}

/**
 * The rules of a sheet, those that it imports put in their place. Throws where the page itself
 * may not read them.
 */
export function* sheetRules(sheet: CSSStyleSheet, outer: string): Generator<SheetRule> {
  if (sheet.disabled) return;
  const base = baseOfSheet(sheet, outer);
  // Counted: the page may change the sheet between two of our steps.
  for (let at = 0; at < sheet.cssRules.length; at += 1) {
    const rule = sheet.cssRules[at];
    if (rule === undefined) continue;
    if (!isImport(rule)) yield { text: rule.cssText, base };
    else yield* importedRules(rule, base);
  }
}

function* importedRules(rule: CSSImportRule, outer: string): Generator<SheetRule> {
  if (rule.styleSheet === null) return;
  const media = rule.media.mediaText;
  let inner: SheetRule[];
  try {
    inner = [...sheetRules(rule.styleSheet, outer)];
  } catch {
    return;
  }
  const [first] = inner;
  if (media === "" || first === undefined) yield* inner;
  else
    yield {
      text: `@media ${media} {\n${inner.map(({ text }) => text).join("\n")}\n}`,
      base: first.base,
    };
}

/** How many rules the sheet has now; a number below 0 tells why none can be read. */
export function rulesIn(sheet: CSSStyleSheet): number {
  try {
    return sheet.disabled ? -1 : sheet.cssRules.length;
  } catch {
    return UNREADABLE;
  }
}

/** `undefined` when they may not be read. */
export function rulesOf(sheet: CSSStyleSheet, outer: string): SheetRule[] | undefined {
  try {
    return [...sheetRules(sheet, outer)];
  } catch {
    return undefined;
  }
}
