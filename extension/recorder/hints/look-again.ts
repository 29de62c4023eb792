import type { MirrorEvent } from "../../messaging/recorder-port.ts";
import { HINT, PROBE_OFF, PROBE_ON } from "../../probe/hint-names.ts";
import { shadowRootOf, withNativesMuted } from "../isolated-world.ts";
import {
  baseOf,
  childNodesOf,
  isConnected,
  isElement,
  isHtml,
  isNode,
  isShadowRoot,
  nodeTypeOf,
  sheetOf,
} from "../masking/dom.ts";
import { isField } from "../masking/field-states.ts";
import { type Fields, listOf } from "../masking/serialized.ts";
import { rulesIn, rulesOf } from "../sheet-rules.ts";
import { createLeftOut } from "./left-out.ts";
import { createPopoverWatch } from "./popovers.ts";
import { createSheetFollower, type SheetPlace } from "./sheets.ts";

const POLL_MS = 500;
/** One pass over what was hinted stops after this long and goes on later. */
const BUDGET_MS = 20;
/** Smaller sheets are read whole now and then: a rule changed by assignment leaves no hint. */
const SMALL_SHEET = 200;
const DEEP_EVERY = 6;
const DEEP_MS = 8;

type Root = Document | ShadowRoot;

/** Firefox lets no content script read them. */
function adoptedBy(root: Root): readonly CSSStyleSheet[] {
  try {
    return root.adoptedStyleSheets;
  } catch {
    return [];
  }
}

function textOf(sheet: CSSStyleSheet): string {
  return (rulesOf(sheet, "") ?? []).map((rule) => rule.text).join("");
}

function isRoot(node: Node): node is Root {
  return nodeTypeOf(node) === 9 || isShadowRoot(node);
}

/**
 * What scripts change where no observer sees it. Hints say where to look, polling finds the rest;
 * both read the page again and never take the page's word.
 */
export type LookAgain = {
  attach(view: Window): void;
  /** rrweb told which sheets are adopted: their numbers in the mirror, and the rules of new ones. */
  adopted(root: Root, told: Fields): void;
  /** A shadow root that is in the mirror and observed. */
  found(root: ShadowRoot): void;
  styleReplaced(element: Element): void;
  /** A key frame is being taken: what changes from now on is looked at once it is done. */
  keyBegins(): void;
  /** The key frame has this sheet so: what differs from it later is a change. */
  told(sheet: CSSStyleSheet, rules: number, text: string): void;
  keyTaken(): void;
  stop(): void;
};

export function startLookAgain(parts: {
  idOf: (node: Node) => number;
  css: (text: string, base: string) => string;
  emit: (event: MirrorEvent) => void;
  touchField: (element: Element) => void;
  /** Something in the page that rrweb passed over. */
  leftOut: () => void;
  topLayerChanged: () => void;
}): LookAgain {
  const { idOf } = parts;
  const follower = createSheetFollower(parts.css);
  const abort = new AbortController();
  const dirty = new Set<Node>();
  const roots = new Set<Root>();
  const popovers = createPopoverWatch(parts);
  const hasLeftOut = createLeftOut(idOf);
  const styleIds = new WeakMap<CSSStyleSheet, number>();
  const lists = new WeakMap<Root, readonly CSSStyleSheet[]>();
  const counts = new WeakMap<CSSStyleSheet, number>();
  const texts = new WeakMap<CSSStyleSheet, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let polls = 0;
  let held = false;
  const views = new Set<Window>();

  const addRoot = (root: Root): void => {
    roots.add(root);
    popovers.follow(root);
  };

  const follow = (sheet: CSSStyleSheet, place: SheetPlace, base: string): void => {
    counts.set(sheet, rulesIn(sheet));
    const event = follower.changed(sheet, place, base);
    if (event !== undefined) parts.emit(event);
  };

  const lookAtOwner = (owner: Element): void => {
    const sheet = sheetOf(owner);
    const id = idOf(owner);
    if (sheet === null || id < 1) return;
    const inner = isHtml(owner, "style") ? [...childNodesOf(owner)].map(idOf) : [];
    follow(sheet, { id, texts: inner.filter((text) => text > 0) }, baseOf(owner));
  };

  const lookAtAdopted = (root: Root): void => {
    const list = adoptedBy(root);
    const before = lists.get(root) ?? [];
    if (list.length !== before.length || list.some((sheet, at) => sheet !== before[at])) {
      lists.set(root, [...list]);
      // rrweb's own patch, on the sheets that are there: it numbers the new ones and tells.
      withNativesMuted(() => {
        root.adoptedStyleSheets = [...list];
      });
    }
    for (const sheet of list) {
      const styleId = styleIds.get(sheet);
      if (styleId !== undefined) follow(sheet, { styleId }, baseOf(root));
    }
  };

  const lookAtShadow = (host: Element): void => {
    const root = shadowRootOf(host);
    if (root === null || roots.has(root)) return;
    addRoot(root);
    lists.set(root, []);
    // rrweb's own patch, on the root that is there: it begins to observe it.
    withNativesMuted(() => host.attachShadow({ mode: "open" }));
  };

  const look = (node: Node): void => {
    if (!isConnected(node)) return;
    if (isRoot(node)) return lookAtAdopted(node);
    if (!isElement(node)) return;
    if (isField(node)) parts.touchField(node);
    if (sheetOf(node) !== null) return lookAtOwner(node);
    const root = shadowRootOf(node);
    if (root !== null) {
      lookAtAdopted(root);
      for (const style of root.querySelectorAll("style")) lookAtOwner(style);
    }
  };

  const work = (): void => {
    timer = undefined;
    const until = performance.now() + BUDGET_MS;
    for (const node of dirty) {
      dirty.delete(node);
      try {
        look(node);
      } catch {
        // a sheet that vanished meanwhile
      }
      if (performance.now() > until) break;
    }
    if (dirty.size > 0) timer = setTimeout(work, BUDGET_MS * 4);
  };

  const later = (node: Node): void => {
    dirty.add(node);
    if (!held) timer ??= setTimeout(work, 0);
  };

  const onHint = (event: Event): void => {
    const node = event.composedPath()[0];
    if (!isNode(node)) return;
    event.stopImmediatePropagation();
    // At once: what the page puts in next must already be observed.
    if (isElement(node) && idOf(node) > 0) lookAtShadow(node);
    later(node);
  };

  const noteTold = (sheet: CSSStyleSheet, rules: number, text: string): void => {
    counts.set(sheet, rules);
    if (rules > SMALL_SHEET) texts.delete(sheet);
    else texts.set(sheet, text);
  };

  /** `deep`: also when no rule came or went. */
  const hasChanged = (sheet: CSSStyleSheet, deep: boolean): boolean => {
    const count = rulesIn(sheet);
    const before = counts.get(sheet);
    counts.set(sheet, count);
    if (before !== undefined && before !== count) return true;
    // A sheet that came by a way that rrweb does not watch (a preload that became a style sheet).
    if (before === undefined && count > 0 && isNode(sheet.ownerNode)) return true;
    if (!deep || count < 0 || count > SMALL_SHEET) return false;
    const text = textOf(sheet);
    const known = texts.get(sheet);
    texts.set(sheet, text);
    return known !== undefined && known !== text;
  };

  const poll = (): void => {
    if (document.hidden || held) return;
    polls += 1;
    const deep = polls % DEEP_EVERY === 0;
    const until = performance.now() + DEEP_MS;
    for (const root of roots) {
      if (!isConnected(root)) {
        roots.delete(root);
        continue;
      }
      if (hasLeftOut(root)) parts.leftOut();
      const known = lists.get(root) ?? [];
      const adopted = adoptedBy(root);
      if (adopted.length !== known.length || adopted.some((sheet, at) => sheet !== known[at]))
        later(root);
      for (const sheet of [...root.styleSheets, ...adopted]) {
        if (!hasChanged(sheet, deep && performance.now() < until)) continue;
        const owner = sheet.ownerNode;
        later(isNode(owner) ? owner : root);
      }
    }
  };
  const polling = setInterval(() => requestIdleCallback(poll, { timeout: POLL_MS }), POLL_MS);

  /** `view`: this window, or that of a same-origin frame that we record. */
  const attach = (view: Window): void => {
    if (views.has(view)) return;
    views.add(view);
    addRoot(view.document);
    view.addEventListener(HINT, onHint, { capture: true, signal: abort.signal });
    view.document.dispatchEvent(new Event(PROBE_ON));
  };
  attach(window);

  return {
    attach,
    adopted(root, told) {
      addRoot(root);
      const list = adoptedBy(root);
      lists.set(root, [...list]);
      const ids: unknown = told["styleIds"];
      if (!Array.isArray(ids)) return;
      const whole = new Set(listOf(told["styles"]).map(({ styleId }) => styleId));
      for (const [at, sheet] of list.entries()) {
        const id: unknown = ids[at];
        if (typeof id !== "number") continue;
        styleIds.set(sheet, id);
        if (whole.has(id)) noteTold(sheet, rulesIn(sheet), textOf(sheet));
      }
    },
    found(root) {
      addRoot(root);
      lists.set(root, [...adoptedBy(root)]);
    },
    styleReplaced(element) {
      const sheet = sheetOf(element);
      if (sheet === null) return;
      counts.set(sheet, rulesIn(sheet));
      texts.delete(sheet);
      follower.settled(sheet, baseOf(element));
    },
    keyBegins() {
      held = true;
      clearTimeout(timer);
      timer = undefined;
      follower.reset();
    },
    told: noteTold,
    keyTaken() {
      held = false;
      if (dirty.size > 0) timer ??= setTimeout(work, 0);
    },
    stop() {
      abort.abort();
      popovers.stop();
      clearTimeout(timer);
      clearInterval(polling);
      for (const view of views) {
        try {
          view.document.dispatchEvent(new Event(PROBE_OFF));
        } catch {
          // a frame that has gone elsewhere
        }
      }
    },
  };
}
