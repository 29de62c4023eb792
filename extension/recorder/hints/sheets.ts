import type { MirrorEvent } from "../../messaging/recorder-port.ts";
import { EVENT, type Fields, SOURCE } from "../masking/serialized.ts";
import { rulesOf, type SheetRule } from "../sheet-rules.ts";

/** Above this many changed rules one text is cheaper than their list. */
const MANY = 50;

type Change<T> = { from: number; removed: number; added: T[] };

/** The one stretch in which two lists of rules differ. */
export function changeBetween<T extends { text: string }>(
  before: readonly T[],
  after: readonly T[],
): Change<T> | undefined {
  const same = (one: number, other: number): boolean => before[one]?.text === after[other]?.text;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && same(from, from)) from += 1;
  let tail = 0;
  while (tail < shorter - from && same(before.length - 1 - tail, after.length - 1 - tail))
    tail += 1;
  const removed = before.length - tail - from;
  const added = after.slice(from, after.length - tail);
  return removed === 0 && added.length === 0 ? undefined : { from, removed, added };
}

function increment(data: Fields): MirrorEvent {
  return { type: EVENT.incremental, timestamp: Date.now(), data };
}

/** `texts`: the text nodes of a `style` that the mirror knows. */
export type SheetPlace = { id: number; texts: readonly number[] } | { styleId: number };

/**
 * Follows style sheets that scripts change. The first change sends the sheet whole, the later
 * ones only what differs. Returns the event, already masked.
 */
export type SheetFollower = {
  changed(sheet: CSSStyleSheet, place: SheetPlace, base: string): MirrorEvent | undefined;
  /** The mirror has this sheet as it is now. */
  settled(sheet: CSSStyleSheet, base: string): void;
  /** A key frame: the mirror has every sheet as it is now. */
  reset(): void;
};

export function createSheetFollower(css: (text: string, base: string) => string): SheetFollower {
  let known = new WeakMap<CSSStyleSheet, SheetRule[]>();
  const masked = ({ text, base }: SheetRule): string => css(text, base);

  const whole = (rules: SheetRule[], place: SheetPlace): MirrorEvent => {
    const text = rules.map(masked).join("\n");
    if ("styleId" in place)
      return increment({ source: SOURCE.styleSheetRule, ...place, replaceSync: text });
    const { id, texts } = place;
    // The player puts the text of a sheet into the nodes that it has for it, where it has some.
    return increment({
      source: SOURCE.mutation,
      texts: texts.map((node, at) => ({ id: node, value: at === 0 ? text : "" })),
      removes: [],
      adds: [],
      attributes: texts.length === 0 ? [{ id, attributes: { _cssText: text } }] : [],
    });
  };

  return {
    changed(sheet, place, base) {
      const rules = rulesOf(sheet, base);
      if (rules === undefined) return undefined;
      const before = known.get(sheet);
      known.set(sheet, rules);
      if (before === undefined) return whole(rules, place);
      const change = changeBetween(before, rules);
      if (change === undefined) return undefined;
      const { from, removed, added } = change;
      if (removed + added.length > MANY) return whole(rules, place);
      // The player adds before it removes.
      const last = from + added.length + removed - 1;
      return increment({
        source: SOURCE.styleSheetRule,
        ...("id" in place ? { id: place.id } : place),
        adds: added.map((rule, at) => ({ rule: masked(rule), index: from + at })),
        removes: Array.from({ length: removed }, (_, at) => ({ index: last - at })),
      });
    },
    settled(sheet, base) {
      if (known.has(sheet)) known.set(sheet, rulesOf(sheet, base) ?? []);
    },
    reset() {
      known = new WeakMap();
    },
  };
}
