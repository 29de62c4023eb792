import type { Page } from "@playwright/test";

import type { Beneficiary } from "./driver/beneficiary.ts";
import { goLive, NAMES, openPanel, pairByLink } from "./driver/bring-live.ts";
import { reloadExtension, setExtensionEnabled } from "./driver/extension-manager.ts";
import { expectLive, expectMirrored } from "./driver/live-watch.ts";
import { countListeners, countTimers } from "./driver/timer-watch.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage, sourceOf } from "./pages/shared-page.ts";
import { WWW } from "./site/hosts.ts";

const HOME = `https://${WWW}/`;
const HOME_TITLE = "Une aide pour votre logement, près de chez vous";
const CLEAN_MS = 2_000;
/** Longer than any pulse of the recorder's. */
const WATCH_MS = 2_500;

/** The page's own timer, which shows that the others would have been seen. */
async function waitInPage(tab: Page): Promise<void> {
  await tab.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), WATCH_MS);
}

/** When the page is as its server sent it, by its own clock. */
async function instantOfSource(tab: Page, source: string): Promise<number> {
  return await tab.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.documentElement.outerHTML === wanted) resolve(Date.now());
          else setTimeout(look, 10);
        };
        look();
      }),
    source,
  );
}

/** `orphan` resolves with the instant at which it did it. */
async function expectOrphanLeaves(
  beneficiary: Beneficiary,
  asServed: string,
  orphan: () => Promise<number>,
): Promise<void> {
  const { browser, tab } = beneficiary;
  expect(await sourceOf(tab)).not.toBe(asServed);
  expect(await countListeners(tab)).toBeGreaterThan(0);
  expect(await countTimers(browser, tab, () => waitInPage(tab))).toBeGreaterThan(1);

  const clean = instantOfSource(tab, asServed);
  const since = await orphan();
  expect((await clean) - since).toBeLessThan(CLEAN_MS);
  expect(await createSharedPage(tab).isClean()).toBe(true);
  expect(await countListeners(tab)).toBe(0);
  expect(await countTimers(browser, tab, () => waitInPage(tab))).toBe(1);
  expect(await sourceOf(tab)).toBe(asServed);
}

test("an orphaned recorder stops by itself within two seconds, and leaves the page as it was", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(180_000);
  const { tab } = beneficiary;
  await tab.goto(HOME);
  const asServed = await sourceOf(tab);
  const pair = await pairByLink(beneficiary, helper, world.serverUrl);
  const { desk } = pair;
  let { panel } = pair;
  await goLive(pair, { first: true });
  await expectMirrored(desk, HOME_TITLE);

  await test.step("the extension is reloaded: the session waits for a gesture", async () => {
    await expectOrphanLeaves(beneficiary, asServed, () => reloadExtension(beneficiary));
    await expect(desk.status()).toContainText("doit reprendre dans le panneau d’Epaule");
    panel = await openPanel(beneficiary);
    await panel.seesNothing(NAMES.helper);
    await panel.resume();
    await expectLive(desk, tab, "L’extension est revenue");
    await panel.sees(NAMES.helper);
  });

  await test.step("the extension is switched off: the console is told", async () => {
    await tab.reload();
    await expectMirrored(desk, HOME_TITLE);
    await expectOrphanLeaves(beneficiary, asServed, () => setExtensionEnabled(beneficiary, false));
    await expect(desk.status()).toContainText("est coupée");
  });

  await test.step("it is switched on again: nothing is shown before a gesture", async () => {
    await setExtensionEnabled(beneficiary, true);
    panel = await openPanel(beneficiary);
    await panel.seesNothing(NAMES.helper);
    await expect(desk.status()).toContainText("doit reprendre dans le panneau d’Epaule");
    expect(await sourceOf(tab)).toBe(asServed);
    await panel.stop();
    await panel.over();
    await expect(desk.page.getByText(`${NAMES.beneficiary} a arrêté l’aide.`)).toBeVisible();
  });
});
