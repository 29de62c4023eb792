import { utf8 } from "../bytes.ts";
import { contentHashOf } from "../crypto/digest.ts";
import { type ContentHash, contentHashSchema } from "../ids.ts";

/**
 * [M6] Large style sheets leave the events and cross once, by hash. Only where rrweb puts style
 * text: an attribute `_cssText`, the text of a `style` element, the rules of a style sheet event.
 * In any other place `{ $text }` means nothing, so that a page cannot write one.
 */
const DEFAULT_MINIMUM_BYTES = 1024;
/** Deeper than any document that a browser can lay out; what lies below stays as it is. */
const MAX_DEPTH = 1_500;
const INCREMENTAL_SNAPSHOT = 3;
const MUTATION = 0;
const STYLE_SHEET_RULE = 8;
const ADOPTED_STYLE_SHEET = 15;
const RULE_KEYS: ReadonlySet<string> = new Set(["rule", "replace", "replaceSync"]);
const TEXT_NODE = 3;

type Fields = Readonly<Record<string, unknown>>;
/** Gets what stands where style text stands, and gives what shall stand there. */
type Swap = (text: unknown) => unknown;

/** Pure: gives new events, and shares with the old ones whatever did not change. */
export async function extractTexts(
  events: readonly unknown[],
  minimumBytes = DEFAULT_MINIMUM_BYTES,
): Promise<{ events: unknown[]; texts: Map<ContentHash, string> }> {
  const large = new Set<string>();
  swapAll(events, (text) => {
    if (isLarge(text, minimumBytes)) large.add(text);
    return text;
  });
  if (large.size === 0) return { events: [...events], texts: new Map() };
  const hashes = new Map<unknown, ContentHash>();
  const texts = new Map<ContentHash, string>();
  for (const text of large) {
    const hash = await contentHashOf(utf8(text));
    hashes.set(text, hash);
    texts.set(hash, text);
  }
  const swapped = swapAll(events, (text) => {
    const hash = hashes.get(text);
    return hash ? { $text: hash } : text;
  });
  return { events: [...swapped], texts };
}

/** The reverse. A text that `lookup` doesn't know becomes empty: the caller has seen the miss. */
export function restoreTexts(
  events: readonly unknown[],
  lookup: (hash: ContentHash) => string | undefined,
): unknown[] {
  const restored = swapAll(events, (value) => {
    if (!isFields(value) || Object.keys(value).length !== 1) return value;
    const hash = contentHashSchema.safeParse(value["$text"]);
    return hash.success ? (lookup(hash.data) ?? "") : value;
  });
  return [...restored];
}

function swapAll(events: readonly unknown[], swap: Swap): readonly unknown[] {
  return mapShared(events, (event) => (isFields(event) ? swapEvent(event, swap) : event));
}

function swapEvent(event: Fields, swap: Swap): Fields {
  const { data } = event;
  if (!isFields(data)) return event;
  const source = event["type"] === INCREMENTAL_SNAPSHOT ? data["source"] : undefined;
  if (source === STYLE_SHEET_RULE || source === ADOPTED_STYLE_SHEET)
    return withField(event, "data", swapRules(data, swap, 0));
  const inner = swapInside(data, swap, 0);
  return withField(event, "data", source === MUTATION ? swapAddedTexts(inner, swap) : inner);
}

function swapRules(value: unknown, swap: Swap, depth: number): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return mapShared(value, (item) => swapRules(item, swap, depth + 1));
  if (!isFields(value)) return value;
  let changed = value;
  for (const key in value) {
    const field = value[key];
    const swapped = RULE_KEYS.has(key) ? swap(field) : swapRules(field, swap, depth + 1);
    changed = withField(changed, key, swapped);
  }
  return changed;
}

function swapNodes(value: unknown, swap: Swap, depth: number): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return mapShared(value, (item) => swapNodes(item, swap, depth + 1));
  return isFields(value) ? swapInside(value, swap, depth) : value;
}

/** Once per node of a page: nothing is made for a node in which nothing changes. */
function swapInside(fields: Fields, swap: Swap, depth: number): Fields {
  let changed = fields;
  for (const key in fields) {
    const field = fields[key];
    if (typeof field !== "object" && key !== "_cssText") continue;
    if (key === "_cssText") changed = withField(changed, key, swap(field));
    else if (key === "childNodes" && fields["tagName"] === "style" && Array.isArray(field))
      changed = withField(
        changed,
        key,
        mapShared(field, (child) => swapTextNode(child, swap)),
      );
    else changed = withField(changed, key, swapNodes(field, swap, depth + 1));
  }
  return changed;
}

/** rrweb adds a `style` element and its text one by one, in one mutation. */
function swapAddedTexts(data: Fields, swap: Swap): Fields {
  const { adds } = data;
  if (!Array.isArray(adds)) return data;
  const styles = new Set<unknown>();
  for (const add of adds) {
    const node: unknown = isFields(add) ? add["node"] : undefined;
    if (isFields(node) && node["tagName"] === "style") styles.add(node["id"]);
  }
  if (styles.size === 0) return data;
  const swapped = mapShared(adds, (add) =>
    isFields(add) && styles.has(add["parentId"])
      ? withField(add, "node", swapTextNode(add["node"], swap))
      : add,
  );
  return withField(data, "adds", swapped);
}

function swapTextNode(node: unknown, swap: Swap): unknown {
  if (!isFields(node) || node["type"] !== TEXT_NODE) return node;
  return withField(node, "textContent", swap(node["textContent"]));
}

/** A loop, not `map`: one frame of the stack less for each level of a document. */
function mapShared(items: readonly unknown[], map: (item: unknown) => unknown): readonly unknown[] {
  let mapped: unknown[] | undefined;
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    const next = map(item);
    if (next !== item) mapped ??= items.slice(0, at);
    mapped?.push(next);
  }
  return mapped ?? items;
}

function withField(fields: Fields, key: string, value: unknown): Fields {
  return fields[key] === value ? fields : { ...fields, [key]: value };
}

function isLarge(text: unknown, minimumBytes: number): text is string {
  if (typeof text !== "string" || text.length * 3 < minimumBytes) return false;
  return text.length >= minimumBytes || utf8(text).length >= minimumBytes;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
