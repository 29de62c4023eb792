/**
 * What a node is, told by its own `nodeType`: the mirror's nodes belong to other windows, whose
 * classes `instanceof` here does not know.
 */

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value;
}

/** The sheet of a style element that was found by its tag. */
export function sheetOf(element: Element): CSSStyleSheet | undefined {
  const sheet: unknown = "sheet" in element ? element.sheet : undefined;
  return isStyleSheet(sheet) ? sheet : undefined;
}

function isStyleSheet(value: unknown): value is CSSStyleSheet {
  return (
    typeof value === "object" && value !== null && "insertRule" in value && "cssRules" in value
  );
}

export function isElement(node: Node | null | undefined): node is Element {
  return node?.nodeType === Node.ELEMENT_NODE;
}

export function isDocument(node: Node | null | undefined): node is Document {
  return node?.nodeType === Node.DOCUMENT_NODE;
}

function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && "host" in node;
}

/** Where ids and selectors of an element are looked up. */
export function rootOf(element: Element): Document | ShadowRoot | undefined {
  const root = element.getRootNode();
  return isDocument(root) || isShadowRoot(root) ? root : undefined;
}

/** The element around this one, out of shadow roots too. */
export function parentOf(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return isShadowRoot(root) ? root.host : null;
}

function isFrame(element: Element): element is HTMLIFrameElement {
  return element.nodeName === "IFRAME" && "contentDocument" in element;
}

export function innerDocument(element: Element): Document | null {
  return isFrame(element) ? element.contentDocument : null;
}

export function isRuleGroup(rule: CSSRule): rule is CSSGroupingRule {
  return "cssRules" in rule && "insertRule" in rule;
}
