import type { Page } from "@playwright/test";

import { expectAccessible } from "./driver/accessibility.ts";
import {
  acceptInvitation,
  askForHelp,
  goLive,
  NAMES,
  openPanel,
  pairByLink,
} from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { allowedHosts, killSessionHost } from "./driver/extension-inside.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage } from "./pages/shared-page.ts";
import { CONNEXION, ELSEWHERE, WWW } from "./site/hosts.ts";

const HOME = `https://${WWW}/`;

/** What the browser tells the extension of the page in front. */
async function addressTold(panel: Page): Promise<string | undefined> {
  return await panel.evaluate<string | undefined>(
    "chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => tab?.url)",
  );
}

test("[S7] after the end one click asks again, without the icon; a page that moved on is found out", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(180_000);
  const { tab } = beneficiary;
  const shared = createSharedPage(tab);
  const manager = await beneficiary.manage();
  await tab.goto(HOME);
  const pair = await pairByLink(beneficiary, helper, world.serverUrl);
  const { panel, desk } = pair;
  const { page } = panel;
  const movedOn = async (): Promise<void> => {
    await panel.title("Besoin d’aide sur cette page ?");
    await expect(page.getByText(/n’est plus celle de la dernière fois/).first()).toBeVisible();
    await expect(page.getByText(/cliquez sur l’icône d’Epaule/).first()).toBeVisible();
    await expect.poll(() => allowedHosts(page)).toEqual([]);
    await expect(desk.page.getByRole("alertdialog")).toHaveCount(0);
  };
  const end = async (): Promise<void> => {
    await panel.stop();
    await panel.over();
    await expect.poll(() => allowedHosts(page)).toEqual([]);
    // The panel hears of the page again, now without its address.
    await tab.reload();
    await expect.poll(() => addressTold(page)).toBeUndefined();
  };
  await goLive(pair, { first: true, moreHosts: [CONNEXION] });
  await panel.sees(NAMES.helper);

  // To another host and back: the browser takes back what the click on the icon gave.
  await tab.goto(`https://${CONNEXION}/`);
  await panel.sees(NAMES.helper);
  await tab.goto(HOME);
  await end();

  await test.step("one click, the consent names the same addresses, and the session is live", async () => {
    await checkScreen(page, "panel: ended, where the address is not told");
    await panel.button("Demander à nouveau").click();
    await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
    for (const host of [WWW, CONNEXION])
      await expect(page.getByRole("listitem").filter({ hasText: host })).toBeVisible();
    await manager.allow([WWW, CONNEXION]);
    await panel.accept();
    await desk.answer(NAMES.beneficiary);
    await desk.live();
    await panel.sees(NAMES.helper);
    await shared.bannerSays(`${NAMES.helper} voit cette page`);
    await end();
    await expect.poll(() => shared.isClean()).toBe(true);
  });

  await test.step("[M1] on another site, nothing is sent, shown or kept", async () => {
    await tab.goto(`https://${ELSEWHERE}/carte`);
    await panel.button("Demander à nouveau").click();
    await manager.allow([WWW, CONNEXION]);
    await panel.accept();
    await movedOn();
    expect(await shared.isClean()).toBe(true);
    await checkScreen(page, "panel: the page moved on");
  });

  await test.step("closed before « J'accepte », it says so too", async () => {
    await tab.goto(HOME);
    await beneficiary.clickIcon();
    await goLive(pair, { first: false, moreHosts: [CONNEXION] });
    await panel.sees(NAMES.helper);
    await tab.goto(`https://${CONNEXION}/`);
    await panel.sees(NAMES.helper);
    await end();
    await panel.button("Demander à nouveau").click();
    await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
    await tab.close();
    await movedOn();
  });
});

test("[P6] in a session the panel tells the keys of Arrêter, and can remove the helper", async ({
  beneficiary,
  world,
}) => {
  test.setTimeout(180_000);
  const helper = await createNodeHelper(world);
  const { tab } = beneficiary;
  const shared = createSharedPage(tab);
  const manager = await beneficiary.manage();
  const said: string[] = [];
  tab.on("console", (message) => said.push(message.text()));
  await tab.goto(HOME);
  const panel = await openPanel(beneficiary);
  const { page } = panel;
  await acceptInvitation(panel, await helper.invite(), NAMES.helperOwn, NAMES.helper);
  await askForHelp({ beneficiary, panel, name: NAMES.helper, first: true });
  await helper.answer(await helper.ring());
  await panel.sees(NAMES.helper);

  await test.step("the keys, and nothing where there are none", async () => {
    const keys = page.getByText("Pour arrêter au clavier");
    await expect(keys).toHaveText(
      "Pour arrêter au clavier, appuyez en même temps sur Alt, Maj et S.",
    );
    await manager.setStopKeys("");
    await page.evaluate("dispatchEvent(new Event('focus'))");
    await expect(keys).toHaveCount(0);
    await manager.setStopKeys("Ctrl+Shift+U");
    await page.evaluate("dispatchEvent(new Event('focus'))");
    await expect(keys).toHaveText(/sur Ctrl, Maj et U\.$/);
  });

  await test.step("a host that is lost leaves no word of ours on the page's console", async () => {
    await killSessionHost(beneficiary);
    await shared.bannerSays(`${NAMES.helper} voit cette page`);
    await panel.sees(NAMES.helper);
    expect(said.filter((text) => /lastError|epaule|extension/i.test(text))).toEqual([]);
  });

  await test.step("removed and blocked: the session ends with it, and it is said before", async () => {
    await expect(page.getByRole("main").getByRole("button").first()).toHaveText("Arrêter");
    await panel.button(`Qui est-ce ? ${NAMES.helper}`).click();
    await expectAccessible(page, "panel: live, who is this");
    await panel.button(`Retirer ${NAMES.helper}`).click();
    const dialog = page.getByRole("alertdialog", { name: `Retirer ${NAMES.helper} ?` });
    await expect(dialog.getByText(/L’aide en cours s’arrête tout de suite/)).toBeVisible();
    await checkScreen(page, "panel: live, remove the helper");
    await dialog.getByRole("button", { name: "Ne pas retirer" }).click();
    await panel.sees(NAMES.helper);
    await panel.button(`Retirer ${NAMES.helper}`).click();
    await dialog.getByRole("button", { name: "Retirer et bloquer" }).click();
    await panel.title("Bienvenue");
    await expect(
      page.getByText(/La personne que vous avez retirée ne voit plus rien/).first(),
    ).toBeVisible();
    await expect.poll(() => shared.isClean()).toBe(true);
    await expect.poll(() => allowedHosts(page)).toEqual([]);
    await expect.poll(() => helper.messages.at(-1)?.type).toBe("session.ended");
    await checkScreen(page, "panel: the helper was removed");
  });
  helper.close();
});
