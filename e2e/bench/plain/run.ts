import { readFile } from "node:fs/promises";
import path from "node:path";

import type { Page } from "@playwright/test";

import { ROOT } from "../../setup/run-command.ts";
import {
  changesOf,
  countTaskTime,
  delays,
  emptyField,
  KEYSTROKES,
  paintedAt,
  type TaskTime,
  typeSlowly,
} from "../observe.ts";
import { type PlainServer, startPlainServer } from "./server.ts";

interface PlainSide {
  viewerUrl: string;
  firstPaint(url: string, selector: string): Promise<{ ms: number; bytes: number; task: TaskTime }>;
  typing(url: string, field: string, effect: string): Promise<number[]>;
  highlights(url: string, selectors: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}

async function prepare(page: Page, viewer: Page, server: PlainServer, url: string): Promise<void> {
  const rrweb = path.join(ROOT, "node_modules/rrweb/dist/rrweb.umd.min.cjs");
  await page.goto(url);
  await viewer.goto(`http://localhost:${server.port}/`);
  await page.evaluate(await readFile(rrweb, "utf8"));
  await page.evaluate(await readFile(path.join(import.meta.dirname, "recorder.js"), "utf8"));
  server.takeBytes();
}

/** Plain rrweb with default options: the page records itself, the viewer replays in live mode. */
export async function createPlainSide(page: Page, viewer: Page): Promise<PlainSide> {
  const server = await startPlainServer();
  const mirror = viewer.locator("iframe");
  return {
    viewerUrl: `http://localhost:${server.port}/`,
    firstPaint: async (url, selector) => {
      await prepare(page, viewer, server, url);
      const stopCount = await countTaskTime(page);
      const start = Date.now();
      await page.evaluate(`startPlain(${server.port})`);
      const painted = await paintedAt(mirror, selector);
      return { ms: painted - start, bytes: server.takeBytes(), task: await stopCount() };
    },
    typing: async (url, field, effect) => {
      await prepare(page, viewer, server, url);
      await page.evaluate(`startPlain(${server.port})`);
      await paintedAt(mirror, effect);
      await emptyField(page, field);
      const changes = changesOf(mirror, effect, KEYSTROKES);
      return delays(await typeSlowly(page, field, KEYSTROKES), await changes);
    },
    highlights: async (url, selectors) => {
      await prepare(page, viewer, server, url);
      await page.evaluate(`startPlain(${server.port})`);
      await paintedAt(mirror, selectors[0] ?? "body");
      const times: number[] = [];
      for (const selector of selectors) {
        const seen = page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const old = document.querySelector<HTMLElement>("#plain-highlight")?.dataset["node"];
              const look = () => {
                const box = document.querySelector<HTMLElement>("#plain-highlight");
                if (box && box.dataset["node"] !== old) resolve(Date.now());
                else requestAnimationFrame(look);
              };
              look();
            }),
        );
        const clicked = await viewer.evaluate<number>(`plainClick(${JSON.stringify(selector)})`);
        times.push((await seen) - clicked);
      }
      return times;
    },
    close: () => server.close(),
  };
}
