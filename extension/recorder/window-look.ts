/** What the browser, not the page, puts into how a page looks: the mirror would have the helper's. */
export type WindowLook = {
  /** The colour scheme that the person prefers. */
  dark: boolean;
  /** How much room a scroll bar takes, in CSS pixels, where it is known. */
  bar: number | undefined;
};

const DARK = "(prefers-color-scheme: dark)";

export function prefersDark(): boolean {
  return matchMedia(DARK).matches;
}

/** Returns how to stop. */
export function onSchemeChange(act: () => void): () => void {
  const list = matchMedia(DARK);
  list.addEventListener("change", act);
  return () => list.removeEventListener("change", act);
}
