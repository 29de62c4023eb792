import type { MirrorEvent } from "../../messaging/recorder-port.ts";
import { attributeEvent } from "../mask.ts";
import { attributeOf, isDocument, isElement, isNode } from "../masking/dom.ts";
import { isOpenPopover, POPOVER_ATTRIBUTE } from "../masking/popovers.ts";

type Root = Document | ShadowRoot;

/** Popovers that open and close: no attribute says so, only an event that stays in its root. */
export type PopoverWatch = {
  follow(root: Root): void;
  stop(): void;
};

export function createPopoverWatch(parts: {
  idOf: (node: Node) => number;
  emit: (event: MirrorEvent) => void;
  topLayerChanged: () => void;
}): PopoverWatch {
  const abort = new AbortController();

  const onToggle = (event: Event): void => {
    const { target, currentTarget } = event;
    if (!isNode(target) || !isElement(target) || attributeOf(target, "popover") === null) return;
    const id = parts.idOf(target);
    if (id < 1) return;
    const open = isOpenPopover(target);
    parts.emit(attributeEvent(id, { [POPOVER_ATTRIBUTE]: open ? "open" : null }));
    // The overlay hears of those outside of shadow roots by itself.
    if (open && isNode(currentTarget) && !isDocument(currentTarget)) parts.topLayerChanged();
  };

  return {
    follow: (root) =>
      root.addEventListener("toggle", onToggle, {
        capture: true,
        passive: true,
        signal: abort.signal,
      }),
    stop: () => abort.abort(),
  };
}
