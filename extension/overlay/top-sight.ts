/** What a document in a frame of another origin can't measure: where its own frame stands. */
export type TopSight = {
  /** Whether some of it is in the tab's window, as the browser last said. */
  has(element: Element): boolean;
  stop(): void;
};

/**
 * With no root named, the browser measures against the tab's window, through frames of any origin.
 * `left`: it went out of sight; a frame that is out of sight draws no more.
 */
export function createTopSight(left: () => void): TopSight {
  // The top document, which draws for the frames that it can see into, knows its own window.
  if (window.parent === window) return { has: () => true, stop: () => undefined };
  let watched: Element | undefined;
  let seen = true;
  const observer = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? seen;
    if (!seen) left();
  });
  return {
    has(element) {
      if (element !== watched) {
        observer.disconnect();
        observer.observe(element);
        watched = element;
        seen = true;
      }
      return seen;
    },
    stop: () => observer.disconnect(),
  };
}
