import { type eventWithTime, Replayer } from "rrweb";

import { POPOVER, WAITING } from "../stream/safe-attributes.ts";
import { pendingFont } from "../stream/safe-css.ts";
import type { SafeEvent, SafeLook, SafeMutation } from "../stream/safe-event.ts";
import { type Assets, assetRule } from "./assets.ts";
import { isDocument, isElement, isNode, isRuleGroup, sheetOf } from "./nodes.ts";
import { openPopover } from "./popover.ts";
import { barRules } from "./scroll-bar.ts";

/**
 * One Replayer, driven in "forced sync" mode: every event is dated before the start, so that it is
 * applied at once and whole, whatever the two computers' clocks say and also in a hidden tab.
 */
type DatedEvent = SafeEvent & eventWithTime;

export type Rebuild = ReturnType<typeof createRebuild>;

/** In each document of the mirror. The page's own scrolling is what the mirror follows. */
const RULES = [
  "html,body,*{overflow-anchor:none!important;scroll-behavior:auto!important}",
  "[data-epaule-field=filling]{outline:2px dashed #b36b00!important;outline-offset:-3px!important}",
  "[data-epaule-field=filled]{outline:2px dotted #2c6142!important;outline-offset:-3px!important}",
  "[data-epaule-box=none]{display:none!important}",
];

/** On a frame whose document has come. */
const FILLED = "data-epaule-frame";

/** What is not shared, or not recorded, has no document here: a labelled box stands in its frame. */
const frameRule = (box: string): string =>
  `iframe:not([${FILLED}]){background:#f2eae0 url("${box}") 0 0/100% 100% no-repeat!important}`;

const silent = { log: () => undefined, warn: () => undefined };

export function createRebuild({
  root,
  look,
  assets,
  frameBox,
  adapted,
  onDrift,
}: {
  root: HTMLElement;
  look: SafeLook;
  assets: Assets;
  frameBox: string;
  /** Style sheets as the Replayer would adapt them, so that it need not. */
  adapted: Map<string, string>;
  /** The Replayer could not follow: a key frame is needed. */
  onDrift: () => void;
}) {
  const documents = new Set<Document>();
  const waiting = new Map<string, Set<Element>>();
  /** Built, and perhaps not yet in their document. */
  let popovers: Element[] = [];
  const base = Date.now();
  const rules = [...RULES, frameRule(frameBox)];

  const replayer = new Replayer([], {
    root,
    liveMode: true,
    useVirtualDom: false,
    mouseTail: false,
    triggerFocus: false,
    pauseAnimation: false,
    showWarning: true,
    logger: { ...silent, warn: onDrift },
    insertStyleRules: [...rules, ...barRules(look.bar), ...assets.rules()],
    plugins: [
      {
        onBuild: (node) => {
          if (isNode(node)) noteNode(node);
        },
      },
    ],
  });
  // Never reached by Tab, and with scroll bars where the page has them: they take room from it.
  replayer.iframe.tabIndex = -1;
  replayer.iframe.removeAttribute("scrolling");
  Reflect.set(replayer, "cache", { stylesWithHoverClass: adapted });
  replayer.startLive(base);
  let worn = look;
  wear(look);

  /** Media queries in a frame ask its element for the colour scheme. */
  function wear(to: SafeLook): void {
    replayer.iframe.style.colorScheme = to.dark ? "dark" : "light";
    if (to.bar !== undefined && to.bar !== worn.bar) onDrift();
    worn = to;
  }

  function noteNode(node: Node): void {
    if (isDocument(node)) {
      documents.add(node);
      node.defaultView?.frameElement?.setAttribute(FILLED, "");
    } else if (isElement(node)) noteElement(node);
  }

  function noteElement(element: Element): void {
    if (element.hasAttribute(POPOVER)) popovers.push(element);
    const token = element.getAttribute(WAITING)?.split(" ")[1]?.slice(0, 22);
    if (token === undefined) return;
    const url = assets.get(token);
    if (url !== undefined) {
      fill(element, url);
      return;
    }
    const elements = waiting.get(token) ?? new Set();
    elements.add(element);
    waiting.set(token, elements);
  }

  function add(event: SafeEvent): void {
    if (event.type === 2) {
      documents.clear();
      waiting.clear();
    }
    if (event.type === 3 && event.data.source === 0 && event.data.isAttachIframe === true)
      forgetDocuments(event.data.adds.map(({ node }) => node.id));
    if (event.type === 3 && event.data.source === 0) closeDialogs(event.data);
    const dated = { ...event, timestamp: base - 1 };
    if (isReplayEvent(dated))
      replayer.service.send({ type: "ADD_EVENT", payload: { event: dated } });
    // The Replayer would keep every event for ever.
    const { events } = replayer.service.state.context;
    events.splice(0, events.length - 1);
    if (event.type === 2) unpause();
    if (event.type === 3 && event.data.source === 0)
      for (const { id, attributes } of event.data.attributes) {
        const noted = WAITING in attributes || POPOVER in attributes;
        const node = noted ? replayer.getMirror().getNode(id) : null;
        if (!isElement(node)) continue;
        noteElement(node);
        if (attributes[POPOVER] === null) openPopover(node, false);
      }
    // Inner ones last: they stand above what they are in, and above the dialogs that rrweb shows.
    for (const element of popovers.toSorted(inOrder)) openPopover(element, true);
    popovers = [];
  }

  /** rrweb would take a document with the same id for the one that it has, and keep the old content. */
  function forgetDocuments(ids: number[]): void {
    const mirror = replayer.getMirror();
    for (const id of ids) {
      const node = mirror.getNode(id);
      if (node) mirror.removeNodeFromMap(node);
    }
  }

  /** Once `open` is gone, `close()` does nothing, and all that lies behind stays inert. */
  function closeDialogs({ attributes }: SafeMutation): void {
    for (const change of attributes) {
      const node = change.attributes["open"] === null && replayer.getMirror().getNode(change.id);
      if (node && "close" in node && typeof node.close === "function") node.close();
    }
  }

  function unpause(): void {
    replayer.iframe.contentDocument?.documentElement.classList.remove("rrweb-paused");
  }

  return {
    replayer,
    add,
    wear,
    /** After a batch: hover and selection, which the Replayer only applies then. */
    flush(): void {
      const emitter: unknown = Reflect.get(replayer, "emitter");
      if (emitter instanceof Object && "emit" in emitter && typeof emitter.emit === "function")
        emitter.emit("flush");
    },
    asset(token: string, url: string): void {
      replayer.setConfig({
        insertStyleRules: [...rules, ...barRules(worn.bar), ...assets.rules()],
      });
      for (const doc of documents) {
        const own = doc.documentElement?.querySelector(":scope > style");
        const sheet = own && sheetOf(own);
        sheet?.insertRule(assetRule(token, url), sheet.cssRules.length);
        for (const other of doc.styleSheets) replaceFont(other, token, url);
      }
      for (const element of waiting.get(token) ?? []) fill(element, url);
      waiting.delete(token);
    },
    destroy(): void {
      try {
        replayer.destroy();
        replayer.timer.clear();
      } catch {
        // A clobbered document must not keep the next one from being shown.
      }
    },
  };
}

function inOrder(one: Element, other: Element): number {
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1;
}

function fill(element: Element, url: string): void {
  const [name, address = ""] = element.getAttribute(WAITING)?.split(" ") ?? [];
  if (name === undefined) return;
  element.removeAttribute(WAITING);
  element.setAttribute(name, url + address.slice(22));
}

/** A font can't be a variable: its rule is replaced where it stands. */
function replaceFont(sheet: CSSStyleSheet | CSSGroupingRule, token: string, url: string): void {
  const rules = sheet.cssRules;
  for (let at = 0; at < rules.length; at += 1) {
    const rule = rules[at];
    if (rule === undefined) continue;
    if (rule.type === CSSRule.FONT_FACE_RULE) {
      const text = rule.cssText;
      if (!text.includes(pendingFont(token))) continue;
      sheet.deleteRule(at);
      sheet.insertRule(text.replaceAll(pendingFont(token), url), at);
    } else if (isRuleGroup(rule) && rule.type !== CSSRule.STYLE_RULE) {
      replaceFont(rule, token, url);
    }
  }
}

/** Always: `safe-event.ts` makes nothing but events of rrweb's own shape. */
function isReplayEvent(_event: SafeEvent & { timestamp: number }): _event is DatedEvent {
  return true;
}
