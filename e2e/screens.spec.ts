import { acceptInvitation, NAMES, openPanel, pairByLink } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { createConsole } from "./pages/console.ts";
import { WWW } from "./site/hosts.ts";

const PAGE = `https://${WWW}/demarche/etape-1`;

test("the panel's screens are accessible, narrow, dark and quiet", async ({
  beneficiary,
  world,
}) => {
  test.setTimeout(240_000);
  const helper = await createNodeHelper(world);
  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.goto(PAGE);
  const panel = await openPanel(beneficiary);
  const { page } = panel;
  const check = (screen: string) => checkScreen(page, `panel: ${screen}`);

  await panel.title("Bienvenue");
  await check("welcome");
  await panel.button("Ajouter quelqu’un").click();
  await panel.title("Ajouter quelqu’un");
  await check("add");
  await panel.button("Continuer").click();
  await expect(page.getByText("Collez le lien, ou tapez le code.")).toBeVisible();
  await check("add, with a mistake");
  await panel.addByText(await helper.invite());
  await panel.title("Est-ce bien cette personne ?");
  await check("who");
  await page.getByLabel("Comment l’appelez-vous ?").fill(NAMES.helper);
  await panel.button("Oui, ajouter cette personne").click();
  await panel.title(`${NAMES.helper} peut maintenant vous aider`);
  await check("paired");
  await panel.button("Terminer").click();
  await panel.title("Besoin d’aide sur cette page ?");
  await check("idle");

  await panel.ask(NAMES.helper);
  await panel.title(`Avant de commencer avec ${NAMES.helper}`);
  await check("question");
  await panel.answerQuestion("Nous sommes ensemble");
  await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
  await check("consent");
  await panel.accept();
  await panel.title(`On appelle ${NAMES.helper}…`);
  await check("ringing");
  const link = await helper.answer(await helper.ring());
  await expect.poll(() => link.open).toBe(true);
  await panel.sees(NAMES.helper);
  await check("live");
  await panel.pause();
  await panel.seesNothing(NAMES.helper);
  await check("paused");
  await panel.stop();
  await panel.over();
  await check("ended");
  helper.close();
});

test("the console's screens are accessible, narrow, dark and quiet", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(240_000);
  const desk = createConsole(helper.page, world.serverUrl);
  const { page } = desk;
  const check = (screen: string) => checkScreen(page, `console: ${screen}`);
  await page.goto(world.serverUrl);
  await desk.title("Aidez quelqu’un, à son épaule");
  await check("sign-in");
  await desk.signUp(NAMES.helperOwn);
  await check("home");
  const { link } = await desk.invite(NAMES.beneficiary);
  await check("invitation");
  await desk.closeInvitation();

  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.goto(PAGE);
  const panel = await openPanel(beneficiary);
  await acceptInvitation(panel, link, NAMES.helperOwn, NAMES.helper);
  await expect(page.getByText("Peut vous appeler")).toBeVisible();
  await check("home, with a person");
  await panel.ask(NAMES.helper);
  await panel.answerQuestion("Nous sommes ensemble");
  await panel.accept();
  await expect(
    page.getByRole("alertdialog", { name: `${NAMES.beneficiary} vous appelle` }),
  ).toBeVisible();
  await check("ring");
  await desk.answer(NAMES.beneficiary);
  await desk.live();
  await expect(desk.mirror.getByRole("heading", { level: 1 })).toBeVisible();
  await check("session");
  await panel.pause();
  await expect(desk.status()).not.toHaveText("En direct");
  await check("session, paused");
  await panel.stop();
  await expect(page.getByText(`${NAMES.beneficiary} a arrêté l’aide.`)).toBeVisible();
  await check("ended");
});

test("the invitation's page is accessible, narrow, dark, quiet and has no script", async ({
  beneficiary,
  helper,
  world,
}) => {
  await beneficiary.tab.goto(`https://${WWW}/`);
  const { desk } = await pairByLink(beneficiary, helper, world.serverUrl);
  const { link } = await desk.invite(NAMES.beneficiary);
  const response = await beneficiary.tab.goto(link);
  expect(response?.headers()["content-security-policy"]).toContain("script-src 'none'");
  await expect(beneficiary.tab.getByRole("heading", { level: 1 })).toBeVisible();
  await checkScreen(beneficiary.tab, "the invitation's page");
});
