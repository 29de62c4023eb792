import { isElement, isHtml, isNode, parentElementOf } from "./masking/dom.ts";
import { type FieldStates, isField } from "./masking/field-states.ts";

/** The field that an event is about, or the one around it. */
function fieldOf(event: Event): Element | undefined {
  const [target] = event.composedPath();
  if (!isNode(target)) return undefined;
  let at: Element | null = isElement(target) ? target : parentElementOf(target);
  while (at !== null && !isField(at)) at = parentElementOf(at);
  return at ?? undefined;
}

export type PageWatch = {
  /** A same-origin frame that we record: what it has loaded, and loads from now on. */
  follow(view: Window): void;
  stop(): void;
};

/** Images that a style sheet names come a while after it. */
const LATER_MS = 2_000;

/** The events of the page that rrweb does not tell, or not in time. */
export function watchPage(parts: {
  fields: FieldStates;
  loaded: (url: string) => void;
  /** A frame has loaded: before rrweb reads it whole, the player takes a document only once. */
  frameLoads: () => void;
  imageShown: (image: HTMLImageElement) => void;
}): PageWatch {
  const { fields } = parts;
  const abort = new AbortController();
  const options = { capture: true, passive: true, signal: abort.signal } as const;

  const onLoad = ({ target }: Event): void => {
    if (!isNode(target) || !isElement(target)) return;
    if (isHtml(target, "iframe")) parts.frameLoads();
    if (!isHtml(target, "img") || target.currentSrc === "") return;
    parts.loaded(target.currentSrc);
    parts.imageShown(target);
  };
  document.addEventListener("load", onLoad, options);
  document.addEventListener(
    "input",
    (event) => {
      const field = fieldOf(event);
      if (field !== undefined) fields.touch(field, event.isTrusted);
    },
    options,
  );
  document.addEventListener(
    "focusout",
    (event) => {
      const field = fieldOf(event);
      if (field !== undefined) fields.leave(field);
    },
    options,
  );
  document.addEventListener(
    "reset",
    ({ target }) => {
      if (!isNode(target) || !isElement(target)) return;
      // The fields are emptied after this event.
      setTimeout(() => {
        const inside = Element.prototype.querySelectorAll.call(target, "input, textarea, select");
        for (const field of inside) if (isField(field)) fields.touch(field, false);
      }, 0);
    },
    options,
  );

  const resources = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) parts.loaded(name);
  });
  resources.observe({ type: "resource", buffered: true });
  abort.signal.addEventListener("abort", () => resources.disconnect());
  for (const image of document.images) if (image.complete) parts.loaded(image.currentSrc);

  /** An observer of the frame's own would be one of another world. */
  const readEntries = (view: Window): void => {
    try {
      for (const { name } of view.performance.getEntriesByType("resource")) parts.loaded(name);
    } catch {
      // a frame that has gone elsewhere
    }
  };

  return {
    follow(view) {
      view.document.addEventListener("load", onLoad, options);
      view.document.addEventListener("load", () => readEntries(view), options);
      readEntries(view);
      const timer = setTimeout(() => readEntries(view), LATER_MS);
      abort.signal.addEventListener("abort", () => clearTimeout(timer));
    },
    stop: () => abort.abort(),
  };
}
