import type { MirrorEvent } from "../../messaging/recorder-port.ts";
import { EVENT, type Fields, SOURCE } from "../masking/serialized.ts";

/** Above this many changed rules one text is cheaper than their list. */
const MANY = 50;

type Change = { from: number; removed: number; added: string[] };

/** The one stretch in which two lists of rules differ. */
export function changeBetween(
  before: readonly string[],
  after: readonly string[],
): Change | undefined {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let tail = 0;
  while (
    tail < shorter - from &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  const removed = before.length - tail - from;
  const added = after.slice(from, after.length - tail);
  return removed === 0 && added.length === 0 ? undefined : { from, removed, added };
}

/** By its shape: the rules of a frame have other classes. */
function isImport(rule: CSSRule): rule is CSSImportRule {
  return "styleSheet" in rule;
}

function importedText(rule: CSSImportRule): string {
  return rule.styleSheet === null ? "" : (rulesOf(rule.styleSheet) ?? []).join("");
}

/** The rules of a sheet as text, imports put in their place; `undefined` when they may not be read. */
export function rulesOf(sheet: CSSStyleSheet): string[] | undefined {
  try {
    if (sheet.disabled) return [];
    return Array.from(sheet.cssRules, (rule) =>
      isImport(rule) ? importedText(rule) : rule.cssText,
    );
  } catch {
    return undefined;
  }
}

function increment(data: Fields): MirrorEvent {
  return { type: EVENT.incremental, timestamp: Date.now(), data };
}

export type SheetPlace = { id: number } | { styleId: number };

/**
 * Follows style sheets that scripts change. The first change sends the sheet whole, the later
 * ones only what differs. Returns the event, already masked.
 */
export type SheetFollower = {
  changed(sheet: CSSStyleSheet, place: SheetPlace, base: string): MirrorEvent | undefined;
  /** The mirror has this sheet as it is now. */
  settled(sheet: CSSStyleSheet): void;
  /** A key frame: the mirror has every sheet as it is now. */
  reset(): void;
};

export function createSheetFollower(css: (text: string, base: string) => string): SheetFollower {
  let known = new WeakMap<CSSStyleSheet, string[]>();

  const whole = (rules: string[], place: SheetPlace, base: string): MirrorEvent => {
    const text = css(rules.join("\n"), base);
    if ("styleId" in place)
      return increment({ source: SOURCE.styleSheetRule, ...place, replaceSync: text });
    return increment({
      source: SOURCE.mutation,
      texts: [],
      removes: [],
      adds: [],
      attributes: [{ id: place.id, attributes: { _cssText: text } }],
    });
  };

  return {
    changed(sheet, place, base) {
      const rules = rulesOf(sheet);
      if (rules === undefined) return undefined;
      const before = known.get(sheet);
      known.set(sheet, rules);
      if (before === undefined) return whole(rules, place, base);
      const change = changeBetween(before, rules);
      if (change === undefined) return undefined;
      const { from, removed, added } = change;
      // An imported sheet is several rules in the mirror: its indices are not ours.
      const imports = Array.from(sheet.cssRules).some(isImport);
      if (imports || removed + added.length > MANY) return whole(rules, place, base);
      // The player adds before it removes.
      const last = from + added.length + removed - 1;
      return increment({
        source: SOURCE.styleSheetRule,
        ...place,
        adds: added.map((rule, at) => ({ rule: css(rule, base), index: from + at })),
        removes: Array.from({ length: removed }, (_, at) => ({ index: last - at })),
      });
    },
    settled(sheet) {
      if (known.has(sheet)) known.set(sheet, rulesOf(sheet) ?? []);
    },
    reset() {
      known = new WeakMap();
    },
  };
}
