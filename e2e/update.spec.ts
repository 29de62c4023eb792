import type { Page } from "@playwright/test";

import { beneficiaryOptions } from "./driver/beneficiary-options.ts";
import { launchBeneficiary } from "./driver/beneficiary.ts";
import { acceptInvitation, askForHelp, NAMES, openPanel } from "./driver/bring-live.ts";
import { closePanel } from "./driver/extension-inside.ts";
import { extensionVersion } from "./driver/extension-manager.ts";
import { canHavePolicies, openExtensionStore } from "./driver/extension-store.ts";
import { writeOnPage } from "./driver/live-watch.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage } from "./pages/shared-page.ts";
import { WWW } from "./site/hosts.ts";

const HOME = `https://${WWW}/`;
const [FIRST, SECOND] = ["1.0.1", "1.0.2"];
/** The host rests when nobody needed it for 30 s. */
const APPLIED_MS = 50_000;

async function runningVersion(panel: Page): Promise<string> {
  return await panel.evaluate<string>("chrome.runtime.getManifest().version");
}

/** The browser's own check. Resolves when it holds the new version and has told the extension. */
async function findUpdate(panel: Page): Promise<string> {
  return await panel.evaluate<string>(`(async () => {
    const told = new Promise((resolve) => {
      chrome.runtime.onUpdateAvailable.addListener(({ version }) => resolve(version));
    });
    const { status } = await chrome.runtime.requestUpdateCheck();
    return status === "update_available" ? await told : status;
  })()`);
}

test("an update that comes during a session waits until it is over and nobody needs the panel", async ({
  site,
  world,
}) => {
  test.setTimeout(120_000);
  // In CI too: no set-up can give a process the right to a mount namespace.
  test.skip(!(await canHavePolicies()), "this machine lets no browser have policies of its own");
  const store = await openExtensionStore(world);
  await store.publish(FIRST);
  const { extension: _, ...options } = beneficiaryOptions(world, site);
  const beneficiary = await launchBeneficiary({
    ...options,
    executablePath: store.browser,
    updates: true,
  });
  const helper = await createNodeHelper(world);
  const heard = () => JSON.stringify(helper.messages);
  try {
    const { tab } = beneficiary;
    const shared = createSharedPage(tab);
    await tab.goto(HOME);
    const panel = await openPanel(beneficiary);
    await acceptInvitation(panel, await helper.invite(), NAMES.helperOwn, NAMES.helper);
    await askForHelp({ beneficiary, panel, name: NAMES.helper, first: true });
    await helper.answer(await helper.ring());
    await panel.sees(NAMES.helper);

    await test.step("found during a session: the session, the page and the panel go on", async () => {
      await store.publish(SECOND);
      expect(await findUpdate(panel.page)).toBe(SECOND);
      for (const words of ["Pendant la mise à jour", "Et toujours"]) {
        await writeOnPage(tab, words);
        await expect.poll(heard).toContain(words);
      }
      await panel.sees(NAMES.helper);
      await shared.bannerSays(`${NAMES.helper} voit cette page`);
      expect(await runningVersion(panel.page)).toBe(FIRST);
    });

    await test.step("over: the panel that is being read stays", async () => {
      await panel.stop();
      await panel.over();
      await expect.poll(() => shared.isClean()).toBe(true);
      await expect.poll(() => helper.messages.at(-1)?.type).toBe("session.ended");
      expect(await runningVersion(panel.page)).toBe(FIRST);
    });

    await test.step("the panel is closed: the update is in place", async () => {
      await closePanel(beneficiary, panel.page);
      await expect
        .poll(() => extensionVersion(beneficiary), { timeout: APPLIED_MS, intervals: [2_000] })
        .toBe(SECOND);
    });
  } finally {
    helper.close();
    await beneficiary.close();
    await store.close();
  }
});
