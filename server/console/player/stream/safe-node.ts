import { safeAttributes } from "./safe-attributes.ts";
import { readCount, readRecord, readText, type SafeContext } from "./safe-value.ts";

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
/** They would show something of their own: a labelled box stands for them. */
const BOXED = new Set(["object", "embed"]);
/** They can point an allowed attribute somewhere else later. */
const ANIMATION = new Set(["animate", "set", "animatemotion", "animatetransform", "discard"]);

export function readNodeId(value: unknown): number | undefined {
  const id = readCount(value);
  return id !== undefined && id > 0 && id < NODE_ID_MAX ? id : undefined;
}

const DOCUMENT = "#document";

function refused(id: number, flags: Partial<SafeNode>): SafeNode {
  return { type: 2, id, tagName: INERT, attributes: {}, childNodes: [], ...flags };
}

function placement(record: Record<string, unknown>): Partial<SafeNode> {
  const rootId = readNodeId(record["rootId"]);
  return {
    ...(rootId === undefined ? {} : { rootId }),
    ...(record["isShadow"] === true ? { isShadow: true } : {}),
  };
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
  const flags = placement(record);
  const name = record["tagName"];
  if (typeof name !== "string" || !TAG.test(name)) return refused(id, flags);
  const tag = name.toLowerCase();
  const bare = tag.slice(tag.lastIndexOf(":") + 1);
  if (REFUSED.has(tag) || REFUSED.has(bare)) return refused(id, flags);
  if (ANIMATION.has(bare) && retargets(record["attributes"])) return refused(id, flags);

  if (tag === "meta" && !isColorScheme(record["attributes"])) return refused(id, flags);

  const isSVG = record["isSVG"] === true;
  if (isSVG && bare !== tag) return refused(id, flags);
  const shown = BOXED.has(tag) ? "img" : tag;
  const attributes = safeAttributes(shown, record["attributes"], context, true);
  if (BOXED.has(tag)) attributes["src"] = context.box("object");
  const isCustomName = CUSTOM_TAG.test(tag) && !RESERVED_CUSTOM.test(tag);
  const isCustom = record["isCustom"] === true && isCustomName && !isSVG;
  const mayHost = !isSVG && (isCustomName || SHADOW_HOSTS.test(tag));
  return {
    type: 2,
    id,
    tagName: isSVG ? name : shown,
    attributes,
    // An image or a frame has no children of its own in a document.
    childNodes:
      shown === "img" || shown === "iframe" || shown === "meta"
        ? []
        : safeChildren(record["childNodes"], context, depth + 1, bare),
    ...flags,
    ...(isSVG ? { isSVG } : {}),
    ...(isCustom ? { isCustom } : {}),
    ...(record["isShadowHost"] === true && mayHost ? { isShadowHost: true } : {}),
  };
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
  switch (record["type"]) {
    case 0:
      return {
        type: 0,
        id,
        childNodes: safeChildren(record["childNodes"], context, depth + 1, DOCUMENT),
        ...placement(record),
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
        ...placement(record),
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
        ...placement(record),
        ...(isStyle ? { isStyle } : {}),
      };
    }
    case 4:
    case 5:
      return { type: 5, id, textContent: "", ...placement(record) };
    default:
      return undefined;
  }
}
