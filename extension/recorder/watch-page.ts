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

/** The events of the page that rrweb does not tell, or not in time. Returns how to stop. */
export function watchPage(parts: {
  fields: FieldStates;
  loaded: (url: string) => void;
  /** A frame has loaded: before rrweb reads it whole, the player takes a document only once. */
  frameLoads: () => void;
  imageShown: (image: HTMLImageElement) => void;
}): () => void {
  const { fields } = parts;
  const abort = new AbortController();
  const options = { capture: true, passive: true, signal: abort.signal } as const;

  document.addEventListener(
    "load",
    ({ target }) => {
      if (!isNode(target) || !isElement(target)) return;
      if (isHtml(target, "iframe")) parts.frameLoads();
      if (!isHtml(target, "img") || target.currentSrc === "") return;
      parts.loaded(target.currentSrc);
      parts.imageShown(target);
    },
    options,
  );
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

  return () => abort.abort();
}
