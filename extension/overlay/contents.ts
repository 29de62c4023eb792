import { isElement } from "../recorder/masking/dom.ts";
import { type Box, intersect } from "./placement.ts";

const MAX_NODES = 1_500;
const MAX_BOXES = 400;
/** Seen as one thing, whatever is in it. */
const WHOLE = "a, button, input, select, textarea, summary, label, img, svg, canvas, video, iframe";

const boxOf = ({ left, top, right, bottom }: DOMRect): Box => ({ left, top, right, bottom });

/** What there is to read and to use in an element, as far as it stands in `view`: the lines of its text, its controls and images. */
export function contentsOf(element: Element, view: Box): Box[] {
  const boxes: Box[] = [];
  const add = (rect: DOMRect): void => {
    const seen = intersect(boxOf(rect), view);
    if (seen !== undefined) boxes.push(seen);
  };
  try {
    const page = element.ownerDocument;
    const range = Document.prototype.createRange.call(page);
    const walker = Document.prototype.createTreeWalker.call(
      page,
      element,
      NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    );
    for (let visited = 0; visited < MAX_NODES && boxes.length < MAX_BOXES; visited += 1) {
      const node = walker.nextNode();
      if (node === null) break;
      if (isElement(node)) {
        if (Element.prototype.matches.call(node, WHOLE))
          add(Element.prototype.getBoundingClientRect.call(node));
      } else if ((node.textContent ?? "").trim() !== "") {
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) add(rect);
      }
    }
  } catch {
    // a page that hides its own methods: then only the middle is known
  }
  return boxes;
}
