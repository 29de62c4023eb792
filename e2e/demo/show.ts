import { expect } from "@playwright/test";

import { hostOf } from "../../shared/sites.ts";
import { type Beneficiary, launchBeneficiary } from "../driver/beneficiary.ts";
import { goLive, pairByLink } from "../driver/bring-live.ts";
import type { Viewport } from "../driver/browser.ts";
import { launchHelper } from "../driver/helper.ts";
import { targetIdOf } from "../driver/target-id.ts";
import type { World } from "../driver/world.ts";
import { type HelperConsole, MIRROR, PLAYER } from "../pages/console.ts";
import { CONNEXION, MESSAGERIE, SITE_HOSTS, WWW } from "../site/hosts.ts";
import { startSite } from "../site/server.ts";
import type { Cleanup } from "./cleanup.ts";
import type { DemoOptions } from "./options.ts";
import type { Ready } from "./output.ts";
import { allowVoices, lookForVoice, makeVoices } from "./voice.ts";
import { placeSideBySide } from "./windows.ts";

/** The console around a mirror that is shown at its own size. */
const DESK = { width: 160, height: 280 };

async function whereToGo(
  options: DemoOptions,
  cleanup: Cleanup,
): Promise<{ url: string; hosts: Map<string, number>; moreHosts: readonly string[] }> {
  if (options.url !== undefined) {
    return { url: options.url, hosts: new Map(options.map), moreHosts: options.consentHosts };
  }
  const site = await startSite();
  cleanup.add(() => site.close());
  const own = SITE_HOSTS.map((host): [string, number] => [host.name, site.port]);
  const moreHosts = [CONNEXION, MESSAGERIE, ...options.consentHosts];
  return { url: `https://${WWW}/`, hosts: new Map([...own, ...options.map]), moreHosts };
}

/** Throws what a person can do something about, where the browser's own words would not say it. */
async function openPage(beneficiary: Beneficiary, url: string): Promise<void> {
  // The caller's clock stops a page that never answers.
  await beneficiary.tab.goto(url, { waitUntil: "domcontentloaded", timeout: 0 });
  const there = beneficiary.tab.url();
  if (hostOf(there) === undefined) {
    throw new Error(`${url} leads to ${there}, which is no https page on the usual port`);
  }
}

async function atScaleOne(desk: HelperConsole, viewport: Viewport): Promise<void> {
  const width = async () => (await desk.mirrorFrame.boundingBox())?.width;
  if ((await width()) !== viewport.width) await desk.actualSize();
  await expect.poll(width).toBe(viewport.width);
}

/** Two browsers, brought to a live session through the same screens as anybody's. */
export async function show(
  world: World,
  options: DemoOptions,
  cleanup: Cleanup,
  onOver: (reason: string) => void,
): Promise<Ready> {
  const { viewport, headless } = options;
  const { url, hosts, moreHosts } = await whereToGo(options, cleanup);
  const executablePath = world.chromium;
  const voices = await makeVoices(cleanup);
  const [beneficiary, helper] = await Promise.all([
    launchBeneficiary({
      executablePath,
      headless,
      viewport,
      extension: world.extension,
      hosts,
      // Our own pages ask nothing of the network.
      closed: options.url === undefined,
      flags: voices.beneficiary,
    }),
    launchHelper({
      executablePath,
      headless,
      viewport: { width: viewport.width + DESK.width, height: viewport.height + DESK.height },
      flags: voices.helper,
    }),
  ]);
  cleanup.add(() => beneficiary.close());
  cleanup.add(() => helper.close());
  helper.page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      const [, reason] = /"type":"session\.over".*"reason":"([a-z-]+)"/.exec(String(payload)) ?? [];
      if (reason !== undefined) onOver(reason);
    });
  });

  await allowVoices(world, { beneficiary, helper });
  await openPage(beneficiary, url);
  const host = new URL(beneficiary.tab.url()).hostname;
  const pair = await pairByLink(beneficiary, helper, world.serverUrl);
  if (!headless) {
    // The panel is the one page whose screen is not said to be as small as its viewport.
    const width = await pair.panel.page.evaluate(() => screen.availWidth);
    const own = { browser: beneficiary.browser, page: beneficiary.tab };
    await placeSideBySide(own, helper, width);
  }
  await goLive(pair, {
    first: true,
    waits: true,
    moreHosts: [...new Set(moreHosts)].filter((more) => more !== host),
  });
  await atScaleOne(pair.desk, viewport);
  return {
    ready: true,
    beneficiary: {
      cdp: beneficiary.browser.cdpUrl,
      targetId: await targetIdOf(beneficiary.tab),
      pageUrl: beneficiary.tab.url(),
      extensionId: beneficiary.extensionId,
    },
    helper: {
      cdp: helper.browser.cdpUrl,
      targetId: await targetIdOf(helper.page),
      consoleUrl: helper.page.url(),
      mirrorPath: [PLAYER, MIRROR],
    },
    server: { url: world.serverUrl },
    voice: await lookForVoice(world, { beneficiary, helper }),
  };
}
