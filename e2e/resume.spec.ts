import type { Page } from "@playwright/test";

import { goLive, NAMES, type Pair, pairByLink } from "./driver/bring-live.ts";
import { allowedHosts, killServiceWorker, killSessionHost } from "./driver/extension-inside.ts";
import {
  expectLive,
  expectMirrored,
  instantOf,
  watchPage,
  writeOnPage,
} from "./driver/live-watch.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage, sourceOf } from "./pages/shared-page.ts";
import type { SidePanel } from "./pages/side-panel.ts";
import { ELSEWHERE, WWW } from "./site/hosts.ts";

const HOME = `https://${WWW}/`;
const STOPPED = `${NAMES.beneficiary} a arrêté l’aide.`;
const OVER = `L’aide de ${NAMES.beneficiary} est terminée.`;
const HOME_TITLE = "Une aide pour votre logement, près de chez vous";

/** [S5] Nothing of us in the page, and no way back into it. */
async function expectNothingLeft(tab: Page, panel: SidePanel, asServed?: string): Promise<void> {
  await expect.poll(() => createSharedPage(tab).isClean()).toBe(true);
  const source = await sourceOf(tab);
  expect(source).not.toMatch(/epaule|rr_|rrweb/i);
  if (asServed !== undefined) expect(source).toBe(asServed);
  await expect.poll(() => allowedHosts(panel.page)).toEqual([]);
}

async function callAgain(pair: Pair): Promise<void> {
  await pair.panel.button("Revenir à l’accueil").click();
  await pair.beneficiary.clickIcon();
  await goLive(pair, { first: false });
}

test("[S4] a session outlives what breaks, and no click is asked for", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(240_000);
  const { tab } = beneficiary;
  await tab.goto(HOME);
  const pair = await pairByLink(beneficiary, helper, world.serverUrl);
  const { panel, desk } = pair;
  await goLive(pair, { first: true });
  await expectLive(desk, tab, "Avant toute panne");

  await test.step("the server is killed, and comes back", async () => {
    await world.server.kill();
    await expect(desk.status()).not.toHaveText("En direct");
    await writeOnPage(tab, "Écrit pendant la panne");
    await world.restartServer();
    await desk.live();
    await expectMirrored(desk, "Écrit pendant la panne");
    await expectLive(desk, tab, "Après la panne");
    await panel.sees(NAMES.helper);
  });

  await test.step("the server is stopped by its operator, and comes back", async () => {
    expect(await world.server.stop()).toBe(0);
    await expect(desk.status()).not.toHaveText("En direct");
    await world.restartServer();
    await expectLive(desk, tab, "Après la mise à jour du service");
  });

  await test.step("the console is reloaded", async () => {
    await desk.page.reload();
    await desk.live();
    await expectMirrored(desk, "Après la mise à jour du service");
    await expectLive(desk, tab, "La console est revenue");
  });

  await test.step("the page is reloaded", async () => {
    await tab.reload();
    await expectMirrored(desk, HOME_TITLE);
    await expectLive(desk, tab, "La page est revenue");
  });

  await test.step("the service worker is killed, and the page goes on to another", async () => {
    await killServiceWorker(beneficiary);
    await expectLive(desk, tab, "Sans gardien");
    await tab.goto(`https://${WWW}/recherche/`);
    await expectMirrored(desk, "Chercher une commune");
    await expectLive(desk, tab, "Le gardien est revenu");
    await panel.sees(NAMES.helper);
  });

  await test.step("the session host is killed", async () => {
    await killSessionHost(beneficiary);
    await expectLive(desk, tab, "L’hôte est revenu");
    await panel.sees(NAMES.helper);
  });

  await test.step("the panel is still in charge", async () => {
    await panel.stop();
    await panel.over();
    await expect(desk.page.getByText(STOPPED)).toBeVisible();
    await expectNothingLeft(tab, panel);
  });
});

test("[M5] pauses: nothing crosses, both are told, and the right one resumes", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(180_000);
  const { tab } = beneficiary;
  const shared = createSharedPage(tab);
  const watch = await watchPage(helper.page);
  await tab.goto(HOME);
  const pair = await pairByLink(beneficiary, helper, world.serverUrl);
  const { panel, desk } = pair;
  await goLive(pair, { first: true });
  await expectLive(desk, tab, "Avant la pause");

  async function expectSilence(during: () => Promise<void>): Promise<void> {
    const before = await watch.types();
    expect(before).toContain("mirror.events");
    await during();
    await watch.nextBeat();
    expect(await watch.types()).toEqual(before);
  }

  await test.step("left-site: by itself, both ways", async () => {
    await tab.goto(`https://${ELSEWHERE}/carte`);
    const elsewhere = await tab.getByRole("heading", { level: 1 }).innerText();
    await expect(desk.status()).toContainText("a quitté le site convenu");
    await panel.seesNothing(NAMES.helper);
    await expect(panel.page.getByRole("main")).toContainText("hors de votre accord");
    await expectSilence(async () => {
      await writeOnPage(tab, "Secret d’un autre site");
      expect(await shared.isClean()).toBe(true);
    });
    await expect(desk.mirror.getByText(elsewhere)).toHaveCount(0);
    await tab.goBack();
    await expectMirrored(desk, HOME_TITLE);
    await expectLive(desk, tab, "De retour sur le site");
    await panel.sees(NAMES.helper);
  });

  await test.step("Pause in the panel, Reprendre in the panel", async () => {
    await panel.pause();
    await panel.seesNothing(NAMES.helper);
    await expect(desk.status()).toContainText("a mis en pause");
    await shared.bannerSays("En pause.");
    await expectSilence(() => writeOnPage(tab, "Écrit pendant la pause"));
    await expect(desk.mirror.getByRole("heading", { level: 1 })).toHaveText(
      "De retour sur le site",
    );
    await writeOnPage(tab, "Écrit avant de reprendre");
    await panel.resume();
    await desk.live();
    await expectMirrored(desk, "Écrit avant de reprendre");
    await expectLive(desk, tab, "Repris");
  });

  await test.step("Pause in the banner, which outlives a navigation", async () => {
    await shared.press("Pause");
    await panel.seesNothing(NAMES.helper);
    await expect(desk.status()).toContainText("a mis en pause");
    await expectSilence(async () => {
      await tab.goto(`https://${WWW}/recherche/`);
      await shared.bannerSays("En pause.");
    });
    await panel.resume();
    await expectMirrored(desk, "Chercher une commune");
    await expectLive(desk, tab, "Repris encore");
    await shared.bannerSays(`${NAMES.helper} voit cette page`);
  });

  await test.step("a pause outlives the session host and the server", async () => {
    await panel.pause();
    await panel.seesNothing(NAMES.helper);
    await killSessionHost(beneficiary);
    await world.server.kill();
    await world.restartServer();
    await expect(desk.status()).toContainText("a mis en pause");
    await panel.seesNothing(NAMES.helper);
    await expect(panel.button("Reprendre")).toBeVisible();
    await panel.resume();
    await expectLive(desk, tab, "Repris après tout cela");
  });
});

test("[S5] [R3] [P6] the end: at once, on both sides, and nothing is left", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(240_000);
  const { tab } = beneficiary;
  const shared = createSharedPage(tab);
  await tab.goto(HOME);
  const asServed = await sourceOf(tab);
  const pair = await pairByLink(beneficiary, helper, world.serverUrl);
  const { panel, desk } = pair;
  await goLive(pair, { first: true });

  await test.step("Arrêter in the panel reaches the console in under a second", async () => {
    await shared.bannerSays(`${NAMES.helper} voit cette page`);
    const told = instantOf(helper.page, STOPPED);
    const pressed = Date.now();
    await panel.stop();
    expect((await told) - pressed).toBeLessThan(1_000);
    await panel.over();
    await expectNothingLeft(tab, panel, asServed);
    await expect(desk.mirrorFrame).toHaveCount(0);
  });

  await test.step("Arrêter in the banner", async () => {
    await callAgain(pair);
    await shared.bannerSays(`${NAMES.helper} voit cette page`);
    const told = instantOf(helper.page, STOPPED);
    await shared.press("Arrêter");
    const pressed = Date.now();
    expect((await told) - pressed).toBeLessThan(1_000);
    await panel.over();
    await expectNothingLeft(tab, panel, asServed);
  });

  await test.step("Arrêter without the server, which learns it when it is back", async () => {
    await callAgain(pair);
    await world.server.kill();
    const pressed = Date.now();
    await panel.stop();
    await panel.over();
    await expectNothingLeft(tab, panel, asServed);
    expect(Date.now() - pressed).toBeLessThan(5_000);
    await world.restartServer();
    await expect(desk.page.getByText(STOPPED).or(desk.page.getByText(OVER))).toBeVisible();
    await expect(desk.mirrorFrame).toHaveCount(0);
  });

  await test.step("the end of the pairing is the end of its session", async () => {
    await callAgain(pair);
    const other = await helper.browser.context.newPage();
    await other.goto(world.serverUrl);
    await other
      .getByRole("button", { name: `Mettre fin au lien avec ${NAMES.beneficiary}` })
      .click();
    const told = instantOf(panel.page, "L’aide est terminée");
    await other
      .getByRole("alertdialog")
      .getByRole("button", { name: "Mettre fin au lien" })
      .click();
    const pressed = Date.now();
    expect((await told) - pressed).toBeLessThan(1_500);
    await expect(desk.mirrorFrame).toHaveCount(0);
    await expectNothingLeft(tab, panel, asServed);
  });
});
