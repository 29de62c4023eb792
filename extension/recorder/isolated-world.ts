import { browser } from "wxt/browser";

import { isNode, isShadowRoot } from "./masking/dom.ts";

/**
 * What rrweb finds in the isolated world, made right before it starts. The prototypes of this
 * world are the extension's own: the page neither sees nor shares what is changed here.
 */

type OpenShadow = (element: HTMLElement) => ShadowRoot | null;

/** Elements that may host a shadow root; asking for the closed ones costs, so only these are asked. */
const HOSTS =
  /^(?:[^-]+-.*|article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

function shadowFrom(value: unknown): ShadowRoot | null {
  return isNode(value) && isShadowRoot(value) ? value : null;
}

function openShadow(): OpenShadow | undefined {
  const dom: unknown = Reflect.get(browser, "dom");
  if (typeof dom !== "object" || dom === null) return undefined;
  const open: unknown = Reflect.get(dom, "openOrClosedShadowRoot");
  return typeof open === "function"
    ? (element) => shadowFrom(Reflect.apply(open, dom, [element]))
    : undefined;
}

// oxlint-disable-next-line typescript/unbound-method -- called with its element below
const nativeShadow = Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot")?.get;
const hidden = new WeakSet<Element>();
let openClosed: OpenShadow | undefined;

/** The shadow root, open or closed; never our own overlay's. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  const open = shadowFrom(nativeShadow?.call(element));
  if (open !== null) return open;
  if (openClosed === undefined || hidden.has(element)) return null;
  if (!(element instanceof HTMLElement) || !HOSTS.test(element.localName)) return null;
  try {
    return openClosed(element);
  } catch {
    return null;
  }
}

/** rrweb marks fields that once were passwords, in the page; our mask has no need of it. */
const RRWEB_MARK = "data-rr-is-password";

let muted = false;

/** Calls rrweb's patches without the page's sheets and nodes being touched. */
export function withNativesMuted(act: () => void): void {
  muted = true;
  try {
    act();
  } finally {
    muted = false;
  }
}

function muteSetter(prototype: object, name: string): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with their owner below
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  if (get === undefined || set === undefined) return;
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get,
    set(value: unknown) {
      if (!muted) Reflect.apply(set, this, [value]);
    },
  });
}

let childrenHidden = false;

/** While it is so, rrweb finds no children: its own snapshot is the bare document, and ours follows. */
export function hideChildren(hide: boolean): void {
  childrenHidden = hide;
}

function hideChildrenOnDemand(): void {
  const native = Object.getOwnPropertyDescriptor(Node.prototype, "childNodes");
  // oxlint-disable-next-line typescript/unbound-method -- called with its node below
  const get = native?.get;
  if (get === undefined) return;
  Object.defineProperty(Node.prototype, "childNodes", {
    ...native,
    get: new Proxy(get, {
      apply: (read, self: Node): unknown => (childrenHidden ? [] : Reflect.apply(read, self, [])),
    }),
  });
}

let prepared = false;

/** `overlay`: our own host, whose closed root is not the page's. Safe to call again. */
export function prepareIsolatedWorld(overlay: Element): void {
  hidden.add(overlay);
  if (prepared) return;
  prepared = true;
  openClosed = openShadow();

  // Without it rrweb catches one TypeError per element: a snapshot takes five times longer.
  if ((globalThis as { customElements: unknown }).customElements === null)
    Object.defineProperty(globalThis, "customElements", {
      value: { get: () => undefined },
      configurable: true,
    });

  // rrweb takes `querySelector` for an accessor, and adds an iframe to the page when it is none.
  for (const name of ["querySelector", "querySelectorAll"] as const) {
    // oxlint-disable-next-line typescript/unbound-method -- handed out as it was found
    const method = Element.prototype[name];
    Object.defineProperty(Element.prototype, name, {
      configurable: true,
      get: new Proxy(() => method, {}),
    });
  }
  if (nativeShadow !== undefined)
    Object.defineProperty(Element.prototype, "shadowRoot", {
      configurable: true,
      enumerable: true,
      get: new Proxy(nativeShadow, { apply: (_native, self: Element) => shadowRootOf(self) }),
    });

  // oxlint-disable-next-line typescript/unbound-method -- called with its element below
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (this: Element, name: string, value: string) {
    if (name !== RRWEB_MARK) setAttribute.call(this, name, value);
  };

  hideChildrenOnDemand();
  muteSetter(Document.prototype, "adoptedStyleSheets");
  muteSetter(ShadowRoot.prototype, "adoptedStyleSheets");
  // oxlint-disable-next-line typescript/unbound-method -- called with its element below
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (this: Element, init: ShadowRootInit) {
    const there = muted ? shadowRootOf(this) : null;
    return there ?? attachShadow.call(this, init);
  };
}

/** Makes rrweb build its observers with this constructor. */
export function useObserver(Observer: typeof MutationObserver): () => void {
  const { prototype } = MutationObserver;
  const native: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  Object.defineProperty(prototype, "constructor", {
    value: Observer,
    configurable: true,
    writable: true,
  });
  return () =>
    Object.defineProperty(prototype, "constructor", {
      value: native,
      configurable: true,
      writable: true,
    });
}
