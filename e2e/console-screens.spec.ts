import { AxeBuilder } from "@axe-core/playwright";

import { createNonce } from "../shared/ids.ts";
import { NAMES, openPanel } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { connectRaw } from "./driver/raw-client.ts";
import type { World } from "./driver/world.ts";
import { expect, test } from "./fixtures.ts";
import { createConsole } from "./pages/console.ts";
import { WWW } from "./site/hosts.ts";

/** Somebody who saw the invitation's address, and not the secret behind its `#`. */
async function redeemWithoutSecret(world: World, link: string): Promise<void> {
  const invitation = new URL(link).pathname.split("/").at(-1);
  const stranger = await connectRaw(world.serverUrl);
  await stranger.prove();
  const answer = await stranger.ask({ type: "pairing.redeem", invitation, mac: createNonce() });
  expect(answer.type).toBe("done");
  stranger.close();
}

test("the console's dialogs, the words to compare and a missed call are accessible, narrow, dark and quiet", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(240_000);
  const desk = createConsole(helper.page, world.serverUrl);
  const { page } = desk;
  const check = (screen: string) => checkScreen(page, `console: ${screen}`);
  await desk.signUp(NAMES.helperOwn);
  const { code } = await desk.invite(NAMES.beneficiary);
  await desk.closeInvitation();

  await desk.button(`Annuler l’invitation pour ${NAMES.beneficiary}`).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await check("cancel an invitation");
  await desk.button("La garder").click();

  const { link: seen } = await desk.invite("Inconnu");
  await desk.closeInvitation();
  await redeemWithoutSecret(world, seen);
  await expect(page.getByText("Un lien a été refusé par prudence")).toBeVisible();
  await check("a refused link");
  await desk.button("J’ai compris").click();

  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.goto(`https://${WWW}/demarche/etape-1`);
  const panel = await openPanel(beneficiary);
  await panel.addByText(code);
  await panel.nameHelper(NAMES.helperOwn, NAMES.helper);
  await desk.words();
  await check("the words to compare");
  await desk.confirmWords();
  await expect(page.getByText(`On attend ${NAMES.beneficiary}`)).toBeVisible();
  await check("waiting for the other yes");
  await panel.confirmWords();
  await panel.finishPairing(NAMES.helper);
  await expect(page.getByRole("heading", { name: "C’est fait" })).toBeVisible();
  await check("paired by words");
  await desk.button("J’ai compris").click();

  await desk.button(`Changer le nom de ${NAMES.beneficiary}`).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await check("rename");
  await desk.button("Fermer").last().click();
  await desk.button(`Mettre fin au lien avec ${NAMES.beneficiary}`).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await check("end the link");
  await page.keyboard.press("Escape");

  await page.goto("about:blank");
  await panel.ask(NAMES.helper);
  await panel.answerQuestion("Nous sommes ensemble");
  await panel.accept();
  await panel.button("Laisser un appel").click();
  await page.goto(world.serverUrl);
  await expect(page.getByRole("heading", { name: "Un appel manqué" })).toBeVisible();
  await check("a missed call");
});

test("the console's screens when something is missing are too: no answer, nothing kept, no connection", async ({
  helper,
  world,
}) => {
  test.setTimeout(120_000);
  const desk = createConsole(helper.page, world.serverUrl);
  const { page } = desk;
  await desk.signUp(NAMES.helperOwn);

  await page.route("**/api/config", (route) => route.abort("internetdisconnected"));
  await page.reload();
  await desk.title("Epaule ne répond pas");
  await checkScreen(page, "console: no answer", { refused: /\/api\/config$/ });
  await page.unroute("**/api/config");
  await desk.button("Réessayer").click();
  await desk.title(`Bonjour ${NAMES.helperOwn}`);

  await expect(page.getByRole("main").getByText("Vous êtes joignable")).toBeVisible();
  await world.server.stop();
  await expect(page.getByRole("main").getByText("On ne peut pas vous joindre")).toBeVisible();
  await checkScreen(page, "console: offline", { refused: /WebSocket|\/api\// });
  await world.restartServer();
  await expect(page.getByRole("main").getByText("Vous êtes joignable")).toBeVisible();

  // As a browser answers that was told to keep nothing of a site.
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await page.reload();
  await desk.title("Ce navigateur refuse d’enregistrer");
  await checkScreen(page, "console: nothing is kept", { refused: /WebSocket|\/api\// });
});

test("signing out in one tab tells the other at once, in words", async ({ helper, world }) => {
  const desk = createConsole(helper.page, world.serverUrl);
  await desk.signUp(NAMES.helperOwn);
  const other = createConsole(await helper.browser.context.newPage(), world.serverUrl);
  await other.page.goto(world.serverUrl);
  await other.title(`Bonjour ${NAMES.helperOwn}`);
  await expect(other.page.getByRole("main").getByText("Vous êtes joignable")).toBeVisible();
  await other.button("Se déconnecter").click();
  await desk.title("Aidez quelqu’un, à son épaule");
  await expect(desk.page.getByText("Vous n’êtes plus connecté.")).toBeVisible();
});

test("the player's own document is accessible in both colour schemes and on a narrow screen", async ({
  helper,
  world,
}) => {
  const { page } = helper;
  await page.goto(`${world.server.playerUrl}/player.html`);
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [1280, 320]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      // It is a frame of the console, whose title says what it is.
      const builder = new AxeBuilder({ page }).disableRules(["page-has-heading-one"]);
      const { violations } = await builder.analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
});
