import { attributeOf } from "./dom.ts";

/** In the mirror: the page has this popover open, above all else. */
export const POPOVER_ATTRIBUTE = "data-epaule-popover";

export function isOpenPopover(element: Element): boolean {
  if (attributeOf(element, "popover") === null) return false;
  try {
    return Element.prototype.matches.call(element, ":popover-open");
  } catch {
    // a browser without popovers
    return false;
  }
}
