import type { Anchor } from "../../../../shared/protocol/peer.ts";
import { boxOf, elementAt, meantBy } from "../mirror/geometry.ts";
import type { Mirror } from "../mirror/mirror.ts";
import { parentOf } from "../mirror/nodes.ts";
import type { Described, FromPlayer, PlayerMode } from "../port.ts";
import type { PlayerWords } from "../words.ts";
import { nameOf, roleOf } from "./describe.ts";
import type { Drawing } from "./drawing.ts";
import { createStrokeBatch, type Point } from "./stroke-batch.ts";

const POINTER_EVERY_MS = 1000 / 30;
const STROKE_EVERY_MS = 50;

/**
 * What the helper's mouse means over the mirror. The layer lies above the mirror and takes every
 * event, so that nothing in the mirrored page is ever clicked.
 */
export function createPointing({
  layer,
  mirror,
  drawing,
  words,
  toMirror,
  send,
}: {
  layer: HTMLElement;
  mirror: Mirror;
  drawing: Drawing;
  words: () => PlayerWords;
  /** A place on the screen, in the mirror's own pixels. */
  toMirror: (event: MouseEvent) => { x: number; y: number };
  send: (message: FromPlayer) => void;
}) {
  let mode: PlayerMode = "look";
  let hovered: Element | undefined;
  let pointedAt = Number.NEGATIVE_INFINITY;
  let trailing: number | undefined;
  let drawingIn: string | undefined;
  let strokeTimer: number | undefined;
  const batch = createStrokeBatch((points, last) => {
    if (drawingIn !== undefined) send({ type: "stroke", document: drawingIn, points, last });
  });

  /** The nearest element that the other side knows too. */
  function known(start: Element): { element: Element; document: string; node: number } | undefined {
    for (let element: Element | null = start; element; element = parentOf(element)) {
      const address = mirror.addressOf(element);
      if (address) return { element, ...address };
    }
    return undefined;
  }

  function describe(found: { element: Element; document: string; node: number }): Described {
    return {
      document: found.document,
      node: found.node,
      role: words().roles[roleOf(found.element)],
      name: nameOf(found.element),
    };
  }

  function under(event: MouseEvent, meant: boolean): ReturnType<typeof known> {
    const { frame } = mirror;
    if (!frame) return undefined;
    const { x, y } = toMirror(event);
    const at = elementAt(frame, x, y);
    return at && known(meant ? meantBy(at) : at);
  }

  function anchorOf(
    { element, document, node }: { element: Element; document: string; node: number },
    event: MouseEvent,
  ): Anchor | undefined {
    const { frame } = mirror;
    if (!frame) return undefined;
    const box = boxOf(element, frame);
    const { x, y } = toMirror(event);
    return {
      document,
      node,
      x: box.width > 0 ? clamp((x - box.left) / box.width) : 0,
      y: box.height > 0 ? clamp((y - box.top) / box.height) : 0,
    };
  }

  function outline(found: ReturnType<typeof known>): void {
    if (found?.element === hovered) return;
    hovered = found?.element;
    const described = found && describe(found);
    drawing.hover(hovered, described ? label(described) : "");
    send({ type: "hover", element: described ?? null });
  }

  function point(event: MouseEvent): void {
    const found = under(event, false);
    const anchor = found && anchorOf(found, event);
    if (anchor) send({ type: "point", anchor });
  }

  function leave(): void {
    window.clearTimeout(trailing);
    outline(undefined);
    if (mode === "pointer") send({ type: "point", anchor: null });
  }

  function endStroke(): void {
    if (drawingIn === undefined) return;
    window.clearInterval(strokeTimer);
    batch.end();
    drawing.strokeEnd();
    drawingIn = undefined;
  }

  function strokeTo(event: MouseEvent): void {
    const { x, y } = toMirror(event);
    const scroll = drawing.scroll();
    const at: Point = [x + scroll.x, y + scroll.y];
    batch.add(...at);
    drawing.strokePoint(at);
  }

  layer.addEventListener("pointermove", (event) => {
    if (mode === "highlight") outline(under(event, true));
    else if (mode === "draw" && drawingIn !== undefined) strokeTo(event);
    else if (mode === "pointer") {
      // The last place always gets there, at the pace of the others.
      window.clearTimeout(trailing);
      const wait = pointedAt + POINTER_EVERY_MS - performance.now();
      const now = (): void => {
        pointedAt = performance.now();
        point(event);
      };
      if (wait <= 0) now();
      else trailing = window.setTimeout(now, wait);
    }
  });
  layer.addEventListener("pointerleave", leave);
  layer.addEventListener("pointerdown", (event) => {
    if (mode !== "draw" || event.button !== 0) return;
    const root = mirror.frame?.contentDocument?.documentElement;
    const top = root && mirror.addressOf(root);
    if (!top) return;
    layer.setPointerCapture(event.pointerId);
    drawingIn = top.document;
    strokeTo(event);
    strokeTimer = window.setInterval(batch.flush, STROKE_EVERY_MS);
  });
  layer.addEventListener("pointerup", endStroke);
  layer.addEventListener("pointercancel", endStroke);
  layer.addEventListener("click", (event) => {
    if (mode !== "highlight") return;
    const found = under(event, true);
    const anchor = found && anchorOf(found, event);
    if (found && anchor) send({ type: "pick", anchor, element: describe(found) });
  });
  layer.addEventListener("contextmenu", (event) => event.preventDefault());

  return {
    setMode(next: PlayerMode): void {
      endStroke();
      leave();
      mode = next;
      layer.dataset["mode"] = next;
    },
    /** From the list: outlined as if the mouse were on it. */
    show(element: Element | undefined): void {
      outline(element && known(element));
    },
    describe(element: Element): Described | undefined {
      const found = known(element);
      return found && describe(found);
    },
    /** The page under the mouse has changed. */
    forget(): void {
      if (hovered && !hovered.isConnected) outline(undefined);
    },
  };
}

function label({ role, name }: Described): string {
  return name === "" ? role : `${role} «\u00A0${name}\u00A0»`;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
