import type { Page } from "@playwright/test";

import type { Beneficiary } from "./beneficiary.ts";

async function inManager(beneficiary: Beneficiary, call: string): Promise<unknown> {
  const page: Page = await beneficiary.browser.context.newPage();
  await page.goto("chrome://extensions/");
  const answer: unknown = await page.evaluate(call);
  await page.close();
  return answer;
}

/** The reload button of the browser's own page of extensions. Resolves with the instant of the click. */
export async function reloadExtension(beneficiary: Beneficiary): Promise<number> {
  const id = JSON.stringify(beneficiary.extensionId);
  // As the README says: without it, the browser would switch an unpacked extension off.
  const call = `(async () => {
    await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    const since = Date.now();
    await chrome.developerPrivate.reload(${id});
    return since;
  })()`;
  return Number(await inManager(beneficiary, call));
}

/** The switch of the browser's own page of extensions. Resolves with the instant of the click. */
export async function setExtensionEnabled(
  beneficiary: Beneficiary,
  isOn: boolean,
): Promise<number> {
  const id = JSON.stringify(beneficiary.extensionId);
  const call = `(async () => {
    const since = Date.now();
    await chrome.management.setEnabled(${id}, ${isOn});
    return since;
  })()`;
  return Number(await inManager(beneficiary, call));
}

/** By the browser's own word; its page of extensions is in front meanwhile. */
export async function extensionVersion(beneficiary: Beneficiary): Promise<string> {
  const id = JSON.stringify(beneficiary.extensionId);
  const call = `chrome.developerPrivate.getExtensionInfo(${id}).then(({ version }) => version)`;
  return String(await inManager(beneficiary, call));
}
