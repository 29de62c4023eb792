import { accessibleNameOf } from "./accessible-name.ts";
import { type Box, intersect } from "./placement.ts";

/** What is remembered of an element, to know it again after the page has drawn it anew. */
type Descriptor = {
  tag: string;
  id: string;
  name: string;
  role: string;
  type: string;
  accessibleName: string;
  /** Its place among its kind, and how many there were. */
  at: number;
  among: number;
  /** Ids and tags of what it was in, from the inside out. */
  path: string[];
};

const PATH = 6;
const ENOUGH = 6;

function attribute(element: Element, name: string): string {
  return Element.prototype.getAttribute.call(element, name) ?? "";
}

function pathOf(element: Element): string[] {
  const path: string[] = [];
  for (let at = element.parentElement; at !== null && path.length < PATH; at = at.parentElement)
    path.push(
      at.id === "" || typeof at.id !== "string" ? at.localName : `${at.localName}#${at.id}`,
    );
  return path;
}

export function describe(element: Element): Descriptor {
  const tag = element.localName;
  const kin = [...element.ownerDocument.getElementsByTagName(tag)];
  return {
    tag,
    id: attribute(element, "id"),
    name: attribute(element, "name"),
    role: attribute(element, "role"),
    type: attribute(element, "type"),
    accessibleName: accessibleNameOf(element),
    at: kin.indexOf(element),
    among: kin.length,
    path: pathOf(element),
  };
}

function likeness(known: Descriptor, element: Element, at: number, among: number): number {
  let score = 0;
  if (known.id !== "" && attribute(element, "id") === known.id) score += 8;
  if (known.name !== "") score += attribute(element, "name") === known.name ? 4 : -2;
  score += attribute(element, "role") === known.role ? 1 : -2;
  score += attribute(element, "type") === known.type ? 1 : -4;
  if (known.accessibleName !== "")
    score += accessibleNameOf(element) === known.accessibleName ? 5 : -2;
  if (at === known.at) score += among === known.among ? 2 : 1;
  const path = pathOf(element);
  score += known.path.filter((step, index) => path[index] === step).length / 2;
  return score;
}

const MAX_KIN = 2_000;

/** The element that took the place of the one described, if one surely did. */
export function findAgain(known: Descriptor, document: Document): Element | undefined {
  const kin = document.getElementsByTagName(known.tag);
  let best: Element | undefined;
  let bestScore = ENOUGH;
  let tie = false;
  for (let at = 0; at < Math.min(kin.length, MAX_KIN); at += 1) {
    const element = kin[at];
    if (element === undefined) continue;
    const score = likeness(known, element, at, kin.length);
    if (score < bestScore) continue;
    tie = score === bestScore && best !== undefined;
    bestScore = score;
    best = element;
  }
  return tie ? undefined : best;
}

const viewBox = (view: Window): Box => ({
  left: 0,
  top: 0,
  right: view.innerWidth,
  bottom: view.innerHeight,
});

export type Sight = {
  /** Its box in our window, whole. */
  box: Box;
  /** The part that is in sight, or `undefined`. */
  visible: Box | undefined;
};

/** Where the element is in our window, through the same-origin frames that it may be in. */
export function sightOf(element: Element): Sight | undefined {
  const rect = Element.prototype.getBoundingClientRect.call(element);
  let box: Box = { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom };
  if (rect.width === 0 && rect.height === 0) return undefined;
  let visible: Box | undefined = clip(element, box);
  let view = element.ownerDocument.defaultView;
  while (view !== null && view !== window) {
    const frame = view.frameElement;
    if (frame === null) return undefined;
    visible = visible && intersect(visible, viewBox(view));
    const around = frame.getBoundingClientRect();
    const dx = around.left + frame.clientLeft;
    const dy = around.top + frame.clientTop;
    const move = (one: Box): Box => ({
      left: one.left + dx,
      right: one.right + dx,
      top: one.top + dy,
      bottom: one.bottom + dy,
    });
    box = move(box);
    visible = visible && clip(frame, move(visible));
    view = frame.ownerDocument.defaultView;
  }
  return { box, visible: visible && intersect(visible, viewBox(window)) };
}

/** Cuts a box by the scrolling boxes around an element. */
function clip(element: Element, box: Box): Box | undefined {
  let seen: Box | undefined = box;
  const view = element.ownerDocument.defaultView;
  if (view === null) return undefined;
  if (view.getComputedStyle(element).visibility === "hidden") return undefined;
  for (let at = outer(element); at !== null && seen !== undefined; at = outer(at)) {
    if (at === at.ownerDocument.documentElement || at.localName === "body") break;
    const { overflowX, overflowY, position } = view.getComputedStyle(at);
    if (overflowX === "visible" && overflowY === "visible") {
      if (position === "fixed") break;
      continue;
    }
    const rect = at.getBoundingClientRect();
    seen = intersect(seen, {
      left: overflowX === "visible" ? -Infinity : rect.left,
      right: overflowX === "visible" ? Infinity : rect.right,
      top: overflowY === "visible" ? -Infinity : rect.top,
      bottom: overflowY === "visible" ? Infinity : rect.bottom,
    });
    if (position === "fixed") break;
  }
  return seen;
}

function outer(element: Element): Element | null {
  if (element.assignedSlot !== null && element.assignedSlot !== undefined)
    return element.assignedSlot;
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
