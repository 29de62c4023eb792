import { setTimeout as delay } from "node:timers/promises";

import type { Page } from "@playwright/test";

/** As an ordinary keyboard repeats a key that is held. */
const REPEAT_MS = 33;

/** A finger on a key: the page is told again and again that it is down, wherever its focus goes. */
export async function holdKey(page: Page, key: string): Promise<{ release(): Promise<void> }> {
  const finger = { isDown: true };
  await page.keyboard.down(key);
  const repeating = (async () => {
    while (finger.isDown) {
      await delay(REPEAT_MS);
      if (finger.isDown) await page.keyboard.down(key);
    }
  })();
  return {
    release: async () => {
      finger.isDown = false;
      await repeating;
      await page.keyboard.up(key);
    },
  };
}
