import type { CDPSession, Page } from "@playwright/test";

import { type BrowserOptions, launchBrowser, type RunningBrowser } from "./browser.ts";

export interface Beneficiary {
  browser: RunningBrowser;
  extensionId: string;
  /** The tab with the public service in it. */
  tab: Page;
  /** The toolbar icon: opens the panel, and lets it know the page in front. */
  clickIcon(): Promise<void>;
  /** Clicks the icon; the real side panel opens. */
  openPanel(): Promise<Page>;
  /** The browser will say yes when the extension asks for these hosts, as a person would. */
  allowHosts(hosts: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const PANEL = "/sidepanel.html";
/** A browser that has just started may drop the first click; a person would click again. */
const CLICKS = 3;

async function extensionIdOf(browser: RunningBrowser): Promise<string> {
  const { context } = browser;
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  return new URL(worker.url()).hostname;
}

/** For the commands that Playwright's types do not know yet; the browser refuses a wrong one. */
async function sendUntyped(session: CDPSession, method: string, body: object): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const send = session.send.bind(session) as (name: string, body: object) => Promise<unknown>;
  await send(method, body);
}

async function clickAction(browser: RunningBrowser, id: string, tab: Page): Promise<void> {
  const { targetInfos } = await browser.session.send("Target.getTargets", { filter: [{}] });
  const target = targetInfos.find((info) => info.type === "tab" && info.url === tab.url());
  if (!target) throw new Error(`no tab shows ${tab.url()}`);
  await tab.bringToFront();
  await sendUntyped(browser.session, "Extensions.triggerAction", {
    id,
    targetId: target.targetId,
  });
}

/** A browser with the shipped extension, loaded as the README says. */
export async function launchBeneficiary(options: BrowserOptions): Promise<Beneficiary> {
  const browser = await launchBrowser(options);
  const extensionId = await extensionIdOf(browser);
  const tab = browser.context.pages()[0] ?? (await browser.context.newPage());
  return {
    browser,
    extensionId,
    tab,
    clickIcon: () => clickAction(browser, extensionId, tab),
    openPanel: async () => {
      for (let click = 1; ; click += 1) {
        await clickAction(browser, extensionId, tab);
        try {
          return await browser.findPage((url) => url.includes(PANEL));
        } catch (error) {
          if (click === CLICKS) throw error;
        }
      }
    },
    allowHosts: async (hosts) => {
      const page = await browser.context.newPage();
      await page.goto("chrome://extensions/");
      for (const host of hosts) {
        const parameters = [extensionId, `https://${host}/*`].map((text) => JSON.stringify(text));
        await page.evaluate(`chrome.developerPrivate.addHostPermission(${parameters.join(",")})`);
      }
      await page.close();
    },
    close: () => browser.close(),
  };
}
