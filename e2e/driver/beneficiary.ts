import { setTimeout as delay } from "node:timers/promises";

import type { CDPSession, Page } from "@playwright/test";

import { type BrowserOptions, launchBrowser, type RunningBrowser } from "./browser.ts";
import { type ExtensionsPage, openExtensionsPage } from "./extensions-page.ts";

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
  /** The browser's page of extensions, now in front of the tab. */
  manage(): Promise<ExtensionsPage>;
  close(): Promise<void>;
}

const PANEL = "/sidepanel.html";

const LISTENS =
  "chrome.action.onClicked.hasListeners() && registration.active?.state === 'activated'";
const LISTENS_MS = 10_000;

/**
 * An extension that is loaded by a flag is installed anew at each start, and the browser drops a
 * click that comes before its worker has said, for the first time, what it listens to. Nobody is so
 * fast but a test.
 */
async function extensionIdOf(browser: RunningBrowser): Promise<string> {
  const { context } = browser;
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const deadline = Date.now() + LISTENS_MS;
  while (!(await worker.evaluate<boolean>(LISTENS))) {
    if (Date.now() > deadline) throw new Error("the extension's worker does not listen");
    await delay(20);
  }
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
      await clickAction(browser, extensionId, tab);
      return await browser.findPage((url) => url.includes(PANEL));
    },
    manage: () => openExtensionsPage(browser.context, extensionId),
    allowHosts: async (hosts) => {
      const page = await openExtensionsPage(browser.context, extensionId);
      await page.allow(hosts);
      await page.close();
    },
    close: () => browser.close(),
  };
}
