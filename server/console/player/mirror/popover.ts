/**
 * Puts an element of the mirror above all else in its document, as the page has it, or takes it
 * back. Nothing runs: the mirror has no scripts.
 */
export function openPopover(element: Element, open: boolean): void {
  try {
    if (element.matches(":popover-open") === open) return;
    // Its window's classes are not ours, and a form may hide its own methods.
    if (open) HTMLElement.prototype.showPopover.call(element);
    else HTMLElement.prototype.hidePopover.call(element);
  } catch {
    // a popover that the page's next change takes away, or a browser without popovers
  }
}
