import { beneficiaryOptions } from "./driver/beneficiary-options.ts";
import { type Beneficiary, launchBeneficiary } from "./driver/beneficiary.ts";
import { goLive, NAMES, openPanel, pairByLink } from "./driver/bring-live.ts";
import { processOf } from "./driver/browser-process.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { allowedHosts } from "./driver/extension-inside.ts";
import { laterClock } from "./driver/later-clock.ts";
import { expectLive, expectMirrored } from "./driver/live-watch.ts";
import { createTemporaryFolder } from "./driver/temporary-folder.ts";
import type { World } from "./driver/world.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage } from "./pages/shared-page.ts";
import { ensureFaketime, whyNot } from "./setup/browsers.ts";
import { WWW } from "./site/hosts.ts";
import type { Site } from "./site/server.ts";

const noClock = await whyNot(ensureFaketime);

const HOME = `https://${WWW}/`;
const HOME_TITLE = "Une aide pour votre logement, près de chez vous";
const MUST_RESUME = `La connexion a été coupée un moment. ${NAMES.beneficiary} doit reprendre`;
/** [S4] Above it, a break needs a gesture. */
const BREAK_MS = 60_000;
/** [S4] Above it, the session has ended. */
const LONG_BREAK_S = 600;

/** A browser that can be started again with what it keeps. */
async function createComputer(world: World, site: Site) {
  const profile = await createTemporaryFolder("profile");
  return {
    launch: (env?: Record<string, string>) =>
      launchBeneficiary({
        ...beneficiaryOptions(world, site),
        profile: profile.path,
        ...(env ? { env } : {}),
      }),
    remove: () => profile.remove(),
  };
}

test("[S4] a laptop that slept, and a browser that crashed", async ({ helper, site, world }) => {
  test.setTimeout(300_000);
  const computer = await createComputer(world, site);
  let beneficiary: Beneficiary = await computer.launch();
  try {
    await beneficiary.tab.goto(HOME);
    const pair = await pairByLink(beneficiary, helper, world.serverUrl);
    const { desk } = pair;
    let { panel } = pair;
    await goLive(pair, { first: true });
    await expectLive(desk, beneficiary.tab, "Avant la veille");

    await test.step("asleep for more than a minute: a gesture in the panel", async () => {
      const laptop = await processOf(beneficiary.browser);
      const since = Date.now();
      laptop.freeze();
      await expect(desk.status()).toContainText("est coupée", { timeout: 30_000 });
      const slept = () => Date.now() - since;
      await expect.poll(slept, { timeout: 90_000 }).toBeGreaterThan(BREAK_MS + 2_000);
      laptop.thaw();
      await panel.seesNothing(NAMES.helper);
      await expect(panel.page.getByText("Il y a eu une coupure.").first()).toBeVisible();
      await expect(desk.status()).toContainText(MUST_RESUME);
      await createSharedPage(beneficiary.tab).bannerSays("En pause");
      await panel.resume();
      await expectLive(desk, beneficiary.tab, "Après la veille");
      await panel.sees(NAMES.helper);
    });

    await test.step("the browser is killed, and started again: a gesture in the panel", async () => {
      await (await processOf(beneficiary.browser)).kill();
      await expect(desk.status()).toContainText("est coupée", { timeout: 30_000 });
      await beneficiary.close();
      beneficiary = await computer.launch();
      await expect(desk.status()).toContainText(MUST_RESUME, { timeout: 30_000 });
      panel = await openPanel(beneficiary);
      await panel.seesNothing(NAMES.helper);
      await expect(panel.page.getByText("Il y a eu une coupure.").first()).toBeVisible();
      await expect(panel.page.getByText("ouvrez d’abord une des adresses")).toBeVisible();
      await expect(panel.button("Reprendre")).toHaveAttribute("aria-disabled", "true");
      await checkScreen(panel.page, "« Reprendre » without a page");
      await beneficiary.tab.goto(HOME);
      await expect(panel.page.getByText("ouvrez d’abord une des adresses")).toBeHidden();
      expect(await createSharedPage(beneficiary.tab).isClean()).toBe(true);
      await panel.resume();
      await expectMirrored(desk, HOME_TITLE);
      await expectLive(desk, beneficiary.tab, "Après la panne");
      await createSharedPage(beneficiary.tab).bannerSays(`${NAMES.helper} voit cette page`);
      await panel.sees(NAMES.helper);
    });
  } finally {
    await beneficiary.close();
    await computer.remove();
  }
});

test.describe("by a clock that is set forward", () => {
  test.skip(noClock !== undefined, noClock);

  test("[S4] a browser that comes back too late: it is over, and can be asked for", async ({
    helper,
    site,
    world,
  }) => {
    test.setTimeout(180_000);
    const computer = await createComputer(world, site);
    let beneficiary: Beneficiary = await computer.launch();
    try {
      await beneficiary.tab.goto(HOME);
      const pair = await pairByLink(beneficiary, helper, world.serverUrl);
      const { desk } = pair;
      await goLive(pair, { first: true });
      await expectLive(desk, beneficiary.tab, "Avant la panne");

      await (await processOf(beneficiary.browser)).kill();
      await beneficiary.close();
      const later = await laterClock(LONG_BREAK_S + 60);
      await world.server.kill();
      await world.restartServer(later);
      beneficiary = await computer.launch(later);
      await beneficiary.tab.goto(HOME);
      await expect(desk.page.getByText("a été coupée trop longtemps")).toBeVisible();
      await expect(desk.mirrorFrame).toHaveCount(0);
      const panel = await openPanel(beneficiary);
      await panel.over();
      await expect(
        panel.page.getByText("La connexion a été coupée trop longtemps.").first(),
      ).toBeVisible();
      expect(await createSharedPage(beneficiary.tab).isClean()).toBe(true);
      await expect.poll(() => allowedHosts(panel.page)).toEqual([]);
      await panel.button("Demander à nouveau").click();
      await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
    } finally {
      await beneficiary.close();
      await computer.remove();
      await world.server.stop();
      await world.restartServer();
    }
  });
});
