import type { ScrollStep } from "./port.ts";

const LINE = 60;
/** A bit of what was seen stays in sight. */
const PAGE = 0.85;
const FAR = 100_000;

export function scrollView(view: HTMLElement, { x, y, by }: ScrollStep): void {
  const far = by === "line" ? LINE : FAR;
  view.scrollBy({
    left: x * (by === "page" ? view.clientWidth * PAGE : far),
    top: y * (by === "page" ? view.clientHeight * PAGE : far),
  });
}
