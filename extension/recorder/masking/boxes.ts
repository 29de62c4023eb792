import type { MaskedAttributes } from "./attributes.ts";

/** What they show does not cross: a labelled box stands for each in the mirror. */
const BOXED = new Set(["canvas", "video", "audio", "object", "embed"]);

/** Tells the mirror whether there is a box to show; the page has no say in it. */
const BOX_ATTRIBUTE = "data-epaule-box";

const LENGTH = /^\d{1,6}(?:\.\d+)?px$/;

export function isBoxed(tag: string): boolean {
  return BOXED.has(tag);
}

/** As large as the page draws it, so that all around stays in place; `undefined`: as it comes. */
function sizeOf({ width, height }: CSSStyleDeclaration) {
  return LENGTH.test(width) && LENGTH.test(height) ? { width, height } : undefined;
}

function shownAs(style: CSSStyleDeclaration): MaskedAttributes {
  return { [BOX_ATTRIBUTE]: style.display === "none" ? "none" : "shown" };
}

/** For a new node, in rrweb's own words for a size. */
export function boxAttributes(element: Element): MaskedAttributes {
  const style = getComputedStyle(element);
  const size = sizeOf(style);
  return { ...shownAs(style), ...(size && { rr_width: size.width, rr_height: size.height }) };
}

/** For a node of which something `changed`: it may now be larger, smaller, or shown at last. */
export function boxChange(element: Element, changed: MaskedAttributes): MaskedAttributes {
  const computed = getComputedStyle(element);
  const size = sizeOf(computed);
  const shown = shownAs(computed);
  if (!size) return shown;
  const { style } = changed;
  if (typeof style === "string")
    return { ...shown, style: `${style};width:${size.width};height:${size.height}` };
  return { ...shown, style: { ...(typeof style === "object" ? style : {}), ...size } };
}
