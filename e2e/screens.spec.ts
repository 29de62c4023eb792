import { DIRECTION, encodeFrame, HANDSHAKE_EPOCH } from "../shared/protocol/frame.ts";
import { acceptInvitation, NAMES, openPanel, pairByLink } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { passQuestionTime } from "./driver/first-question.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { createConsole } from "./pages/console.ts";
import { WWW } from "./site/hosts.ts";

const PAGE = `https://${WWW}/demarche/etape-1`;

/** [L2] A handshake frame out of order. */
const FORGED = encodeFrame(
  { direction: DIRECTION.TO_BENEFICIARY, epoch: HANDSHAKE_EPOCH, sequence: 1 },
  new Uint8Array(32),
);

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
  await panel.button("English").click();
  await panel.title("Welcome");
  await check("welcome, in English");
  await panel.button("Français").click();
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
  await passQuestionTime(beneficiary, panel);
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

  // The end of a session closed its socket for good: a console connects again by itself.
  link.close();
  helper.socket.reconnect();
  await expect.poll(() => helper.socket.state).toBe("online");
  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.bringToFront();
  await panel.button("Demander à nouveau").click();
  await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
  await panel.accept();
  await panel.title(`On appelle ${NAMES.helper}…`);
  const again = await helper.answer(await helper.ring());
  await expect.poll(() => again.open).toBe(true);
  helper.socket.sendFrame(FORGED);
  await panel.over();
  await expect(page.getByText(/Une vérification de sécurité a échoué/).first()).toBeVisible();
  await check("ended by a forged frame");

  await panel.button("Revenir à l’accueil").click();
  const ask = panel.button(`Demander de l’aide à ${NAMES.helper}`);
  await beneficiary.tab.goto("about:blank");
  await expect(page.getByText("Quelle page montrer ?")).toBeVisible();
  await expect(ask).toHaveAttribute("aria-disabled", "true");
  await check("a page that the browser does not tell");
  await beneficiary.tab.goto(world.serverUrl);
  await beneficiary.clickIcon();
  await expect(page.getByText("Cette page ne peut pas être montrée")).toBeVisible();
  await expect(ask).toHaveAttribute("aria-disabled", "true");
  await check("a page that can't be shown");
  helper.close();
});

test("the panel's screen without a connection is too", async ({ beneficiary, world }) => {
  const helper = await createNodeHelper(world);
  await beneficiary.tab.goto(PAGE);
  const panel = await openPanel(beneficiary);
  const { page } = panel;
  await acceptInvitation(panel, await helper.invite(), NAMES.helperOwn, NAMES.helper);
  await panel.title("Besoin d’aide sur cette page ?");
  await world.server.stop();
  await expect(page.getByText("Pas de connexion")).toBeVisible();
  await checkScreen(page, "panel: offline");
  await world.restartServer();
  await expect(page.getByText("Pas de connexion")).toHaveCount(0);
  helper.close();
});

test("the panel's rarer screens are too: two words, choosing, a warning", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(240_000);
  const neighbour = "Mon voisin";
  const desk = createConsole(helper.page, world.serverUrl);
  await desk.signUp(NAMES.helperOwn);
  const { code } = await desk.invite(NAMES.beneficiary);
  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.goto(PAGE);
  const panel = await openPanel(beneficiary);
  const { page } = panel;
  const check = (screen: string) => checkScreen(page, `panel: ${screen}`);

  await panel.addByText(code);
  await panel.nameHelper(NAMES.helperOwn, NAMES.helper);
  await panel.words();
  await check("two words");
  await panel.confirmWords();
  await expect(page.getByText(/C’est noté/).first()).toBeVisible();
  await check("two words, confirmed");
  await desk.confirmWords();
  await panel.finishPairing(NAMES.helper);
  const other = await createNodeHelper(world);
  await panel.addByText(await other.invite());
  await panel.nameHelper(NAMES.helperOwn, neighbour);
  await panel.finishPairing(neighbour);

  await panel.button("Demander de l’aide").click();
  await panel.title("Qui appeler ?");
  await check("choose");
  await panel.button(neighbour).click();
  await passQuestionTime(beneficiary, panel);
  await panel.answerQuestion("On m’a appelé");
  await panel.title("Raccrochez");
  await check("warned");
  await panel.button("J’ai compris").click();
  await expect(page.getByText(/En pause par prudence/).first()).toBeVisible();
  await check("one who is refused");
  other.close();
});

test("the panel's screens when a call comes to nothing are too: nobody there, a call left, a refusal", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(240_000);
  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.goto(PAGE);
  const { panel, desk } = await pairByLink(beneficiary, helper, world.serverUrl);
  const { page } = panel;
  const check = (screen: string) => checkScreen(page, `panel: ${screen}`);

  await desk.page.goto("about:blank");
  await panel.ask(NAMES.helper);
  await passQuestionTime(beneficiary, panel);
  await panel.answerQuestion("Nous sommes ensemble");
  await panel.accept();
  await panel.title(`${NAMES.helper} n’est pas connecté(e)`);
  await check("away");
  await panel.button("Laisser un appel").click();
  await expect(page.getByText(/Votre appel est laissé/).first()).toBeVisible();
  await check("a call was left");

  await desk.page.goto(world.serverUrl);
  await expect(desk.page.getByRole("main").getByText("Vous êtes joignable")).toBeVisible();
  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.bringToFront();
  await panel.button("Essayer à nouveau").click();
  await passQuestionTime(beneficiary, panel);
  await panel.answerQuestion("Nous sommes ensemble");
  await panel.accept();
  await desk.decline(NAMES.beneficiary);
  await panel.title(`${NAMES.helper} ne peut pas vous aider maintenant`);
  await check("declined");
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
  await desk.button("English").click();
  await desk.title(`Hello ${NAMES.helperOwn}`);
  await check("home, in English");
  await desk.button("Français").click();
  await desk.button("Inviter quelqu’un").first().click();
  await desk.button("Créer l’invitation").click();
  await expect(page.getByText("Écrivez le nom de la personne, 60 lettres au plus.")).toBeVisible();
  await check("new invitation, with a mistake");
  await desk.button("Retour").click();
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
  await passQuestionTime(beneficiary, panel);
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
  await desk.button("Quitter").click();
  await expect(page.getByRole("alertdialog", { name: "Quitter cette aide ?" })).toBeVisible();
  await check("session, leave");
  await page.keyboard.press("Escape");
  const other = await helper.browser.context.newPage();
  await other.goto(world.serverUrl);
  await expect(other.getByText("Une séance est ouverte dans un autre onglet")).toBeVisible();
  await checkScreen(other, "console: session open in another tab");
  await other.close();
  await desk.live();
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
