import { isConnected, isDocument, isHtml } from "../masking/dom.ts";

/** rrweb asks a node itself what it is; a form answers with its control of that name. */
function hidesItsType(form: Element): boolean {
  return typeof form.nodeType !== "number";
}

/**
 * Looks for forms that were added and that rrweb took for no node at all: it passed over them with
 * all that is in them. Each is found once.
 */
export function createLeftOut(
  idOf: (node: Node) => number,
): (root: Document | ShadowRoot) => boolean {
  const found = new WeakSet<Element>();
  return (root) => {
    const forms = isDocument(root)
      ? Document.prototype.getElementsByTagName.call(root, "form")
      : ShadowRoot.prototype.querySelectorAll.call(root, "form");
    let more = false;
    for (const form of forms) {
      if (!isHtml(form, "form") || !hidesItsType(form) || found.has(form)) continue;
      if (idOf(form) !== -1 || !isConnected(form)) continue;
      found.add(form);
      more = true;
    }
    return more;
  };
}
