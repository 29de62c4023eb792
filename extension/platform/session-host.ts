import { browser } from "./browser.ts";

/**
 * Where the session host lives: the one place that outlives navigations and the service worker.
 *
 * | offscreen document | event page |
 * | ------------------ | ---------- |
 * | ✅ Chrome, Edge    | ❌ a service worker dies at 30 s, with its sockets |
 * | ❌ Firefox: no API | ✅ Firefox, while a Port talks |
 */
export const HOST_IN_BACKGROUND: boolean = import.meta.env.FIREFOX;

/** For words that tell a person where to click in it. */
export const BROWSER: "chrome" | "firefox" = import.meta.env.FIREFOX ? "firefox" : "chrome";

let opening: Promise<void> | undefined;

export async function isHostOpen(): Promise<boolean> {
  if (HOST_IN_BACKGROUND) return true;
  const open = await browser.runtime.getContexts({ contextTypes: ["OFFSCREEN_DOCUMENT"] });
  return open.length > 0;
}

/** Called from the background only. Resolves when the host's listeners are registered. */
export async function openHost(): Promise<void> {
  if (HOST_IN_BACKGROUND) return;
  opening ??= createHostDocument().finally(() => {
    opening = undefined;
  });
  await opening;
}

export async function closeHost(): Promise<void> {
  if (HOST_IN_BACKGROUND || !(await isHostOpen())) return;
  await browser.offscreen.closeDocument();
}

async function createHostDocument(): Promise<void> {
  if (await isHostOpen()) return;
  await browser.offscreen.createDocument({
    url: "offscreen.html",
    reasons: ["USER_MEDIA", "WEB_RTC"],
    justification:
      "Holds the sealed connection of a help session while pages and workers come and go.",
  });
}
