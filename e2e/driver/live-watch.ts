import { expect, type Page } from "@playwright/test";

import type { HelperConsole } from "../pages/console.ts";
import { watchOpened } from "./opened-messages.ts";

/** The page in front says something that it did not say before. */
export async function writeOnPage(tab: Page, words: string): Promise<void> {
  await tab.getByRole("heading", { level: 1 }).evaluate((heading, text) => {
    heading.textContent = text;
  }, words);
}

export async function expectMirrored(desk: HelperConsole, words: string): Promise<void> {
  await expect(desk.mirror.getByRole("heading", { level: 1 })).toHaveText(words);
}

/** A change that is made now arrives: the mirror is not a picture that stayed. */
export async function expectLive(desk: HelperConsole, tab: Page, words: string): Promise<void> {
  await desk.live();
  await writeOnPage(tab, words);
  await expectMirrored(desk, words);
}

/** What says nothing of the page: that something arrived, and how the voice is. */
const BESIDE_THE_PAGE: ReadonlySet<string> = new Set(["link.ack", "voice.status"]);

export interface PageWatch {
  /** Of all that has come so far, the types of what says something of the page. */
  types(): Promise<string[]>;
  /** Resolves at the server's next heartbeat: what was sent before it has arrived. */
  nextBeat(): Promise<void>;
}

/** Call it before the console is opened. */
export async function watchPage(page: Page): Promise<PageWatch> {
  const opened = await watchOpened(page);
  let beats = 0;
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (typeof payload === "string" && payload.includes('"beat"')) beats += 1;
    });
  });
  return {
    types: async () => {
      await opened.upToDate();
      return opened.messages.map(({ type }) => type).filter((type) => !BESIDE_THE_PAGE.has(type));
    },
    nextBeat: async () => {
      const before = beats;
      await expect.poll(() => beats).toBeGreaterThan(before);
    },
  };
}

/** When the page shows these words, to the frame. */
export async function instantOf(page: Page, words: string): Promise<number> {
  return await page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.body.textContent.includes(text)) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    words,
  );
}
