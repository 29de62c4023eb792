import {
  attributeOf,
  baseOf,
  childNodesOf,
  isElement,
  isHtml,
  isSvg,
  localNameOf,
  nodeTypeOf,
  parentOf,
  sheetOf,
  tagNameOf,
  textOf,
} from "./masking/dom.ts";
import { isField } from "./masking/field-states.ts";
import { isClosed, type NodeMask } from "./masking/nodes.ts";
import { NODE } from "./masking/serialized.ts";
import type { Told } from "./reconcile.ts";
import { CHANGING, rulesIn, sheetRules } from "./sheet-rules.ts";

/** rrweb's mark for a node that has no place in the mirror. */
const IGNORED = -2;
/** rrweb counts its own ids from 1; ours stay clear of them, and below what the player takes. */
const FIRST_ID = 5_000_000;
const ODD_TAG = /[^a-z0-9-_:]/;
const BLOCKED = /(?:^|\s)rr-block(?:\s|$)/;
const MASKED = /(?:^|\s)rr-mask(?:\s|$)/;
/** How many nodes between two looks at the clock. */
const STRIDE = 32;

export type NodeBook = {
  idOf: (node: Node) => number;
  add: (node: Node, id: number, type: number, tagName: string) => void;
};

export type SnapshotParts = {
  book: NodeBook;
  nodes: NodeMask;
  /** Masks style text, after having learned from it. */
  css: (text: string, base: string) => string;
  shadowRootOf: (element: Element) => ShadowRoot | null;
  /** From now on changes in this root must be observed. */
  observeShadow: (host: Element) => void;
  /** rrweb reads these by its own means: frames, and sheets that are still on their way. */
  leave: (node: Node) => void;
  /** Gets each node that is told, with the parent that the mirror will know. */
  told: Told;
  /** What the mirror will know of a sheet: how many rules, and their text as the page has it. */
  sheetTold: (sheet: CSSStyleSheet, rules: number, text: string) => void;
  /** A sheet that the page may not read. */
  unreadable: (link: HTMLLinkElement) => void;
};

type Open = {
  parent: Node;
  /** Number of the element, or of the host of a shadow root. */
  id: number;
  children: ChildNode[];
  at: number;
  /** Tag of the parent, as text rules see it. */
  tag: string;
  /** Nothing is told of what is in here; it only gets its numbers. */
  silent: boolean;
  hidden: boolean;
  shadow: boolean;
  told: number;
  end: string;
  /** Shadow root whose children follow. */
  next: ShadowRoot | undefined;
};

let nextId = FIRST_ID;

/**
 * Reads a whole document and masks it on the way, in steps: the page gets its turn between them.
 * What changes meanwhile waits in the mutation observers and follows the snapshot. Yields often;
 * returns the document node as JSON, in rrweb's form.
 */
export function* takeSnapshot(page: Document, parts: SnapshotParts): Generator<void, string> {
  const { book, nodes, shadowRootOf } = parts;
  const seen = new WeakSet<Node>();
  const sheets = new WeakMap<CSSStyleSheet, string>();
  let steps = 0;
  let json = "";

  const number = (node: Node, type: number, tag = ""): number => {
    let id = book.idOf(node);
    if (id === -1) {
      id = nextId;
      nextId += 1;
    }
    // Also a known one: rrweb remembers the number of a node that left, but not where it is.
    if (id !== IGNORED) book.add(node, id, type, tag);
    return id;
  };

  const ignore = (node: Node): void => {
    if (book.idOf(node) === -1) book.add(node, IGNORED, NODE.comment, "");
  };

  function* readSheet(sheet: CSSStyleSheet, base: string): Generator<void, string | undefined> {
    const known = sheets.get(sheet);
    if (known !== undefined) return known;
    const before = rulesIn(sheet);
    let raw = "";
    let text = "";
    try {
      for (const rule of sheetRules(sheet, base)) {
        raw += rule.text;
        text += `${parts.css(rule.text, rule.base)}\n`;
        if ((steps += 1) % STRIDE === 0) yield;
      }
    } catch {
      return undefined;
    }
    sheets.set(sheet, text);
    parts.sheetTold(sheet, rulesIn(sheet) === before ? before : CHANGING, raw);
    return text;
  }

  const tell = (open: Open, id: number, piece: string): void => {
    parts.told.set(id, open.shadow ? -open.id : open.id);
    json += open.told === 0 ? piece : `,${piece}`;
    open.told += 1;
  };

  const shadowFlag = ({ shadow }: Open): string => (shadow ? ',"isShadow":true' : "");

  const readText = (node: Node, open: Open): void => {
    const text = textOf(node) ?? "";
    if (open.tag === "head" && text.trim() === "") return ignore(node);
    const id = number(node, NODE.text);
    if (open.silent || id === IGNORED) return undefined;
    const shown =
      open.tag === "style"
        ? ""
        : open.tag === "style:text"
          ? parts.css(text, baseOf(node))
          : open.hidden
            ? text.replaceAll(/\S/g, "*")
            : text;
    tell(
      open,
      id,
      `{"type":3,"id":${id},"textContent":${JSON.stringify(shown)}${shadowFlag(open)}}`,
    );
    return undefined;
  };

  function* readElement(element: Element, open: Open): Generator<void, Open | undefined> {
    const name = localNameOf(element);
    if (isIgnored(element, name)) {
      ignore(element);
      return undefined;
    }
    const late = name === "iframe" || isPending(element);
    if (late && !open.silent) {
      parts.leave(element);
      return undefined;
    }
    const tag = toldTag(element, name);
    const id = number(element, NODE.element, tag);
    if (id === IGNORED) return undefined;
    const inner: Open = {
      parent: element,
      id,
      children: [...childNodesOf(element)],
      at: 0,
      tag: name,
      silent: open.silent,
      hidden: open.hidden,
      shadow: false,
      told: 0,
      end: "",
      next: undefined,
    };
    if (open.silent) return inner;

    const classes = attributeOf(element, "class") ?? "";
    const blocked = BLOCKED.test(classes);
    const attributes = blocked ? blockedAttributes(element) : nodes.live(element, tag);
    if (!blocked) {
      addScroll(element, attributes, inner.children.length > 0);
      if (isHtml(element, "dialog") && element.open)
        attributes["rr_open_mode"] = element.matches(":modal") ? "modal" : "non-modal";
      const sheet = sheetOf(element);
      if (sheet !== null) {
        const css = yield* readSheet(sheet, baseOf(element));
        if (sheet.disabled || (css !== undefined && css !== "")) attributes["_cssText"] = css ?? "";
        else if (name === "style") inner.tag = "style:text";
        else if (css === undefined && isHtml(element, "link")) parts.unreadable(element);
      }
    }
    tell(
      open,
      id,
      `{"type":2,"id":${id},"tagName":${JSON.stringify(tag)},"attributes":${JSON.stringify(attributes)},"childNodes":[`,
    );
    const root = blocked ? null : shadowRootOf(element);
    const svg = isSvg(element) ? ',"isSVG":true' : "";
    const host = root === null ? "" : ',"isShadowHost":true';
    inner.end = `]${svg}${host}${shadowFlag(open)}}`;
    inner.silent = blocked || isClosed(element);
    inner.hidden = open.hidden || MASKED.test(classes);
    if (blocked) inner.children = [];
    if (root !== null && !inner.silent) {
      inner.next = root;
      parts.observeShadow(element);
    }
    return inner;
  }

  for (const sheet of page.styleSheets) {
    const owner = sheet.ownerNode;
    yield* readSheet(sheet, owner === null ? page.baseURI : baseOf(owner));
  }

  const pageId = number(page, NODE.document);
  const root: Open = {
    parent: page,
    id: pageId,
    children: [...childNodesOf(page)],
    at: 0,
    tag: "",
    silent: false,
    hidden: false,
    shadow: false,
    told: 0,
    end: "]",
    next: undefined,
  };
  const compat = page.compatMode === "CSS1Compat" ? "" : `,"compatMode":"${page.compatMode}"`;
  json = `{"type":0,"id":${pageId}${compat},"childNodes":[`;
  const stack: Open[] = [root];
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    const node = open.children[open.at];
    open.at += 1;
    if (node === undefined) {
      if (open.next !== undefined) {
        open.children = [...childNodesOf(open.next)];
        open.parent = open.next;
        open.at = 0;
        open.shadow = true;
        open.next = undefined;
        continue;
      }
      json += open.end;
      stack.pop();
      continue;
    }
    if ((steps += 1) % STRIDE === 0) yield;
    // Moved or removed since its parent was read: the observers know.
    if (seen.has(node) || parentOf(node) !== open.parent) continue;
    seen.add(node);
    const type = nodeTypeOf(node);
    if (type === 3) readText(node, open);
    else if (isElement(node)) {
      const inner = yield* readElement(node, open);
      if (inner !== undefined) stack.push(inner);
    } else if (type === 10) {
      const id = number(node, NODE.doctype);
      tell(open, id, doctype(page, id));
    } else ignore(node);
  }
  return `${json}}`;
}

function doctype(page: Document, id: number): string {
  const { name = "html", publicId = "", systemId = "" } = page.doctype ?? {};
  return JSON.stringify({ type: NODE.doctype, id, name, publicId, systemId });
}

function relationsOf(link: Element): string[] {
  return (attributeOf(link, "rel") ?? "").toLowerCase().split(/\s+/);
}

function isIgnored(element: Element, name: string): boolean {
  if (name === "script") return true;
  if (name !== "link") return false;
  const relations = relationsOf(element);
  if (relations.includes("modulepreload")) return true;
  return relations.includes("preload") && attributeOf(element, "as") === "script";
}

/** A style sheet that is still being loaded. */
function isPending(element: Element): boolean {
  return (
    isHtml(element, "link") && element.sheet === null && relationsOf(element).includes("stylesheet")
  );
}

function toldTag(element: Element, name: string): string {
  if (name === "form") return name;
  const tag = tagNameOf(element).toLowerCase();
  return ODD_TAG.test(tag) ? "div" : tag;
}

function addScroll(element: Element, attributes: Record<string, unknown>, parent: boolean): void {
  if (!parent || isField(element)) return;
  const { scrollLeft, scrollTop } = element;
  if (typeof scrollLeft === "number" && scrollLeft !== 0) attributes["rr_scrollLeft"] = scrollLeft;
  if (typeof scrollTop === "number" && scrollTop !== 0) attributes["rr_scrollTop"] = scrollTop;
}

function blockedAttributes(element: Element): Record<string, unknown> {
  const { width, height } = Element.prototype.getBoundingClientRect.call(element);
  return { class: "rr-block", rr_width: `${width}px`, rr_height: `${height}px` };
}
