import { expect, type Page } from "@playwright/test";

import type { Beneficiary } from "./beneficiary.ts";

async function targetsOf(beneficiary: Beneficiary, page: string): Promise<string[]> {
  const { browser, extensionId } = beneficiary;
  const { targetInfos } = await browser.session.send("Target.getTargets", { filter: [{}] });
  return targetInfos
    .filter(({ url }) => url === `chrome-extension://${extensionId}${page}`)
    .map(({ targetId }) => targetId);
}

async function kill(beneficiary: Beneficiary, page: string): Promise<void> {
  const { session } = beneficiary.browser;
  const before = await targetsOf(beneficiary, page);
  expect(before, `${page} runs`).not.toEqual([]);
  // One of them may go with another: what counts is that all have gone.
  for (const targetId of before)
    await session.send("Target.closeTarget", { targetId }).catch(() => undefined);
  await expect
    .poll(async () => (await targetsOf(beneficiary, page)).filter((one) => before.includes(one)))
    .toEqual([]);
}

/** As the browser does by itself when it wants to. */
export async function killServiceWorker(beneficiary: Beneficiary): Promise<void> {
  await kill(beneficiary, "/background.js");
}

/** The document that holds the session, as if the browser had run out of memory. */
export async function killSessionHost(beneficiary: Beneficiary): Promise<void> {
  await kill(beneficiary, "/offscreen.html");
}

/** As the cross at its top does. */
export async function closePanel(beneficiary: Beneficiary, panel: Page): Promise<void> {
  // Later: the answer would be lost with the page.
  await panel.evaluate("void setTimeout(() => window.close())");
  await expect.poll(() => targetsOf(beneficiary, "/sidepanel.html")).toEqual([]);
}

/** What the extension may reach now, by the browser's own word. */
export async function allowedHosts(panel: Page): Promise<string[]> {
  return await panel.evaluate<string[]>(
    "chrome.permissions.getAll().then(({ origins = [] }) => origins)",
  );
}
