import type { GuideMessage } from "../../shared/protocol/peer.ts";
import { isElement, parentElementOf } from "../recorder/masking/dom.ts";
import { sightOf } from "./target.ts";

const POINTER_MS = 5_000;
const FADE_AFTER_MS = 4_000;
const GONE_AFTER_MS = 600;
const MAX_STROKES = 40;
const MAX_POINTS = 2_000;
const SVG = "http://www.w3.org/2000/svg";

type Pointer = Extract<GuideMessage, { type: "guide.pointer" }>;
type Stroke = Extract<GuideMessage, { type: "guide.stroke" }>;
type Drawn = {
  group: SVGGElement;
  lines: SVGPolylineElement[];
  points: number;
  timers: ReturnType<typeof setTimeout>[];
};

/** The helper's pointer and strokes: they fade, and take no part in the page. */
export type Ink = {
  point(node: Node | null, at: Pointer["at"]): void;
  stroke(message: Stroke): void;
  /** Follows the page; returns whether anything is left to follow. */
  draw(): boolean;
  clear(): void;
};

export function createInk(root: ShadowRoot): Ink {
  const pointer = document.createElement("div");
  pointer.className = "pointer";
  pointer.hidden = true;
  pointer.append(document.createElement("i"));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "ink");
  svg.setAttribute("aria-hidden", "true");
  pointer.setAttribute("aria-hidden", "true");
  root.append(svg, pointer);

  const strokes = new Map<number, Drawn>();
  let target: Element | undefined;
  let place = { x: 0, y: 0 };
  let silence: ReturnType<typeof setTimeout> | undefined;

  const hidePointer = (): void => {
    clearTimeout(silence);
    target = undefined;
    pointer.hidden = true;
  };

  const erase = (guide: number): void => {
    const stroke = strokes.get(guide);
    if (stroke === undefined) return;
    for (const timer of stroke.timers) clearTimeout(timer);
    stroke.group.remove();
    strokes.delete(guide);
  };

  const fade = (guide: number, stroke: Drawn): void => {
    for (const timer of stroke.timers) clearTimeout(timer);
    stroke.timers = [
      setTimeout(() => stroke.group.style.setProperty("opacity", "0"), FADE_AFTER_MS),
      setTimeout(() => erase(guide), FADE_AFTER_MS + GONE_AFTER_MS),
    ];
  };

  const begin = (guide: number): Drawn => {
    const oldest = strokes.keys().next().value;
    if (strokes.size >= MAX_STROKES && oldest !== undefined) erase(oldest);
    const group = document.createElementNS(SVG, "g");
    const lines = ["edge", "line"].map((name) => {
      const line = document.createElementNS(SVG, "polyline");
      line.setAttribute("class", name);
      group.append(line);
      return line;
    });
    svg.append(group);
    const stroke = { group, lines, points: 0, timers: [] };
    strokes.set(guide, stroke);
    return stroke;
  };

  const draw = (): boolean => {
    if (strokes.size > 0) {
      const { scrollX, scrollY } = window;
      for (const { group } of strokes.values())
        group.setAttribute("transform", `translate(${-scrollX} ${-scrollY})`);
    }
    if (target !== undefined) {
      const sight = sightOf(target);
      pointer.hidden = sight?.visible === undefined;
      if (sight !== undefined) {
        const { box } = sight;
        const x = box.left + (box.right - box.left) * place.x;
        const y = box.top + (box.bottom - box.top) * place.y;
        pointer.style.setProperty("transform", `translate(${x}px, ${y}px)`);
      }
    }
    return strokes.size > 0 || target !== undefined;
  };

  return {
    draw,
    point(node, at) {
      if (at === null || node === null) return hidePointer();
      const element = isElement(node) ? node : parentElementOf(node);
      if (element === null) return hidePointer();
      target = element;
      place = { x: at.x, y: at.y };
      clearTimeout(silence);
      silence = setTimeout(hidePointer, POINTER_MS);
      draw();
      return undefined;
    },
    stroke({ guide, points }) {
      const stroke = strokes.get(guide) ?? begin(guide);
      if (stroke.points + points.length > MAX_POINTS) return;
      stroke.points += points.length;
      const more = points.map(([x, y]) => `${x},${y}`).join(" ");
      for (const line of stroke.lines)
        line.setAttribute("points", `${line.getAttribute("points") ?? ""} ${more}`.trim());
      fade(guide, stroke);
      draw();
    },
    clear() {
      hidePointer();
      for (const guide of strokes.keys()) erase(guide);
    },
  };
}
