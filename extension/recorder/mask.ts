import type { MirrorEvent } from "../messaging/recorder-port.ts";
import { type AddressMask, createAttributeMask } from "./masking/attributes.ts";
import { collectStyledData, type StyledData } from "./masking/css.ts";
import { isElement, isHtml, localNameOf, parentElementOf } from "./masking/dom.ts";
import { FIELD_STATE_ATTRIBUTE, type FieldStates, isField } from "./masking/field-states.ts";
import { createIdentifierMask } from "./masking/identifiers.ts";
import { createNodeMask, isClosed, isInsideClosed, type NodeMask } from "./masking/nodes.ts";
import {
  EVENT,
  type Fields,
  fieldsOf,
  listOf,
  nodeFrom,
  NODE,
  numberOf,
  type RawEvent,
  type SerializedNode,
  SOURCE,
} from "./masking/serialized.ts";
import type { WindowLook } from "./window-look.ts";

function present<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function textFrom(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const maskMoves = (data: Fields): Fields => ({
  source: data["source"],
  positions: listOf(data["positions"]).map(({ x, y, id, timeOffset }) => ({
    x: numberOf(x),
    y: numberOf(y),
    id: numberOf(id),
    timeOffset: numberOf(timeOffset),
  })),
});

const sheetOf = ({ id, styleId }: Fields): Fields => ({
  ...(typeof id === "number" ? { id } : {}),
  ...(typeof styleId === "number" ? { styleId } : {}),
});

/**
 * The one place where page content becomes what may leave the page ([M2]). It copies what it
 * knows, field by field, and drops the rest: an event, a node or an attribute that is not named
 * here stays in the isolated world. It throws rather than guess; the caller then pauses.
 */
export type Mask = {
  /** Returns `undefined` when nothing of the event may leave. */
  event(event: RawEvent): MirrorEvent | undefined;
  /** Style text, from which the mask also learns. */
  css: (text: string, base?: string) => string;
  readonly nodes: NodeMask;
};

export function createMask(parts: {
  salt: Uint8Array;
  origin: string;
  fields: FieldStates;
  address: AddressMask;
  nodeOf: (id: number) => Node | null;
  /** A list in which something is chosen is about to be told. */
  chosen: (list: Element) => void;
  /** A box will stand for it. */
  boxed: (element: Element) => void;
  /** The mirror cannot follow this change by itself: a new key frame is needed. */
  needKey: () => void;
  /** Style text of this element was replaced. */
  styleReplaced: (element: Element) => void;
  /** How the window is now. */
  look: () => WindowLook;
  /** This one was told without its rules. */
  linkTold: (link: HTMLLinkElement) => void;
}): Mask {
  const { fields, nodeOf } = parts;
  const styledData: StyledData = new Map([
    ["data-fr-scheme", new Set(["light", "dark", "system"])],
    ["data-fr-theme", new Set(["light", "dark"])],
  ]);
  const attributes = createAttributeMask({
    identifiers: createIdentifierMask(parts.salt),
    styledData,
    address: parts.address,
  });
  const { chosen, boxed } = parts;
  const nodes = createNodeMask({ attributes, fields, nodeOf, chosen, boxed });

  const elementOf = (id: unknown): Element | undefined => {
    const node = nodeOf(numberOf(id));
    return isElement(node) ? node : undefined;
  };

  const learn = (node: SerializedNode): void => {
    const css = node.attributes?.["_cssText"];
    if (typeof css === "string") {
      collectStyledData(css, styledData);
      const element = elementOf(node.id);
      if (element !== undefined) parts.styleReplaced(element);
    } else if (node.tagName === "link") {
      const element = elementOf(node.id);
      if (element !== undefined && isHtml(element, "link")) parts.linkTold(element);
    }
    for (const child of node.childNodes ?? []) learn(child);
  };

  const maskAdd = (add: Fields): Fields | undefined => {
    const source = nodeFrom(add["node"]);
    const parent = nodeOf(numberOf(add["parentId"]));
    if (parent === null) {
      parts.needKey();
      return undefined;
    }
    const holder = isElement(parent) ? parent : undefined;
    if (holder !== undefined && (isClosed(holder) || isInsideClosed(holder))) {
      if (isField(holder)) fields.touch(holder, true);
      return undefined;
    }
    const tag = holder === undefined ? "" : localNameOf(holder);
    if (tag === "style" && holder !== undefined) parts.styleReplaced(holder);
    if (source.type === NODE.element || source.type === NODE.document) learn(source);
    return { parentId: add["parentId"], nextId: add["nextId"], node: nodes.node(source, tag) };
  };

  const touchField = (node: Node): void => {
    for (let at = parentElementOf(node); at !== null; at = parentElementOf(at))
      if (isField(at)) return fields.touch(at, true);
    return undefined;
  };

  const maskTextChange = (change: Fields): Fields | undefined => {
    const node = nodeOf(numberOf(change["id"]));
    if (node === null) return undefined;
    if (isInsideClosed(node)) {
      touchField(node);
      return undefined;
    }
    const value = change["value"];
    if (typeof value !== "string") return undefined;
    const parent = parentElementOf(node);
    if (parent === null || localNameOf(parent) !== "style") return { id: change["id"], value };
    parts.styleReplaced(parent);
    collectStyledData(value, styledData);
    return { id: change["id"], value: attributes.css(value) };
  };

  const maskAttributeChange = (change: Fields): Fields | undefined => {
    const element = elementOf(change["id"]);
    if (element === undefined || isInsideClosed(element)) return undefined;
    const source = fieldsOf(change["attributes"]);
    // What the element holds becomes a value, or stops being one.
    if ("contenteditable" in source || "role" in source) parts.needKey();
    if (("value" in source || "type" in source) && isField(element)) fields.touch(element, false);
    const css = source["_cssText"];
    if (typeof css === "string") {
      collectStyledData(css, styledData);
      parts.styleReplaced(element);
    }
    const masked = nodes.attributes(element, source);
    return Object.keys(masked).length === 0 ? undefined : { id: change["id"], attributes: masked };
  };

  /** [M3] What stays in the page was never told; that it goes would tell when somebody writes. */
  const isMirrored = ({ parentId }: Fields): boolean => {
    const parent = elementOf(parentId);
    return parent === undefined || (!isClosed(parent) && !isInsideClosed(parent));
  };

  const maskMutation = (data: Fields): Fields | undefined => {
    const masked = {
      source: SOURCE.mutation,
      texts: listOf(data["texts"]).map(maskTextChange).filter(present),
      attributes: listOf(data["attributes"]).map(maskAttributeChange).filter(present),
      removes: listOf(data["removes"])
        .filter(isMirrored)
        .map(({ parentId, id, isShadow }) =>
          isShadow === true ? { parentId, id, isShadow } : { parentId, id },
        ),
      adds: listOf(data["adds"]).map(maskAdd).filter(present),
    };
    const { texts, attributes: changes, removes, adds } = masked;
    for (const { parentId } of listOf(data["removes"])) {
      const parent = elementOf(parentId);
      if (parent === undefined) continue;
      if (localNameOf(parent) === "style") parts.styleReplaced(parent);
      if (isField(parent)) fields.touch(parent, true);
    }
    if (texts.length + changes.length + removes.length + adds.length === 0) return undefined;
    return data["isAttachIframe"] === true ? { ...masked, isAttachIframe: true } : masked;
  };

  const baseOfSheet = (data: Fields): string | undefined => elementOf(data["id"])?.baseURI;

  const maskRules = (rules: unknown, base: string | undefined): Fields[] =>
    listOf(rules).map(({ rule, index }) => {
      const text = String(rule);
      collectStyledData(text, styledData);
      return { rule: attributes.css(text, base), index };
    });

  const maskStyleSheetRule = (data: Fields): Fields => {
    const base = baseOfSheet(data);
    const masked: Fields = { source: SOURCE.styleSheetRule, ...sheetOf(data) };
    if (data["adds"] !== undefined) masked["adds"] = maskRules(data["adds"], base);
    if (data["removes"] !== undefined)
      masked["removes"] = listOf(data["removes"]).map(({ index }) => ({ index }));
    for (const key of ["replace", "replaceSync"] as const) {
      const text = data[key];
      if (typeof text !== "string") continue;
      collectStyledData(text, styledData);
      masked[key] = attributes.css(text, base);
    }
    return masked;
  };

  const maskStyleDeclaration = (data: Fields): Fields => {
    const masked: Fields = {
      source: SOURCE.styleDeclaration,
      ...sheetOf(data),
      index: data["index"],
    };
    const set = fieldsOf(data["set"]);
    const remove = fieldsOf(data["remove"]);
    if (typeof set["property"] === "string")
      masked["set"] = {
        property: set["property"],
        value: attributes.css(textFrom(set["value"]), baseOfSheet(data)),
        priority: set["priority"] === "important" ? "important" : "",
      };
    if (typeof remove["property"] === "string") masked["remove"] = { property: remove["property"] };
    return masked;
  };

  const maskAdopted = (data: Fields): Fields => ({
    source: SOURCE.adoptedStyleSheet,
    id: data["id"],
    styleIds: data["styleIds"],
    ...(data["styles"] === undefined
      ? {}
      : {
          styles: listOf(data["styles"]).map(({ styleId, rules }) => ({
            styleId,
            rules: maskRules(rules, undefined),
          })),
        }),
  });

  /** rrweb's input events only say where to look: no value of theirs is read. */
  const noteInput = (data: Fields): undefined => {
    const element = elementOf(data["id"]);
    if (element !== undefined && isField(element))
      fields.touch(element, data["userTriggered"] === true);
    return undefined;
  };

  const maskIncrement = (data: Fields): Fields | undefined => {
    switch (data["source"]) {
      case SOURCE.mutation:
        return maskMutation(data);
      case SOURCE.mouseMove:
      case SOURCE.touchMove:
      case SOURCE.drag:
        return maskMoves(data);
      case SOURCE.mouseInteraction: {
        const { type, id, x, y, pointerType } = data;
        return {
          source: SOURCE.mouseInteraction,
          type: numberOf(type),
          id: numberOf(id),
          x: numberOf(x),
          y: numberOf(y),
          ...(typeof pointerType === "number" ? { pointerType } : {}),
        };
      }
      case SOURCE.scroll: {
        const target = nodeOf(numberOf(data["id"]));
        if (target === null || isInsideClosed(target)) return undefined;
        if (isElement(target) && isField(target)) return undefined;
        const { id, x, y } = data;
        return { source: SOURCE.scroll, id: numberOf(id), x: numberOf(x), y: numberOf(y) };
      }
      case SOURCE.viewportResize: {
        const { width, height } = data;
        return {
          source: SOURCE.viewportResize,
          width: numberOf(width),
          height: numberOf(height),
          ...parts.look(),
        };
      }
      case SOURCE.input:
        return noteInput(data);
      case SOURCE.styleSheetRule:
        return maskStyleSheetRule(data);
      case SOURCE.styleDeclaration:
        return maskStyleDeclaration(data);
      case SOURCE.adoptedStyleSheet:
        return maskAdopted(data);
      default:
        return undefined;
    }
  };

  const maskData = (event: RawEvent): Fields | undefined => {
    const data = fieldsOf(event.data);
    if (event.type === EVENT.incremental) return maskIncrement(data);
    if (event.type === EVENT.meta)
      return {
        href: parts.origin,
        width: numberOf(data["width"]),
        height: numberOf(data["height"]),
        ...parts.look(),
      };
    return undefined;
  };

  return {
    nodes,
    css(text, base) {
      collectStyledData(text, styledData);
      return attributes.css(text, base);
    },
    event(event) {
      const data = maskData(event);
      return data === undefined
        ? undefined
        : { type: event.type, timestamp: event.timestamp, data };
    },
  };
}

/** What the mirror is told when the state of a field changes. */
export function fieldStateEvents(
  id: number,
  state: string,
  placeholder: string | undefined,
  timestamp: number,
): MirrorEvent[] {
  const told: MirrorEvent = {
    type: EVENT.incremental,
    timestamp,
    data: {
      source: SOURCE.mutation,
      texts: [],
      removes: [],
      adds: [],
      attributes: [{ id, attributes: { [FIELD_STATE_ATTRIBUTE]: state } }],
    },
  };
  return placeholder === undefined ? [told] : [told, shownEvent(id, placeholder, timestamp)];
}

/** What stands in a field of the mirror. */
export function shownEvent(id: number, text: string, timestamp: number): MirrorEvent {
  return {
    type: EVENT.incremental,
    timestamp,
    data: { source: SOURCE.input, id, text, isChecked: false },
  };
}

/** A change of attributes that are masked already. */
export function attributeEvent(id: number, attributes: Fields): MirrorEvent {
  return {
    type: EVENT.incremental,
    timestamp: Date.now(),
    data: {
      source: SOURCE.mutation,
      texts: [],
      removes: [],
      adds: [],
      attributes: [{ id, attributes }],
    },
  };
}
