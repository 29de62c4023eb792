import { innerDocument } from "./nodes.ts";

/** Places in the mirror, in CSS pixels of its outermost frame. Frames inside it are reached by their element. */

export type Box = { left: number; top: number; width: number; height: number };

function frameOf(doc: Document | null): Element | null {
  return doc?.defaultView?.frameElement ?? null;
}

/** Where a document's own (0, 0) stands, seen from the outermost frame of the mirror. */
export function offsetOf(doc: Document | null, outermost: Element): { x: number; y: number } {
  let x = 0;
  let y = 0;
  let frame = frameOf(doc);
  for (let depth = 0; frame && frame !== outermost && depth < 20; depth += 1) {
    const box = frame.getBoundingClientRect();
    x += box.left + frame.clientLeft;
    y += box.top + frame.clientTop;
    frame = frameOf(frame.ownerDocument);
  }
  return { x, y };
}

export function boxOf(element: Element, outermost: Element): Box {
  const box = element.getBoundingClientRect();
  const { x, y } = offsetOf(element.ownerDocument, outermost);
  return { left: box.left + x, top: box.top + y, width: box.width, height: box.height };
}

/** The innermost element there, through frames and shadow roots. */
export function elementAt(frame: HTMLIFrameElement, x: number, y: number): Element | undefined {
  let root: Document | ShadowRoot | null = frame.contentDocument;
  let found: Element | undefined;
  let left = x;
  let top = y;
  for (let depth = 0; root && depth < 50; depth += 1) {
    const at: Element | null = root.elementFromPoint(left, top);
    if (!at || at === found) break;
    found = at;
    const inner = innerDocument(at);
    if (inner) {
      const box = at.getBoundingClientRect();
      left -= box.left + at.clientLeft;
      top -= box.top + at.clientTop;
    }
    root = inner ?? at.shadowRoot;
  }
  return found;
}

const ACTS =
  'a[href],button,input,select,textarea,summary,label,[role="button"],[role="link"],[role="tab"],[role="menuitem"],[role="checkbox"],[role="radio"],[role="switch"],[role="option"],[role="combobox"]';

/** What a person would say is there: the button, not the icon in it. */
export function meantBy(element: Element): Element {
  return element.closest(ACTS) ?? element;
}

/** Every element of the mirror, top down, through frames and shadow roots. */
export function* walk(root: Document | ShadowRoot | Element): Generator<Element> {
  for (const child of root.children) {
    yield child;
    if (child.shadowRoot) yield* walk(child.shadowRoot);
    const inner = innerDocument(child);
    if (inner) yield* walk(inner);
    yield* walk(child);
  }
}
