import type { Chime } from "./chime.ts";

const BLINK_MS = 1_000;

/** The words of one ring, in the language of the page. */
export type RingWords = {
  title: string;
  notification: string;
  notificationText: string;
  session: string;
};

export interface RingAlert {
  /** Title, sound and notification, in a tab behind too. `undefined`: quiet again. */
  show(words: RingWords | undefined): void;
}

/** The parts of a page that can be heard and seen from another tab. */
export interface Page {
  getTitle(): string;
  setTitle(title: string): void;
  isHidden(): boolean;
  /** Returns what takes it away; `undefined` where it is not allowed. */
  notify(words: RingWords): (() => void) | undefined;
  setInterval(run: () => void, ms: number): () => void;
}

export function createRingAlert(page: Page, chime: Chime): RingAlert {
  let stop: (() => void) | undefined;
  let shown: string | undefined;

  function start(words: RingWords): () => void {
    const calm = page.getTitle();
    let blink = true;
    page.setTitle(words.title);
    const stopBlinking = page.setInterval(() => {
      blink = !blink;
      page.setTitle(blink ? words.title : calm);
    }, BLINK_MS);
    chime.start();
    const hideNotification = page.isHidden() ? page.notify(words) : undefined;
    return () => {
      stopBlinking();
      page.setTitle(calm);
      chime.stop();
      hideNotification?.();
    };
  }

  return {
    show(words) {
      if (words?.session === shown) return;
      stop?.();
      stop = words && start(words);
      shown = words?.session;
    },
  };
}
