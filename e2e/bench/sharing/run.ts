import { readFile } from "node:fs/promises";
import path from "node:path";

import type { Page } from "@playwright/test";

import { emptyField, KEYSTROKES, TYPING_GAP_MS } from "../observe.ts";

/** Both browsers need these: no prompt, and addresses that the other process can reach. */
export const SHARING_FLAGS = [
  "--auto-accept-this-tab-capture",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
  "--allow-loopback-in-peer-connection",
];

interface SharingSide {
  firstPaint(url: string): Promise<{ ms: number; bytes: number }>;
  typing(url: string, field: string, effect: string): Promise<number[]>;
}

async function script(name: string): Promise<string> {
  return await readFile(path.join(import.meta.dirname, name), "utf8");
}

async function share(page: Page, viewer: Page, viewerUrl: string, url: string): Promise<number> {
  await page.goto(url);
  await viewer.goto(viewerUrl);
  await page.evaluate(await script("sender.js"));
  await viewer.evaluate(await script("receiver.js"));
  const start = Date.now();
  const offer = await page.evaluate<string>("offerTab()");
  const answer = await viewer.evaluate<string>(`answerTab(${JSON.stringify(offer)})`);
  await page.evaluate(`acceptAnswer(${JSON.stringify(answer)})`);
  return (await viewer.evaluate<number>("firstPicture")) - start;
}

async function areaOf(page: Page, selector: string): Promise<string> {
  const box = await page.locator(selector).boundingBox();
  const size = page.viewportSize();
  if (!box || !size) throw new Error(`${selector} is not on the page`);
  return JSON.stringify({
    x: box.x / size.width,
    y: box.y / size.height,
    width: Math.min(box.width, 300) / size.width,
    height: box.height / size.height,
  });
}

/** What a video call does: the tab as VP8 over WebRTC. The words typed are readable in it. */
export function createSharingSide(page: Page, viewer: Page, viewerUrl: string): SharingSide {
  return {
    firstPaint: async (url) => {
      const ms = await share(page, viewer, viewerUrl, url);
      const bytes = await viewer.evaluate<number>("receivedBytes()");
      await page.evaluate("stopSharing()");
      return { ms, bytes };
    },
    typing: async (url, field, effect) => {
      await share(page, viewer, viewerUrl, url);
      await emptyField(page, field);
      const area = await areaOf(page, effect);
      const times: number[] = [];
      for (let index = 0; index < KEYSTROKES; index += 1) {
        const seen = viewer.evaluate<number>(`pictureChange(${area})`);
        const pressed = page.evaluate<number>(
          () =>
            new Promise((resolve) => {
              addEventListener("keydown", () => resolve(Date.now()), { once: true, capture: true });
            }),
        );
        await page.locator(field).press("aeiou"[index % 5] ?? "a");
        times.push((await seen) - (await pressed));
        await page.waitForTimeout(TYPING_GAP_MS);
      }
      await page.evaluate("stopSharing()");
      return times;
    },
  };
}
