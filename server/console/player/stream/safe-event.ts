import { safeAttributes } from "./safe-attributes.ts";
import { readNodeId, type SafeNode, safeNode } from "./safe-node.ts";
import {
  readCount,
  readList,
  readNumber,
  readRecord,
  readText,
  type SafeContext,
} from "./safe-value.ts";

/**
 * rrweb events from a page that may be hostile, rebuilt field by field. Only the kinds named here
 * reach the Replayer: no canvas commands, no fonts by script, no media, no plugins.
 */
export type SafeMutation = {
  source: 0;
  adds: { parentId: number; nextId: number | null; node: SafeNode }[];
  removes: { parentId: number; id: number; isShadow?: true }[];
  texts: { id: number; value: string | null }[];
  attributes: { id: number; attributes: Record<string, unknown> }[];
  isAttachIframe?: true;
};
/** How the beneficiary's browser draws: in the mirror it would be the helper's. */
export type SafeLook = { dark: boolean; bar: number | undefined };
type SafePosition = { x: number; y: number; id: number; timeOffset: number };
type SafeRule = { rule: string; index?: number | number[] };
export type SafeIncrement =
  | SafeMutation
  | { source: 1 | 6 | 12; positions: SafePosition[] }
  | { source: 2; type: number; id: number; x: number; y: number }
  | { source: 3; id: number; x: number; y: number }
  | { source: 4; width: number; height: number; look: SafeLook }
  | { source: 5; id: number; text: string; isChecked: boolean }
  | {
      source: 8;
      id?: number;
      styleId?: number;
      adds?: SafeRule[];
      removes?: { index: number | number[] }[];
      replace?: string;
      replaceSync?: string;
    }
  | {
      source: 13;
      id?: number;
      styleId?: number;
      index: number[];
      set?: { property: string; value: string; priority?: string };
      remove?: { property: string };
    }
  | {
      source: 14;
      ranges: { start: number; startOffset: number; end: number; endOffset: number }[];
    }
  | {
      source: 15;
      id: number;
      styleIds: number[];
      styles?: { styleId: number; rules: SafeRule[] }[];
    };
export type SafeEvent =
  | { type: 2; data: { node: SafeNode; initialOffset: { top: number; left: number } } }
  | { type: 3; data: SafeIncrement }
  | { type: 4; data: { href: string; width: number; height: number; look: SafeLook } };

export type EventContext = SafeContext & {
  /** Lower-case tag of a node that the mirror already has; `parentTag`: of its parent. */
  tag: (id: number) => string | undefined;
  parentTag: (id: number) => string | undefined;
};

const MAX_SIDE = 20_000;
const MAX_LIST = 20_000;

function readSide(value: unknown): number | undefined {
  const side = readNumber(value, MAX_SIDE);
  return side !== undefined && side >= 1 ? Math.round(side) : undefined;
}

/** The widest scroll bar that is one. */
const MAX_BAR = 60;

function safeLook(data: Record<string, unknown>): SafeLook {
  const bar = readCount(data["bar"]);
  return {
    dark: data["dark"] === true,
    bar: bar === undefined || bar > MAX_BAR ? undefined : bar,
  };
}

function keep<T>(list: unknown[], read: (record: Record<string, unknown>) => T | undefined): T[] {
  const kept: T[] = [];
  for (const item of list) {
    const record = readRecord(item);
    const value = record && read(record);
    if (value !== undefined) kept.push(value);
  }
  return kept;
}

function readIndex(value: unknown): number | number[] | undefined {
  const count = readCount(value);
  if (count !== undefined) return count;
  if (!Array.isArray(value) || value.length === 0 || value.length > 20) return undefined;
  const path = value.map(readCount);
  return path.every((step) => step !== undefined) ? path : undefined;
}

function safeRules(value: unknown, context: EventContext): SafeRule[] {
  return keep(readList(value, MAX_LIST), ({ rule, index }) => {
    if (typeof rule !== "string") return undefined;
    const at = readIndex(index);
    return { rule: context.css(rule), ...(at === undefined ? {} : { index: at }) };
  });
}

function sheetOf(data: Record<string, unknown>): { id?: number; styleId?: number } {
  const id = readNodeId(data["id"]);
  const styleId = readCount(data["styleId"]);
  return {
    ...(id === undefined ? {} : { id }),
    ...(styleId === undefined ? {} : { styleId }),
  };
}

function safeMutation(data: Record<string, unknown>, context: EventContext): SafeMutation {
  return {
    source: 0,
    adds: keep(readList(data["adds"]), (add) => {
      const parentId = readNodeId(add["parentId"]);
      if (parentId === undefined) return undefined;
      const node = safeNode(add["node"], context, 0, context.tag(parentId) ?? "");
      // A document is the content of a frame; anywhere else it would empty the one that it is in.
      if (!node || (node.type === 0 && (context.tag(parentId) ?? "iframe") !== "iframe"))
        return undefined;
      return { parentId, nextId: readNodeId(add["nextId"]) ?? null, node };
    }),
    removes: keep(readList(data["removes"]), (remove) => {
      const parentId = readNodeId(remove["parentId"]);
      const id = readNodeId(remove["id"]);
      if (parentId === undefined || id === undefined) return undefined;
      return { parentId, id, ...(remove["isShadow"] === true ? { isShadow: true } : {}) };
    }),
    texts: keep(readList(data["texts"]), (text) => {
      const id = readNodeId(text["id"]);
      if (id === undefined) return undefined;
      const value = readText(text["value"], 1024 * 1024) ?? null;
      // A parent that we can't see might be a style element.
      const isCss = (context.parentTag(id) ?? "style") === "style";
      return { id, value: value !== null && isCss ? context.css(value) : value };
    }),
    attributes: keep(readList(data["attributes"]), (change) => {
      const id = readNodeId(change["id"]);
      if (id === undefined) return undefined;
      const tag = context.tag(id) ?? "";
      return { id, attributes: safeAttributes(tag, change["attributes"], context, false) };
    }),
    ...(data["isAttachIframe"] === true ? { isAttachIframe: true } : {}),
  };
}

function safePositions(value: unknown): SafePosition[] {
  return keep(readList(value, 1000), (position) => {
    const x = readNumber(position["x"]);
    const y = readNumber(position["y"]);
    const id = readNodeId(position["id"]);
    if (x === undefined || y === undefined || id === undefined) return undefined;
    return { x, y, id, timeOffset: 0 };
  });
}

function safeDeclaration(
  data: Record<string, unknown>,
  context: EventContext,
): SafeIncrement | undefined {
  const index = readIndex(data["index"]);
  if (!Array.isArray(index)) return undefined;
  const set = readRecord(data["set"]);
  const property = readText(set?.["property"], 100);
  const value = readText(set?.["value"], 64 * 1024);
  const removed = readText(readRecord(data["remove"])?.["property"], 100);
  return {
    source: 13,
    ...sheetOf(data),
    index,
    ...(property === undefined || value === undefined
      ? {}
      : {
          set: {
            property,
            value: context.css(value),
            ...(set?.["priority"] === "important" ? { priority: "important" } : {}),
          },
        }),
    ...(removed === undefined ? {} : { remove: { property: removed } }),
  };
}

function safeIncrement(
  data: Record<string, unknown>,
  context: EventContext,
): SafeIncrement | undefined {
  const source = data["source"];
  const id = readNodeId(data["id"]);
  const x = readNumber(data["x"]);
  const y = readNumber(data["y"]);
  switch (source) {
    case 0:
      return safeMutation(data, context);
    case 1:
    case 6:
    case 12: {
      const positions = safePositions(data["positions"]);
      return positions.length > 0 ? { source, positions } : undefined;
    }
    case 2: {
      const type = readCount(data["type"]);
      if (type === undefined || type > 10 || id === undefined) return undefined;
      return { source, type, id, x: x ?? 0, y: y ?? 0 };
    }
    case 3:
      if (id === undefined || x === undefined || y === undefined) return undefined;
      return { source, id, x, y };
    case 4: {
      const width = readSide(data["width"]);
      const height = readSide(data["height"]);
      if (width === undefined || height === undefined) return undefined;
      return { source, width, height, look: safeLook(data) };
    }
    case 5:
      if (id === undefined) return undefined;
      return {
        source,
        id,
        text: readText(data["text"], 64 * 1024) ?? "",
        isChecked: data["isChecked"] === true,
      };
    case 8: {
      const replace = typeof data["replace"] === "string" ? data["replace"] : undefined;
      const replaceSync = typeof data["replaceSync"] === "string" ? data["replaceSync"] : undefined;
      return {
        source,
        ...sheetOf(data),
        adds: safeRules(data["adds"], context),
        removes: keep(readList(data["removes"], MAX_LIST), (remove) => {
          const index = readIndex(remove["index"]);
          return index === undefined ? undefined : { index };
        }),
        ...(replace === undefined ? {} : { replace: context.css(replace) }),
        ...(replaceSync === undefined ? {} : { replaceSync: context.css(replaceSync) }),
      };
    }
    case 13:
      return safeDeclaration(data, context);
    case 14:
      return {
        source,
        ranges: keep(readList(data["ranges"], 100), (range) => {
          const start = readNodeId(range["start"]);
          const end = readNodeId(range["end"]);
          if (start === undefined || end === undefined) return undefined;
          const startOffset = readCount(range["startOffset"]) ?? 0;
          return { start, startOffset, end, endOffset: readCount(range["endOffset"]) ?? 0 };
        }),
      };
    case 15:
      if (id === undefined) return undefined;
      return {
        source,
        id,
        styleIds: readList(data["styleIds"], 1000).flatMap((value) => readCount(value) ?? []),
        styles: keep(readList(data["styles"], 1000), (style) => {
          const styleId = readCount(style["styleId"]);
          if (styleId === undefined) return undefined;
          return { styleId, rules: safeRules(style["rules"], context) };
        }),
      };
    default:
      return undefined;
  }
}

/** `undefined` for an event that has no place in the mirror. */
export function safeEvent(event: unknown, context: EventContext): SafeEvent | undefined {
  const record = readRecord(event);
  const data = readRecord(record?.["data"]);
  if (!record || !data) return undefined;
  switch (record["type"]) {
    case 2: {
      const node = safeNode(data["node"], context);
      if (node?.type !== 0) return undefined;
      const offset = readRecord(data["initialOffset"]);
      return {
        type: 2,
        data: {
          node,
          initialOffset: {
            top: readNumber(offset?.["top"]) ?? 0,
            left: readNumber(offset?.["left"]) ?? 0,
          },
        },
      };
    }
    case 3: {
      const increment = safeIncrement(data, context);
      return increment && { type: 3, data: increment };
    }
    case 4: {
      const width = readSide(data["width"]);
      const height = readSide(data["height"]);
      if (width === undefined || height === undefined) return undefined;
      return { type: 4, data: { href: "about:blank", width, height, look: safeLook(data) } };
    }
    default:
      return undefined;
  }
}
