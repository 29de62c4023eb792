import type { Page } from "@playwright/test";

import { askForHelp, NAMES, type Pair, pairByLink } from "../driver/bring-live.ts";
import type { Two } from "../driver/launch-pair.ts";
import type { World } from "../driver/world.ts";
import { PLAYER } from "../pages/console.ts";
import { createSharedPage } from "../pages/shared-page.ts";
import {
  changesOf,
  countTaskTime,
  delays,
  emptyField,
  KEYSTROKES,
  paintedAt,
  type TaskTime,
  typeSlowly,
} from "./observe.ts";

/** What still arrives of a page after it was painted: its pictures. */
const SETTLE_MS = 1_500;

export interface OurStart {
  /** From « J'accepte » through the ring, answered at once, to the first painted mirror. */
  accepted: number;
  /** From « Répondre », so without the ring: handshake, key frame, mirror. */
  answered: number;
  /** Of the session's first page, with the pictures and fonts that it shows. */
  bytes: number;
}

export interface OurSide {
  start(url: string, selector: string): Promise<OurStart>;
  /** A page that the helper has not seen yet; then its key frame again, for a console that comes back. */
  visit(url: string, selector: string): Promise<{ bytes: number; task: TaskTime }>;
  typing(url: string, field: string, effect: string): Promise<number[]>;
  highlights(url: string, selectors: readonly string[]): Promise<number[]>;
}

function countBytes(page: Page): () => number {
  let bytes = 0;
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => (bytes += Buffer.byteLength(payload)));
  });
  return () => {
    const taken = bytes;
    bytes = 0;
    return taken;
  };
}

/** The shipped extension and console, through the same screens as anybody's. */
export function createOurSide({ beneficiary, helper }: Two, world: World): OurSide {
  const { tab } = beneficiary;
  const takeBytes = countBytes(helper.page);
  const shared = createSharedPage(tab);
  let pair: Pair;

  return {
    start: async (url, selector) => {
      await tab.goto(url);
      pair = await pairByLink(beneficiary, helper, world.serverUrl);
      let accepted = 0;
      const panel = {
        ...pair.panel,
        accept: async () => {
          accepted = Date.now();
          await pair.panel.accept();
        },
      };
      const moreHosts = ["www.pages-dsfr.example"];
      const name = NAMES.helper;
      await askForHelp({ beneficiary, panel, name, first: true, waits: true, moreHosts });
      takeBytes();
      const answered = Date.now();
      await pair.desk.answer(NAMES.beneficiary);
      const painted = await paintedAt(pair.desk.mirrorFrame, selector);
      await tab.waitForTimeout(SETTLE_MS);
      return { accepted: painted - accepted, answered: painted - answered, bytes: takeBytes() };
    },
    visit: async (url, selector) => {
      takeBytes();
      await tab.goto(url);
      await pair.desk.mirror.locator(selector).first().waitFor();
      await tab.waitForTimeout(SETTLE_MS);
      const bytes = takeBytes();
      const stop = await countTaskTime(tab);
      await pair.desk.page.reload();
      await pair.desk.mirror.locator(selector).first().waitFor();
      return { bytes, task: await stop() };
    },
    typing: async (url, field, effect) => {
      await tab.goto(url);
      await pair.desk.mirror.locator(effect).waitFor();
      await emptyField(tab, field);
      const changes = changesOf(pair.desk.mirrorFrame, effect, KEYSTROKES);
      return delays(await typeSlowly(tab, field, KEYSTROKES), await changes);
    },
    highlights: async (url, selectors) => {
      await tab.goto(url);
      const player = pair.desk.page.frameLocator(PLAYER).locator("html");
      const times: number[] = [];
      for (const selector of selectors) {
        const element = pair.desk.mirror.locator(selector).first();
        await element.waitFor();
        const clicked = player.evaluate(
          () =>
            new Promise<number>((resolve) => {
              addEventListener("click", () => resolve(Date.now()), { once: true, capture: true });
            }),
        );
        const seen = shared.ringMoves();
        await pair.desk.clickMirror(element);
        times.push((await seen) - (await clicked));
      }
      return times;
    },
  };
}
