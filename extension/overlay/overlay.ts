import type { PauseReason } from "../../shared/protocol/control.ts";
import { MAX_GUIDE_TEXT } from "../../shared/protocol/limits.ts";
import type { GuideMessage } from "../../shared/protocol/peer.ts";
import type { Microphone } from "../messaging/recorder-port.ts";
import { isElement, parentElementOf } from "../recorder/masking/dom.ts";
import { createBanner } from "./banner.ts";
import { createHighlight, type GuideState, type Highlight } from "./highlight.ts";
import { createHostElement } from "./host-element.ts";
import { createInk } from "./ink.ts";
import { measureScrollBar } from "./scroll-bar.ts";
import { OVERLAY_WORDS } from "./words.ts";

const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

export type Overlay = {
  /** Our one element in the page; the recorder leaves it out. */
  readonly host: Element;
  /** How much room a scroll bar takes in this browser. */
  readonly scrollBar: number | undefined;
  guide(message: GuideMessage, document: string): void;
  pause(reason: PauseReason): void;
  resume(): void;
  /** Said in words; the panel announces it. */
  microphone(microphone: Microphone): void;
  /** Above what the page has just opened. */
  raise(): void;
  remove(): void;
};

export type ToldState = { guide: number; state: GuideState; name?: string };

/** What is drawn in the page: who sees it, what the helper shows. It can stop, never give. */
export function createOverlay(parts: {
  who: string;
  language: "fr" | "en";
  /** Only the top document says who sees the page. */
  banner: boolean;
  microphone: Microphone;
  nodeOf: (id: number) => Node | null;
  stop: () => void;
  pause: () => void;
  bannerRemoved: () => void;
  guideState: (state: ToldState) => void;
}): Overlay {
  const words = OVERLAY_WORDS[parts.language];
  const element = createHostElement(parts.bannerRemoved);
  const { root } = element;
  const layer = document.createElement("div");
  layer.lang = parts.language;
  const live = document.createElement("p");
  live.className = "unseen";
  live.setAttribute("role", "status");
  layer.append(live);
  root.append(layer);

  const ink = createInk(root);
  const banner = parts.banner
    ? createBanner(root, { who: parts.who, words, stop: parts.stop, pause: parts.pause })
    : undefined;
  banner?.microphone(parts.microphone);
  let highlight: Highlight | undefined;
  let frame: number | undefined;
  let removed = false;

  const draw = (): void => {
    frame = undefined;
    if (removed) return;
    const box = banner?.box;
    const following = highlight?.draw(box === undefined ? [] : [box]) === true;
    banner?.avoid(highlight?.area);
    if (ink.draw() || following) frame = requestAnimationFrame(draw);
  };
  const follow = (): void => {
    frame ??= requestAnimationFrame(draw);
  };

  const clear = (): void => {
    highlight?.remove();
    highlight = undefined;
    live.textContent = "";
    ink.clear();
  };

  const say = (sentence: string): void => {
    // Emptied first: the same sentence twice is said twice.
    live.textContent = "";
    setTimeout(() => {
      if (!removed) live.textContent = sentence;
    }, 50);
  };

  const elementOf = (id: number): Element | undefined => {
    const node = parts.nodeOf(id);
    if (node === null) return undefined;
    return (isElement(node) ? node : parentElementOf(node)) ?? undefined;
  };

  const show = (message: Extract<GuideMessage, { type: "guide.highlight" }>): void => {
    const { guide, text, node } = message;
    const tell = (state: GuideState, name = ""): void =>
      parts.guideState(
        name === "" ? { guide, state } : { guide, state, name: name.slice(0, MAX_GUIDE_TEXT) },
      );
    if (text.length > MAX_GUIDE_TEXT || CONTROL.test(text)) return tell("refused");
    clear();
    const target = elementOf(node);
    if (target === undefined) return tell("lost");
    highlight = createHighlight(root, {
      element: target,
      nodeOf: () => parts.nodeOf(node),
      text,
      who: parts.who,
      words,
      say,
      tell,
    });
    draw();
    return undefined;
  };

  return {
    host: element.host,
    get scrollBar() {
      return measureScrollBar(root);
    },
    guide(message, document) {
      if ("document" in message && message.document !== document) return undefined;
      switch (message.type) {
        case "guide.highlight":
          return show(message);
        case "guide.clear":
          return clear();
        case "guide.pointer": {
          const { at } = message;
          const ours = at !== null && at.document === document;
          ink.point(ours ? parts.nodeOf(at.node) : null, ours ? at : null);
          return follow();
        }
        case "guide.stroke":
          ink.stroke(message);
          return follow();
      }
    },
    pause(reason) {
      clear();
      banner?.pause(reason);
      if (banner !== undefined) say(banner.sentence);
    },
    resume() {
      banner?.resume();
      if (banner !== undefined) say(banner.sentence);
    },
    microphone: (microphone) => banner?.microphone(microphone),
    raise: element.raise,
    remove() {
      removed = true;
      if (frame !== undefined) cancelAnimationFrame(frame);
      clear();
      element.remove();
    },
  };
}
