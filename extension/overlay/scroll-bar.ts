const SIDE = 100;

/**
 * How much room a scroll bar of this browser takes, in CSS pixels; 0 where it lies above the page.
 * Measured in our own root: no style sheet of the page has a say in it. `undefined` while nothing
 * of us is drawn.
 */
export function measureScrollBar(root: ShadowRoot): number | undefined {
  const box = document.createElement("div");
  box.className = "scrolling";
  root.append(box);
  const bar = SIDE - box.clientWidth;
  box.remove();
  return bar < SIDE / 2 ? bar : undefined;
}
