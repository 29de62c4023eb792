/**
 * Reads that a page cannot bend: a form shows its controls under their names, so `form.nodeType`
 * may be an input. They also hold for the nodes of same-origin frames, whose classes are not ours.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the DOM
function getter<T>(prototype: object, name: string): (self: unknown) => T {
  // oxlint-disable-next-line typescript/unbound-method -- called with its node below
  const read = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (read === undefined) throw new Error(`no native ${name}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the native getter's own type
  return (self) => Reflect.apply(read, self, []) as T;
}

const XHTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";

export const nodeTypeOf = getter<number>(Node.prototype, "nodeType");
export const parentOf = getter<Node | null>(Node.prototype, "parentNode");
export const childNodesOf = getter<NodeListOf<ChildNode>>(Node.prototype, "childNodes");
export const textOf = getter<string | null>(Node.prototype, "textContent");
export const baseOf = getter<string>(Node.prototype, "baseURI");
export const tagNameOf = getter<string>(Element.prototype, "tagName");
export const isConnected = getter<boolean>(Node.prototype, "isConnected");
export const localNameOf = getter<string>(Element.prototype, "localName");
const namespaceOf = getter<string | null>(Element.prototype, "namespaceURI");
const hostOf = getter<Element>(ShadowRoot.prototype, "host");
const ownerOf = getter<Document | null>(Node.prototype, "ownerDocument");
// oxlint-disable-next-line typescript/unbound-method -- called with its element below
const nativeGetAttribute = Element.prototype.getAttribute;
// oxlint-disable-next-line typescript/unbound-method -- called with its element below
const nativeGetNames = Element.prototype.getAttributeNames;

export function isNode(value: unknown): value is Node {
  try {
    return nodeTypeOf(value) > 0;
  } catch {
    return false;
  }
}

export function isElement(node: Node | null | undefined): node is Element {
  return node !== null && node !== undefined && nodeTypeOf(node) === 1;
}

export function isDocument(node: Node): node is Document {
  return nodeTypeOf(node) === 9;
}

export function isHtml<T extends keyof HTMLElementTagNameMap>(
  element: Element,
  name: T,
): element is HTMLElementTagNameMap[T] {
  return localNameOf(element) === name && namespaceOf(element) === XHTML;
}

export function isSvg(element: Element): boolean {
  return namespaceOf(element) === SVG;
}

export function attributeOf(element: Element, name: string): string | null {
  return nativeGetAttribute.call(element, name);
}

export function isShadowRoot(node: Node): node is ShadowRoot {
  if (nodeTypeOf(node) !== 11) return false;
  try {
    return hostOf(node) !== null;
  } catch {
    return false;
  }
}

export function attributesOf(element: Element): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of nativeGetNames.call(element))
    attributes[name] = nativeGetAttribute.call(element, name) ?? "";
  return attributes;
}

/** The parent, or the host of a shadow root. */
export function parentElementOf(node: Node): Element | null {
  const parent = parentOf(node);
  if (parent === null) return null;
  if (isElement(parent)) return parent;
  return isShadowRoot(parent) ? hostOf(parent) : null;
}

export function documentOf(node: Node): Document | null {
  return isDocument(node) ? node : ownerOf(node);
}

function isSvgStyle(element: Element): element is SVGStyleElement {
  return isSvg(element) && localNameOf(element) === "style";
}

/** The sheet of a `style` or `link`. */
export function sheetOf(element: Element): CSSStyleSheet | null {
  if (isHtml(element, "style") || isHtml(element, "link")) return element.sheet;
  return isSvgStyle(element) ? element.sheet : null;
}
