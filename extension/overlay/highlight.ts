import { isConnected, isElement } from "../recorder/masking/dom.ts";
import { accessibleNameOf } from "./accessible-name.ts";
import { contentsOf } from "./contents.ts";
import { type Box, overlaps, type Place, placeBubble } from "./placement.ts";
import { describe, findAgain, sightOf } from "./target.ts";
import { createTopSight } from "./top-sight.ts";
import { fill, type OverlayWords } from "./words.ts";

const FIND_MS = 200;
const LOST_MS = 5_000;
const MARGIN = 6;
/** How long what was measured in a large target holds, while it stands still. */
const CONTENTS_MS = 500;

export type GuideState = "shown" | "outside" | "lost" | "refused";

/** One highlight: outline, arrow and bubble, which follow their element wherever it goes. */
export type Highlight = {
  /** Measures and draws; returns whether there is anything to follow. */
  draw(taken: readonly Box[]): boolean;
  /** Where the element is seen now. */
  readonly area: Box | undefined;
  remove(): void;
};

function make(tag: string, className: string, content = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
}

function set(part: HTMLElement, values: Record<string, number>): void {
  for (const [property, value] of Object.entries(values))
    part.style.setProperty(property, `${Math.round(value)}px`);
}

function move(box: Box, x: number, y: number): Box {
  return { left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
}

export function createHighlight(
  root: ShadowRoot,
  parts: {
    element: Element;
    nodeOf(): Node | null;
    text: string;
    who: string;
    words: OverlayWords;
    say(sentence: string): void;
    tell(state: GuideState, name: string): void;
  },
): Highlight {
  const { words, who, text } = parts;
  let element: Element | undefined = parts.element;
  const known = describe(parts.element);
  const name = accessibleNameOf(parts.element);
  const page = parts.element.ownerDocument;
  let area: Box | undefined;
  let told: GuideState | undefined;
  let lostAt: number | undefined;
  let searchedAt = 0;
  let place: Place | undefined;
  let contents: { key: string; at: number; boxes: readonly Box[] } | undefined;
  const top = createTopSight(() => {
    if (told === "shown") tell("outside");
  });

  const ring = make("div", "ring");
  const arrow = make("div", "arrow");
  const bubble = make("div", "bubble");
  bubble.append(
    make("span", "who", fill(words.says, { who })),
    make("span", "text", text === "" ? words.here : text),
  );
  const chip = make("div", "chip");
  const where = make("span", "where");
  const go = make("button", "go", words.show);
  go.setAttribute("type", "button");
  chip.append(where, go);
  // Seen and read by the live region already; the button of the chip stays in reach.
  for (const part of [ring, arrow, bubble, where]) part.setAttribute("aria-hidden", "true");
  const all = [ring, arrow, bubble, chip];
  for (const part of all) part.hidden = true;
  root.append(...all);

  go.addEventListener("click", (event) => {
    if (!event.isTrusted || element === undefined) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({
      block: "center",
      inline: "nearest",
      behavior: still ? "auto" : "smooth",
    });
  });

  const tell = (state: GuideState): void => {
    if (state === told) return;
    told = state;
    parts.tell(state, name);
  };

  const search = (): void => {
    const now = performance.now();
    if (now - searchedAt < FIND_MS) return;
    searchedAt = now;
    const same = parts.nodeOf();
    if (same !== null && isElement(same) && isConnected(same)) element = same;
    else element = page.defaultView === null ? undefined : findAgain(known, page);
  };

  const lose = (): boolean => {
    for (const part of all) part.hidden = true;
    area = undefined;
    lostAt ??= performance.now();
    if (performance.now() - lostAt > LOST_MS / 5) tell("lost");
    return true;
  };

  const drawOutside = (box: Box, taken: readonly Box[]): void => {
    ring.hidden = true;
    bubble.hidden = true;
    arrow.hidden = true;
    chip.hidden = false;
    const above = box.bottom <= 0;
    chip.className = above ? "chip up" : "chip down";
    const label = above ? words.above : words.below;
    if (where.textContent !== label) where.textContent = label;
    for (const property of ["top", "bottom"]) chip.style.removeProperty(property);
    const own = chip.getBoundingClientRect();
    const inWay = taken.find((one) => overlaps(own, one));
    if (inWay !== undefined && above) set(chip, { top: inWay.bottom + 8 });
    else if (inWay !== undefined) set(chip, { bottom: window.innerHeight - inWay.top + 8 });
    area = undefined;
    tell("outside");
  };

  /** In our window, also when the element is in a frame. */
  const contentsIn = (box: Box, visible: Box): readonly Box[] => {
    const key = [box.left, box.top, box.right, box.bottom].map(Math.round).join(" ");
    const now = performance.now();
    if (contents?.key === key && now - contents.at < CONTENTS_MS) return contents.boxes;
    const own = element && Element.prototype.getBoundingClientRect.call(element);
    if (element === undefined || own === undefined) return [];
    const [dx, dy] = [box.left - own.left, box.top - own.top];
    const found = contentsOf(element, move(visible, -dx, -dy));
    contents = { key, at: now, boxes: found.map((one) => move(one, dx, dy)) };
    return contents.boxes;
  };

  const drawSeen = (box: Box, visible: Box, taken: readonly Box[]): void => {
    chip.hidden = true;
    for (const part of [ring, bubble, arrow]) part.hidden = false;
    const outline = {
      left: Math.max(box.left, -40) - MARGIN,
      top: Math.max(box.top, -40) - MARGIN,
      right: Math.min(box.right, window.innerWidth + 40) + MARGIN,
      bottom: Math.min(box.bottom, window.innerHeight + 40) + MARGIN,
    };
    set(ring, {
      left: outline.left,
      top: outline.top,
      width: outline.right - outline.left,
      height: outline.bottom - outline.top,
    });
    area = {
      left: visible.left - MARGIN,
      top: visible.top - MARGIN,
      right: visible.right + MARGIN,
      bottom: visible.bottom + MARGIN,
    };
    const size = bubble.getBoundingClientRect();
    const view = { width: window.innerWidth, height: window.innerHeight };
    place = placeBubble(area, size, view, taken, () => contentsIn(box, visible), place);
    set(bubble, { left: place.left, top: place.top });
    arrow.className = `arrow ${place.side}`;
    const middleX = Math.max(
      place.left + 16,
      Math.min((area.left + area.right) / 2, place.left + size.width - 16),
    );
    const middleY = Math.max(
      place.top + 12,
      Math.min((area.top + area.bottom) / 2, place.top + size.height - 12),
    );
    if (place.side === "below") set(arrow, { left: middleX - 10, top: place.top - 11 });
    if (place.side === "above")
      set(arrow, { left: middleX - 10, top: place.top + size.height + 1 });
    if (place.side === "right") set(arrow, { left: place.left - 11, top: middleY - 10 });
    if (place.side === "left") set(arrow, { left: place.left + size.width + 1, top: middleY - 10 });
    tell("shown");
  };

  parts.say(fill(words.shows, { who, name: name === "" ? words.here : name, text }));

  return {
    get area() {
      return area;
    },
    draw(taken) {
      if (element === undefined || !isConnected(element)) search();
      if (element === undefined || !isConnected(element)) return lose();
      const sight = sightOf(element);
      if (sight === undefined) return lose();
      lostAt = undefined;
      const inTop = top.has(element);
      if (sight.visible === undefined || !inTop) drawOutside(sight.box, taken);
      else drawSeen(sight.box, sight.visible, taken);
      return true;
    },
    remove() {
      top.stop();
      for (const part of all) part.remove();
    },
  };
}
