import type { Page } from "@playwright/test";

import type { RunningBrowser } from "../driver/browser.ts";
import { targetIdOf } from "../driver/target-id.ts";
import type { DemoOptions } from "./options.ts";

interface Window {
  browser: RunningBrowser;
  page: Page;
}

/** Throws the sentence for somebody who cannot see a window here. */
export function requireScreen({ headless }: DemoOptions): void {
  const has = process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"];
  if (!headless && process.platform === "linux" && !has) {
    throw new Error("there is no screen here (DISPLAY is not set): add --headless");
  }
}

async function windowOf({ browser, page }: Window) {
  const targetId = await targetIdOf(page);
  return await browser.session.send("Browser.getWindowForTarget", { targetId });
}

/** The second window begins where the first ends, or as far to the right as the screen allows. */
export async function placeSideBySide(
  one: Window,
  other: Window,
  screenWidth: number,
): Promise<void> {
  const [first, second] = [await windowOf(one), await windowOf(other)];
  const room = Math.max(0, screenWidth - (second.bounds.width ?? 0));
  const left = Math.min(first.bounds.width ?? 0, room);
  for (const [{ browser }, { windowId }, bounds] of [
    [one, first, { left: 0, top: 0 }],
    [other, second, { left, top: 0 }],
  ] as const) {
    await browser.session.send("Browser.setWindowBounds", { windowId, bounds });
  }
}
