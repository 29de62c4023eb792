import type { Notice, PlayerWords } from "./words.ts";

/** How the mirror differs from the page, in the console's language of now. */
export function createNotice(
  element: Pick<HTMLElement, "textContent" | "hidden">,
  words: () => PlayerWords,
) {
  let shown: Notice | undefined;

  function write(): void {
    element.hidden = shown === undefined;
    if (shown) element.textContent = words().notices[shown];
  }

  return {
    show(kind: Notice): void {
      shown = kind;
      write();
    },
    hide(): void {
      shown = undefined;
      write();
    },
    /** The language has changed. */
    write,
  };
}
