import { safeAttributes } from "./safe-attributes.ts";
import { type BoxKind, readCount, readRecord, readText, type SafeContext } from "./safe-value.ts";

/**
 * rrweb's serialised nodes, from a page that may be hostile, rebuilt field by field: what is not
 * named here is not there. A refused element keeps its id and place (later events name them) as
 * an empty `noscript`, which is what rrweb itself makes of a script.
 */
export type SafeNode = {
  type: 0 | 1 | 2 | 3 | 5;
  id: number;
  rootId?: number;
  isShadow?: true;
  isShadowHost?: true;
  isSVG?: true;
  isCustom?: true;
  isStyle?: true;
  compatMode?: string;
  name?: string;
  publicId?: string;
  systemId?: string;
  tagName?: string;
  attributes?: Record<string, unknown>;
  childNodes?: SafeNode[];
  textContent?: string;
};

const MAX_DEPTH = 400;
const MAX_TEXT = 1024 * 1024;
const NODE_ID_MAX = 10_000_000;

/** At most one prefix; a name in the SVG namespace has none. */
const TAG = /^(?:[a-z][a-z0-9._-]{0,31}:)?[a-z][a-z0-9._-]{0,63}$/i;
const CUSTOM_TAG = /^[a-z][a-z0-9]*(?:-[a-z0-9._]+)+$/;
const RESERVED_CUSTOM = /^(?:annotation-xml|color-profile|font-face.*|missing-glyph)$/;

/** The others throw when they are asked for a shadow root. */
const SHADOW_HOSTS =
  /^(?:article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

const INERT = "noscript";
const REFUSED = new Set([
  "script",
  "noscript",
  "base",
  "basefont",
  "applet",
  "frame",
  "frameset",
  "portal",
  "fencedframe",
  "webview",
  "param",
  "noframes",
  "noembed",
  "plaintext",
  "handler",
  "listener",
]);
/** What they show does not cross, or would be something of their own: a labelled box stands for them. */
const BOXED = new Map<string, BoxKind>([
  ["object", "object"],
  ["embed", "object"],
  ["canvas", "canvas"],
  ["video", "video"],
  ["audio", "audio"],
]);
/** They can point an allowed attribute somewhere else later. */
const ANIMATION = new Set(["animate", "set", "animatemotion", "animatetransform", "discard"]);

export function readNodeId(value: unknown): number | undefined {
  const id = readCount(value);
  return id !== undefined && id > 0 && id < NODE_ID_MAX ? id : undefined;
}

const DOCUMENT = "#document";

function refused(id: number): SafeNode {
  return { type: 2, id, tagName: INERT, attributes: {}, childNodes: [] };
}

/** Adds where it stands. In place: this is done for every node of a page. */
function place(node: SafeNode, record: Record<string, unknown>): SafeNode {
  const rootId = readNodeId(record["rootId"]);
  if (rootId !== undefined) node.rootId = rootId;
  if (record["isShadow"] === true) node.isShadow = true;
  return node;
}

/** What a name alone says of an element. */
type TagFacts = {
  tag: string;
  /** Without its prefix. */
  bare: string;
  refused: boolean;
  /** Which box stands for it. */
  box: BoxKind | undefined;
  shown: string;
  animation: boolean;
  custom: boolean;
  hosts: boolean;
};

/** A page has thousands of elements and few names; a hostile one may have as many. */
const MAX_FACTS = 500;
const MAX_NAME = 100;
const facts = new Map<string, TagFacts>();

function factsOf(name: string): TagFacts {
  const known = facts.get(name);
  if (known !== undefined) return known;
  const tag = name.toLowerCase();
  const bare = tag.slice(tag.lastIndexOf(":") + 1);
  const custom = CUSTOM_TAG.test(tag) && !RESERVED_CUSTOM.test(tag);
  const made: TagFacts = {
    tag,
    bare,
    refused: !TAG.test(name) || REFUSED.has(tag) || REFUSED.has(bare),
    box: BOXED.get(tag),
    shown: BOXED.has(tag) ? "img" : tag,
    animation: ANIMATION.has(bare),
    custom,
    hosts: custom || SHADOW_HOSTS.test(tag),
  };
  if (facts.size >= MAX_FACTS) facts.clear();
  facts.set(name, made);
  return made;
}

function safeChildren(
  value: unknown,
  context: SafeContext,
  depth: number,
  parentTag: string,
): SafeNode[] {
  if (!Array.isArray(value) || depth > MAX_DEPTH) return [];
  const children: SafeNode[] = [];
  for (const child of value) {
    const node = safeNode(child, context, depth, parentTag);
    // A document comes by itself, as the content of a frame; inside another it would empty it.
    if (node && node.type !== 0 && (node.type !== 1 || parentTag === DOCUMENT)) children.push(node);
  }
  return children;
}

function retargets(attributes: unknown): boolean {
  const target = readRecord(attributes)?.["attributeName"];
  return typeof target !== "string" || /href|src|style|^on/i.test(target);
}

/** The one `meta` that changes how a page looks and does nothing else. */
function isColorScheme(attributes: unknown): boolean {
  const meta = readRecord(attributes);
  const content = meta?.["content"];
  return (
    meta?.["name"] === "color-scheme" &&
    meta["http-equiv"] === undefined &&
    typeof content === "string" &&
    /^[a-z ]{1,40}$/.test(content)
  );
}

function safeElement(
  record: Record<string, unknown>,
  id: number,
  context: SafeContext,
  depth: number,
): SafeNode {
  const name = record["tagName"];
  if (typeof name !== "string" || name.length > MAX_NAME) return refused(id);
  const known = factsOf(name);
  const { tag, bare, shown } = known;
  if (known.refused) return refused(id);
  if (known.animation && retargets(record["attributes"])) return refused(id);

  if (tag === "meta" && !isColorScheme(record["attributes"])) return refused(id);

  const isSVG = record["isSVG"] === true;
  if (isSVG && bare !== tag) return refused(id);
  const attributes = safeAttributes(shown, record["attributes"], context, true);
  if (known.box !== undefined) attributes["src"] = context.box(known.box);
  const node: SafeNode = {
    type: 2,
    id,
    tagName: isSVG ? name : shown,
    attributes,
    // An image or a frame has no children of its own in a document.
    childNodes:
      shown === "img" || shown === "iframe" || shown === "meta"
        ? []
        : safeChildren(record["childNodes"], context, depth + 1, bare),
  };
  if (isSVG) node.isSVG = true;
  else {
    if (record["isCustom"] === true && known.custom) node.isCustom = true;
    if (record["isShadowHost"] === true && known.hosts) node.isShadowHost = true;
  }
  return node;
}

/** `undefined`: no node at all. `parentTag`: text in a style element is CSS. */
export function safeNode(
  value: unknown,
  context: SafeContext,
  depth = 0,
  parentTag = "",
): SafeNode | undefined {
  const record = readRecord(value);
  const id = readNodeId(record?.["id"]);
  if (!record || id === undefined || !context.spend()) return undefined;
  const node = safeByType(record, id, context, depth, parentTag);
  return node && place(node, record);
}

function safeByType(
  record: Record<string, unknown>,
  id: number,
  context: SafeContext,
  depth: number,
  parentTag: string,
): SafeNode | undefined {
  switch (record["type"]) {
    case 0:
      return {
        type: 0,
        id,
        childNodes: safeChildren(record["childNodes"], context, depth + 1, DOCUMENT),
        ...(record["compatMode"] === "BackCompat" ? { compatMode: "BackCompat" } : {}),
      };
    case 1:
      // Only the name and the two classic identifiers choose the layout mode; nothing is loaded.
      return {
        type: 1,
        id,
        name: "html",
        publicId: readText(record["publicId"], 200) ?? "",
        systemId: readText(record["systemId"], 200) ?? "",
      };
    case 2:
      return safeElement(record, id, context, depth);
    case 3: {
      const text = readText(record["textContent"], MAX_TEXT) ?? "";
      const isStyle = record["isStyle"] === true || parentTag === "style";
      return {
        type: 3,
        id,
        textContent: isStyle ? context.css(text) : text,
        ...(isStyle ? { isStyle } : {}),
      };
    }
    case 4:
    case 5:
      return { type: 5, id, textContent: "" };
    default:
      return undefined;
  }
}
