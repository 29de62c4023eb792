import { boxOf, offsetOf } from "../mirror/geometry.ts";
import type { Mirror, Pointer } from "../mirror/mirror.ts";
import { isElement } from "../mirror/nodes.ts";
import type { Point } from "./stroke-batch.ts";

const SVG = "http://www.w3.org/2000/svg";
const STROKE_LIVES_MS = 6_000;
const CLICK_LIVES_MS = 700;
/** Room that the label above an outline needs, on the screen. */
const LABEL_HEIGHT_PX = 38;

type Stroke = { line: SVGPolylineElement; points: Point[] };

function box(name: string): HTMLDivElement {
  const element = document.createElement("div");
  element.className = `box ${name}`;
  element.hidden = true;
  return element;
}

/** What is drawn above the mirror, in its own pixels: marks, strokes, and the beneficiary's pointer. */
export type Drawing = ReturnType<typeof createDrawing>;

export function createDrawing(layer: HTMLElement, mirror: Mirror, scale: () => number) {
  const hover = box("hover");
  const tag = document.createElement("span");
  tag.className = "tag";
  hover.append(tag);
  const mark = box("mark");
  const hand = document.createElement("div");
  hand.className = "hand";
  hand.hidden = true;
  const strokes = document.createElementNS(SVG, "svg");
  strokes.setAttribute("class", "strokes");
  layer.append(strokes, mark, hover, hand);

  const living = new Set<Stroke>();
  let hovered: Element | undefined;
  let marked: { document: string; node: number } | undefined;
  let stroke: Stroke | undefined;

  function place(target: HTMLElement, element: Element | undefined): void {
    const { frame } = mirror;
    if (!frame || !element?.isConnected) {
      target.hidden = true;
      return;
    }
    const { left, top, width, height } = boxOf(element, frame);
    target.hidden = width === 0 && height === 0;
    target.style.transform = `translate(${left}px, ${top}px)`;
    target.style.width = `${width}px`;
    target.style.height = `${height}px`;
    target.classList.toggle("near-top", top * scale() < LABEL_HEIGHT_PX);
  }

  function scroll(): { x: number; y: number } {
    const view = mirror.frame?.contentWindow;
    return { x: view?.scrollX ?? 0, y: view?.scrollY ?? 0 };
  }

  function placeStroke({ line, points }: Stroke): void {
    const { x, y } = scroll();
    line.setAttribute("points", points.map(([px, py]) => `${px - x},${py - y}`).join(" "));
  }

  function refresh(): void {
    place(hover, hovered);
    const node = marked && mirror.nodeOf(marked.document, marked.node);
    place(mark, isElement(node) ? node : undefined);
    for (const each of living) placeStroke(each);
    const { width, height } = mirror.size;
    strokes.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  return {
    refresh,
    scroll,
    hover(element: Element | undefined, label: string): void {
      hovered = element;
      tag.textContent = label;
      place(hover, element);
    },
    mark(at: { document: string; node: number } | undefined): void {
      marked = at;
      refresh();
    },
    pointer({ node, x, y, click }: Pointer): void {
      const { frame } = mirror;
      if (!frame) return;
      const offset = offsetOf(node.ownerDocument, frame);
      hand.hidden = false;
      hand.style.transform = `translate(${x + offset.x}px, ${y + offset.y}px)`;
      if (!click) return;
      const ring = document.createElement("div");
      ring.className = "click";
      ring.style.left = `${x + offset.x}px`;
      ring.style.top = `${y + offset.y}px`;
      layer.append(ring);
      setTimeout(() => ring.remove(), CLICK_LIVES_MS);
    },
    /** In document coordinates, like what is sent. */
    strokePoint(point: Point): void {
      if (!stroke) {
        stroke = { line: document.createElementNS(SVG, "polyline"), points: [] };
        strokes.append(stroke.line);
        living.add(stroke);
      }
      stroke.points.push(point);
      placeStroke(stroke);
    },
    strokeEnd(): void {
      const ended = stroke;
      stroke = undefined;
      if (!ended) return;
      ended.line.classList.add("fading");
      setTimeout(() => {
        ended.line.remove();
        living.delete(ended);
      }, STROKE_LIVES_MS);
    },
    clear(): void {
      for (const { line } of living) line.remove();
      living.clear();
      stroke = undefined;
      marked = undefined;
      refresh();
    },
  };
}
