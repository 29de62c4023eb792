/** [M3] A box may stand beside a field that grows with what is written in it. */
const EVERY_MS = 1_000;
/** A page with more of them than this shows those that follow as large as they came. */
const MAX_BOXES = 200;

/** Follows how large the page draws what the mirror shows as a box: style sheets and films come late. */
export type BoxSizes = { follow(element: Element): void; stop(): void };

export function watchBoxSizes(changed: (element: Element) => void): BoxSizes {
  const followed = new Set<Element>();
  const waiting = new Set<Element>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const leave = (element: Element): void => {
    followed.delete(element);
    observer.unobserve(element);
  };

  const flush = (): void => {
    timer = undefined;
    for (const element of waiting) changed(element);
    waiting.clear();
  };

  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.isConnected) waiting.add(target);
      else leave(target);
    }
    if (waiting.size > 0) timer ??= setTimeout(flush, EVERY_MS);
  });

  return {
    follow(element) {
      if (followed.has(element) || followed.size >= MAX_BOXES) return;
      followed.add(element);
      observer.observe(element);
    },
    stop() {
      clearTimeout(timer);
      waiting.clear();
      observer.disconnect();
    },
  };
}
