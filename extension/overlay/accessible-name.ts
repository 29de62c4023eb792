import { attributeOf, isElement, isHtml, localNameOf } from "../recorder/masking/dom.ts";

const MAX = 120;
/** Their own text is what a person writes or chooses: it is never a name. */
const VALUES =
  "input, textarea, select, [contenteditable], [role=textbox], [role=searchbox], [role=spinbutton]";

function tidy(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim().slice(0, MAX);
}

/** The text of an element, images by their `alt`, without what its fields hold. */
function textWithin(element: Element): string {
  let text = "";
  const walker = element.ownerDocument.createTreeWalker(
    element,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    {
      acceptNode(node) {
        if (!isElement(node)) return NodeFilter.FILTER_ACCEPT;
        return Element.prototype.matches.call(
          node,
          `${VALUES}, script, style, noscript, template, [aria-hidden=true]`,
        )
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT;
      },
    },
  );
  for (
    let node = walker.nextNode();
    node !== null && text.length < MAX * 2;
    node = walker.nextNode()
  ) {
    if (!isElement(node)) text += ` ${node.textContent ?? ""}`;
    else if (isHtml(node, "img")) text += ` ${node.alt}`;
  }
  return tidy(text);
}

function textOfIds(element: Element, ids: string): string {
  const root = element.getRootNode();
  const near = root instanceof ShadowRoot ? root : element.ownerDocument;
  const texts = ids.split(/\s+/).map((id) => {
    const target = id === "" ? null : near.getElementById(id);
    if (target === null) return "";
    return tidy(attributeOf(target, "aria-label")) || textWithin(target);
  });
  return tidy(texts.filter((text) => text !== "").join(" "));
}

function labelsOf(element: Element): string {
  const labels =
    isHtml(element, "input") || isHtml(element, "textarea") || isHtml(element, "select")
      ? element.labels
      : null;
  return labels === null ? "" : tidy(Array.from(labels, textWithin).join(" "));
}

/**
 * What a screen reader would call this element; never what a field holds. Empty when it has no
 * name: a read is better missing than wrong.
 */
export function accessibleNameOf(element: Element): string {
  try {
    const written = element.closest(VALUES);
    if (written !== null && written !== element) return "";
    const labelledBy = attributeOf(element, "aria-labelledby");
    const byIds = labelledBy === null ? "" : textOfIds(element, labelledBy);
    if (byIds !== "") return byIds;
    const label = tidy(attributeOf(element, "aria-label"));
    if (label !== "") return label;
    if (isHtml(element, "input")) {
      const { type, value } = element;
      if (type === "submit" || type === "button" || type === "reset") return tidy(value);
      if (type === "image") return tidy(element.alt);
    }
    const labels = labelsOf(element);
    if (labels !== "") return labels;
    if (/^(?:img|area)$/.test(localNameOf(element))) return tidy(attributeOf(element, "alt"));
    const caption = element.querySelector(
      ":scope > legend, :scope > caption, :scope > figcaption, :scope > title",
    );
    if (caption !== null) return textWithin(caption);
    const own = element.matches(VALUES) ? "" : textWithin(element);
    return own || tidy(attributeOf(element, "title")) || tidy(attributeOf(element, "placeholder"));
  } catch {
    // a form whose controls hide its own methods
    return "";
  }
}
