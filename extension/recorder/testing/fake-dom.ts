/**
 * As much of the DOM as the mask reads, with the same getters in the same places, so that the
 * mask runs without a browser. Importing this file puts it in place of the globals: import it first.
 */
const XHTML = "http://www.w3.org/1999/xhtml";
export const SVG = "http://www.w3.org/2000/svg";

class FakeNode {
  #parent: FakeNode | null = null;
  #children: FakeNode[] = [];
  readonly #type: number;
  #text: string;

  constructor(type: number, content = "") {
    this.#type = type;
    this.#text = content;
  }
  get nodeType(): number {
    return this.#type;
  }
  get parentNode(): FakeNode | null {
    return this.#parent;
  }
  get childNodes(): readonly FakeNode[] {
    return this.#children;
  }
  get textContent(): string {
    return this.#type === 3 || this.#type === 8
      ? this.#text
      : this.#children.map((child) => child.textContent).join("");
  }
  set textContent(content: string) {
    this.#text = content;
  }
  get baseURI(): string {
    return "https://site.example/dossier/page?nir=SECRET-base#SECRET-hash";
  }
  get isConnected(): boolean {
    return true;
  }
  get ownerDocument(): FakeDocument {
    return page;
  }
  append(...children: FakeNode[]): this {
    for (const child of children) child.#parent = this;
    this.#children.push(...children);
    return this;
  }
}

class FakeElement extends FakeNode {
  readonly #name: string;
  readonly #namespace: string;
  readonly attributes: Map<string, string>;
  value = "";
  type = "";
  currentSrc = "";
  scrollLeft = 0;
  scrollTop = 0;
  sheet: unknown = null;

  constructor(name: string, attributes: Record<string, string>, namespace = XHTML) {
    super(1);
    this.#name = name;
    this.#namespace = namespace;
    this.attributes = new Map(Object.entries(attributes));
    this.value = attributes["value"] ?? "";
    this.type = attributes["type"] ?? (name === "input" ? "text" : "");
    this.currentSrc = name === "img" ? (attributes["src"] ?? "") : "";
  }
  get localName(): string {
    return this.#name;
  }
  get tagName(): string {
    return this.#name.toUpperCase();
  }
  get namespaceURI(): string {
    return this.#namespace;
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  getAttributeNames(): string[] {
    return [...this.attributes.keys()];
  }
}

class FakeDocument extends FakeNode {
  readonly styleSheets: unknown[] = [];
  readonly compatMode = "CSS1Compat";
  readonly doctype = { name: "html", publicId: "", systemId: "" };
  designMode = "off";

  constructor() {
    super(9);
  }
}

class FakeShadowRoot extends FakeNode {
  readonly #host: FakeElement;

  constructor(host: FakeElement) {
    super(11);
    this.#host = host;
  }
  get host(): FakeElement {
    return this.#host;
  }
}

export const page: FakeDocument = new FakeDocument();

/** An element; strings are text. */
export function h(
  name: string,
  attributes: Record<string, string> = {},
  ...children: (FakeNode | string)[]
): FakeElement {
  const made = new FakeElement(name, attributes);
  return made.append(...children.map((child) => (typeof child === "string" ? text(child) : child)));
}

export function svg(name: string, attributes: Record<string, string> = {}): FakeElement {
  return new FakeElement(name, attributes, SVG);
}

export function text(content: string): FakeNode {
  return new FakeNode(3, content);
}

export function comment(content: string): FakeNode {
  return new FakeNode(8, content);
}

export function style(css: string): FakeElement {
  const made = h("style", {}, css);
  made.sheet = {
    disabled: false,
    href: null,
    ownerNode: made,
    cssRules: [{ cssText: css }],
  };
  return made;
}

export function shadow(host: FakeElement, ...children: FakeNode[]): FakeShadowRoot {
  return new FakeShadowRoot(host).append(...children);
}

/** The mask takes DOM nodes: these have what it reads of them. */
export function asNode(fake: FakeNode): Node {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return fake as unknown as Node;
}

export function asElement(fake: FakeElement): Element {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return fake as unknown as Element;
}

export function asDocument(fake: FakeDocument): Document {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return fake as unknown as Document;
}

/** Only what an element's own attributes say. */
function getComputedStyle(element: FakeElement): Record<string, string> {
  const [width, height] = [element.getAttribute("width"), element.getAttribute("height")];
  return {
    display: element.getAttribute("hidden") === null ? "inline" : "none",
    width: width === null ? "auto" : `${width}px`,
    height: height === null ? "auto" : `${height}px`,
  };
}

Object.assign(globalThis, {
  Node: FakeNode,
  Element: FakeElement,
  ShadowRoot: FakeShadowRoot,
  getComputedStyle,
});
