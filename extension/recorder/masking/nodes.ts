import { type AttributeContext, type AttributeMask, type MaskedAttributes } from "./attributes.ts";
import { boxAttributes, boxChange, isBoxed } from "./boxes.ts";
import {
  attributeOf,
  attributesOf,
  documentOf,
  isElement,
  isHtml,
  isSvg,
  localNameOf,
  parentElementOf,
} from "./dom.ts";
import {
  FIELD_STATE_ATTRIBUTE,
  type FieldStates,
  inputTypeOf,
  isEditable,
  isField,
  placeholderOf,
} from "./field-states.ts";
import { withoutTelling } from "./field-style.ts";
import { isOpenPopover, POPOVER_ATTRIBUTE } from "./popovers.ts";
import { NODE, type SerializedNode } from "./serialized.ts";

/** What these hold is a value, data or code: their children stay in the page. */
const CLOSED = new Set(["textarea", "noscript", "template", "datalist", "script"]);
const NAMES = /^[a-z_][\w.:-]*$/i;

function holdsValue(element: Element): boolean {
  if (isEditable(element)) return true;
  return localNameOf(element) === "body" && documentOf(element)?.designMode === "on";
}

/** Whether the children of this element stay in the page. */
export function isClosed(element: Element): boolean {
  const name = localNameOf(element);
  return CLOSED.has(name) || isBoxed(name) || holdsValue(element);
}

/** Whether this node, or something that it is in, stays in the page. */
export function isInsideClosed(node: Node): boolean {
  for (let at = parentElementOf(node); at !== null; at = parentElementOf(at))
    if (isClosed(at)) return true;
  return false;
}

function maskMeta(source: Record<string, unknown>): MaskedAttributes {
  const content = source["content"];
  const scheme = source["name"] === "color-scheme" && typeof content === "string";
  return scheme && /^[a-z ]{1,40}$/.test(content) ? { name: "color-scheme", content } : {};
}

export type NodeMask = {
  /** All attributes of an element as it is in the page. `tag`: as it is told. */
  live(element: Element, tag: string): MaskedAttributes;
  node(serialized: SerializedNode, parentTag: string): SerializedNode;
  attributes(element: Element | undefined, attributes: Record<string, unknown>): MaskedAttributes;
};

export function createNodeMask(parts: {
  attributes: AttributeMask;
  fields: FieldStates;
  nodeOf: (id: number) => Node | null;
  /** A list in which something is chosen: the mirror must show it without a choice. */
  chosen: (list: Element) => void;
  /** A box stands for it, as large as the page draws it: from now on too. */
  boxed: (element: Element) => void;
}): NodeMask {
  const { attributes, fields, nodeOf } = parts;

  const maskAll = (source: Record<string, unknown>, context: AttributeContext) => {
    const masked: MaskedAttributes = {};
    for (const name in source) {
      if (!NAMES.test(name)) continue;
      const value = attributes.one(name, source[name], context);
      if (value !== undefined) masked[name] = value;
    }
    return masked;
  };

  /** The image that is shown, of all that `srcset` and `picture` offer. */
  const addShownImage = (element: Element, masked: MaskedAttributes, context: AttributeContext) => {
    if (!isHtml(element, "img") || element.currentSrc === "") return;
    const shown = attributes.one("src", element.currentSrc, context);
    if (shown === undefined) delete masked["src"];
    else masked["src"] = shown;
  };

  const addFieldState = (element: Element, masked: MaskedAttributes): void => {
    if (!isField(element)) return;
    if ("style" in masked) masked["style"] = withoutTelling(masked["style"]);
    // How far a field is scrolled tells how much is written in it.
    delete masked["rr_scrollLeft"];
    delete masked["rr_scrollTop"];
    const state = fields.stateOf(element);
    masked[FIELD_STATE_ATTRIBUTE] = state;
    if (isHtml(element, "select")) {
      if (state !== "empty") parts.chosen(element);
      return;
    }
    const placeholder = placeholderOf(element, state);
    if (placeholder !== undefined && placeholder !== "") masked["value"] = placeholder;
  };

  const maskElement = (
    element: Element | undefined,
    tag: string,
    svg: boolean,
    source: Record<string, unknown>,
  ): MaskedAttributes => {
    if (tag === "meta") return maskMeta(source);
    if (tag === "base" || tag === "script" || tag === "source" || tag === "track") return {};
    const type = source["type"];
    const role = source["role"];
    const context: AttributeContext = {
      tag,
      svg,
      inputType:
        element === undefined
          ? (typeof type === "string" ? type : "text").toLowerCase()
          : inputTypeOf(element) || "text",
      role: typeof role === "string" ? role : "",
    };
    const masked = maskAll(source, context);
    if (element !== undefined) {
      if (tag === "img") addShownImage(element, masked, context);
      addFieldState(element, masked);
      if (isOpenPopover(element)) masked[POPOVER_ATTRIBUTE] = "open";
      if (isBoxed(tag)) {
        Object.assign(masked, boxAttributes(element));
        parts.boxed(element);
      }
    }
    return masked;
  };

  const maskText = (text: string, parentTag: string): string =>
    parentTag === "style" ? attributes.css(text) : text;

  const node = (source: SerializedNode, parentTag: string): SerializedNode => {
    const base: SerializedNode = { type: source.type, id: source.id };
    if (source.rootId !== undefined) base.rootId = source.rootId;
    if (source.isShadow === true) base.isShadow = true;

    if (source.type === NODE.text)
      return { ...base, textContent: maskText(source.textContent ?? "", parentTag) };
    if (source.type === NODE.doctype)
      return {
        ...base,
        name: source.name ?? "html",
        publicId: source.publicId ?? "",
        systemId: source.systemId ?? "",
      };
    if (source.type === NODE.document) {
      base.childNodes = (source.childNodes ?? []).map((child) => node(child, ""));
      if (source.compatMode !== undefined) base.compatMode = source.compatMode;
      return base;
    }
    if (source.type !== NODE.element) return { ...base, textContent: "" };

    const tag = source.tagName ?? "div";
    const live = nodeOf(source.id);
    const element = isElement(live) ? live : undefined;
    base.tagName = tag;
    base.attributes = maskElement(element, tag, source.isSVG === true, source.attributes ?? {});
    // Without its element we cannot tell what it holds: keep its children in the page.
    const closed = element === undefined || isClosed(element);
    base.childNodes = closed ? [] : (source.childNodes ?? []).map((child) => node(child, tag));
    if (source.isSVG === true) base.isSVG = true;
    if (source.isShadowHost === true) base.isShadowHost = true;
    return base;
  };

  return {
    node,
    live: (element, tag) => maskElement(element, tag, isSvg(element), attributesOf(element)),
    attributes(element, source) {
      if (element === undefined) return {};
      const tag = localNameOf(element).toLowerCase();
      if (tag === "meta" || tag === "base" || tag === "script" || tag === "source") return {};
      const context: AttributeContext = {
        tag,
        svg: isSvg(element),
        inputType: inputTypeOf(element) || "text",
        role: attributeOf(element, "role") ?? "",
      };
      const masked = maskAll(source, context);
      if ("src" in source || "srcset" in source) {
        if (tag === "img") addShownImage(element, masked, context);
      }
      if ("style" in masked && isField(element)) masked["style"] = withoutTelling(masked["style"]);
      if (isBoxed(tag)) Object.assign(masked, boxChange(element, masked));
      return masked;
    },
  };
}
