import { OVERLAY_STYLE } from "./style.ts";

const TAG = "epaule-overlay";
const LOOK_MS = 250;
const PROMOTE_MS = 100;
const REMOVALS = 3;
const REMOVALS_MS = 10_000;

/**
 * The one element that we put in the page: closed inside, above everything (top layer), without
 * pointer events. The page may take it away; it is put back, and the caller is told when that
 * goes on.
 */
export type HostElement = {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Above everything again, at most ten times a second. */
  raise: () => void;
  remove(): void;
};

/** Below it, nobody reads or hits our buttons: such a page shows them to nobody. */
const SMALLEST_ZOOM = 0.5;

/** Whether what stands in this element can be seen, whatever the page's own style does around it. */
function isDrawn(element: HTMLElement): boolean {
  const zoom: unknown = Reflect.get(element, "currentCSSZoom");
  if (typeof zoom === "number" && zoom < SMALLEST_ZOOM) return false;
  return element.checkVisibility();
}

/** Those in which something of ours could be seen. */
function openModals(): HTMLDialogElement[] {
  return [...document.querySelectorAll("dialog")].filter((dialog) => {
    try {
      const shows = getComputedStyle(dialog).contentVisibility !== "hidden";
      return dialog.matches(":modal") && shows && isDrawn(dialog);
    } catch {
      return false;
    }
  });
}

/** As a sheet the page's policy has no say in it; as an element where sheets cannot be adopted. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(OVERLAY_STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = OVERLAY_STYLE;
    root.append(style);
  }
}

export function createHostElement(removedTooOften: () => void): HostElement {
  const host = document.createElement(TAG);
  const root = host.attachShadow({ mode: "closed" });
  dress(root);
  host.setAttribute("popover", "manual");

  const abort = new AbortController();
  let gone = false;
  let promotedAgain = false;
  let begun = false;
  let given = false;
  let removals: number[] = [];
  let moving = false;
  let lastModal: HTMLDialogElement | undefined;
  let promotion: ReturnType<typeof setTimeout> | undefined;

  const isShown = (): boolean => {
    try {
      return host.isConnected && host.matches(":popover-open") && isDrawn(host);
    } catch {
      return host.isConnected;
    }
  };

  /** What is outside an open modal dialog is inert: its buttons would be dead. */
  const home = (): Element | undefined => {
    const modals = openModals();
    const known = lastModal;
    if (known !== undefined && modals.includes(known) && known.isConnected) return known;
    return modals.at(-1) ?? document.documentElement ?? undefined;
  };

  const show = (): void => {
    if (gone) return;
    const parent = home();
    if (parent === undefined) return;
    moving = true;
    try {
      host.removeAttribute("style");
      host.removeAttribute("hidden");
      host.removeAttribute("inert");
      if (host.getAttribute("popover") !== "manual") host.setAttribute("popover", "manual");
      if (host.parentNode !== parent || parent.lastChild !== host) parent.append(host);
      begun = true;
      if (host.matches(":popover-open")) host.hidePopover();
      host.showPopover();
    } catch {
      // without popovers the fixed position and the z-index are left
    } finally {
      watch(parent);
      moving = false;
    }
  };

  const restore = (): void => {
    if (gone || moving || given || isShown()) return;
    const now = performance.now();
    removals = [...removals.filter((at) => now - at < REMOVALS_MS), now];
    show();
    if (removals.length < REMOVALS) return;
    removals = [];
    given = true;
    removedTooOften();
    // The pause is said once more; a page that fights on is left alone.
    setTimeout(() => {
      given = false;
    }, REMOVALS_MS);
  };

  const promote = (): void => {
    if (gone) return;
    if (promotion !== undefined) {
      promotedAgain = true;
      return;
    }
    promotedAgain = false;
    show();
    promotion = setTimeout(() => {
      promotion = undefined;
      if (promotedAgain) promote();
    }, PROMOTE_MS);
  };

  const observer = new MutationObserver((records) => {
    if (moving || gone) return;
    for (const { type, target } of records) {
      if (type === "attributes" && target !== host) {
        if (!(target instanceof HTMLDialogElement)) continue;
        lastModal = openModals().includes(target) ? target : undefined;
        return show();
      }
    }
    return restore();
  });

  const watch = (parent: Element): void => {
    observer.disconnect();
    observer.observe(parent, { childList: true });
    observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["open"] });
    observer.observe(host, {
      attributes: true,
      attributeFilter: ["popover", "style", "hidden", "inert", "class"],
    });
  };

  const onToggle = ({ target }: Event): void => {
    if (target === host) return restore();
    if (moving || !(target instanceof Element)) return undefined;
    // Something else went to the top layer: we go above it.
    const opened = Element.prototype.matches.call(target, ":popover-open, :modal");
    if (target instanceof HTMLDialogElement) lastModal = opened ? target : undefined;
    if (opened || target instanceof HTMLDialogElement) promote();
    return undefined;
  };

  const look = setInterval(() => {
    if (document.readyState === "loading") return;
    const modals = openModals();
    if (lastModal !== undefined && !modals.includes(lastModal)) lastModal = undefined;
    if (!isShown()) {
      if (begun) restore();
      else show();
    } else if (host.parentNode !== home()) show();
  }, LOOK_MS);

  document.addEventListener("toggle", onToggle, { capture: true, signal: abort.signal });
  document.addEventListener("fullscreenchange", promote, { capture: true, signal: abort.signal });
  // Not before the page is there: a script that takes over the whole document would stumble on it.
  if (document.readyState === "loading")
    // Before the first key frame, which is taken in the same event and measures here.
    document.addEventListener("DOMContentLoaded", show, {
      capture: true,
      once: true,
      signal: abort.signal,
    });
  else show();

  return {
    host,
    root,
    raise: promote,
    remove() {
      gone = true;
      abort.abort();
      observer.disconnect();
      clearInterval(look);
      clearTimeout(promotion);
      host.remove();
    },
  };
}
