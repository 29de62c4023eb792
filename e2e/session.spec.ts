import { expectAccessible } from "./driver/accessibility.ts";
import { askForHelp, goLive, NAMES, type Pair, pairByLink } from "./driver/bring-live.ts";
import { launchTwo, type Two } from "./driver/launch-pair.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage, type SharedPage } from "./pages/shared-page.ts";
import { CONNEXION, ELSEWHERE, MESSAGERIE, WWW } from "./site/hosts.ts";
import { SECRET_PATTERN } from "./site/secrets.ts";

const HOME = `https://${WWW}/`;
const STEP_1 = `https://${WWW}/demarche/etape-1`;

/** One story of two people, told in order: each part begins where the last one ended. */
test.describe.configure({ mode: "serial" });

let two: Two;
let pair: Pair;
let page: SharedPage;

test.beforeAll(async ({ site, world }) => {
  two = await launchTwo(world, site);
  page = createSharedPage(two.beneficiary.tab);
});

test.afterAll(async () => {
  await two?.close();
});

async function mirrorShows(title: string): Promise<void> {
  await expect(pair.desk.mirror.getByRole("heading", { level: 1 }).first()).toHaveText(title);
}

test("two people are paired by a link, and the first session asks how it came about", async ({
  world,
}) => {
  const { beneficiary, helper } = two;
  await beneficiary.tab.goto(HOME);
  pair = await pairByLink(beneficiary, helper, world.serverUrl);
  await expectAccessible(pair.panel.page, "the panel's first page");
  await expectAccessible(helper.page, "the console's first page");

  await beneficiary.allowHosts([WWW, CONNEXION, MESSAGERIE]);
  await pair.panel.ask(NAMES.helper);
  await pair.panel.title(`Avant de commencer avec ${NAMES.helper}`);
  await expectAccessible(pair.panel.page, "the question");
  expect(await page.isClean()).toBe(true);
  await pair.panel.answerQuestion("Nous sommes ensemble");
});

test("consent names who, what and where; nothing is sent before it, then the console rings", async ({
  site,
}) => {
  const { panel, desk } = pair;
  await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
  await expect(panel.page.getByText("Ce que vous écrivez est caché.")).toBeVisible();
  await panel.addHost(CONNEXION);
  await panel.addHost(MESSAGERIE);
  await expectAccessible(panel.page, "the consent");
  expect(await page.isClean()).toBe(true);
  site.requests.length = 0;
  await panel.accept();
  await panel.title(`On appelle ${NAMES.helper}…`);
  await expectAccessible(panel.page, "the ring in the panel");
  await expect(desk.page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(desk.page, "the ring in the console");
  expect(await page.isClean()).toBe(true);
  await expect(desk.page).toHaveTitle(/vous appelle/);
});

test("the helper answers and sees the page within two seconds", async () => {
  const { panel, desk } = pair;
  await desk.answer(NAMES.beneficiary);
  const start = performance.now();
  await desk.live();
  await mirrorShows("Une aide pour votre logement, près de chez vous");
  expect(performance.now() - start).toBeLessThan(2_000);
  await panel.sees(NAMES.helper);
  await page.bannerSays(`${NAMES.helper} voit cette page`);
  await expectAccessible(panel.page, "the panel, live");
  await expectAccessible(desk.page, "the console, live");
});

test("the mirror wears the page's style sheets, of another host too, and shows its images", async () => {
  const button = pair.desk.mirror.getByRole("link", { name: "Commencer ma demande" });
  await expect(button).toHaveCSS("background-color", "rgb(47, 93, 67)");
  const image = pair.desk.mirror.getByRole("img", { name: "Une maison parmi les haies" });
  await expect
    .poll(() => image.evaluate((node: HTMLImageElement) => node.complete && node.naturalWidth))
    .toBe(640);
});

test("what is typed never shows: only that a field is being filled, then filled", async () => {
  const { tab } = two.beneficiary;
  await tab.getByRole("link", { name: "Commencer ma demande" }).click();
  await mirrorShows("Demander l’aide au logement");
  await tab.getByLabel("Prénom").pressSequentially("Zoulikha", { delay: 40 });
  await tab.getByLabel("Numéro d’allocataire").fill("123456789");
  const mirrored = pair.desk.mirror.locator("#prenom");
  await expect.poll(() => mirrored.inputValue()).not.toBe("");
  const html = await pair.desk.mirrorFrame.evaluate((frame: HTMLIFrameElement) => {
    const found = frame.contentDocument;
    const values = [...(found?.querySelectorAll("input, textarea") ?? [])].map((field) =>
      "value" in field ? String(field.value) : "",
    );
    return `${found?.documentElement.outerHTML}${values.join(" ")}`;
  });
  expect(html).not.toContain("Zoulikha");
  expect(html).not.toContain("123456789");
  expect(html).not.toMatch(SECRET_PATTERN);
});

test("validation, scroll and a modal dialog follow", async () => {
  const { tab } = two.beneficiary;
  const { desk } = pair;
  await tab.getByLabel("Nom de famille").fill("");
  await tab.getByRole("button", { name: "Continuer" }).click();
  await expect(desk.mirror.getByText("Ce champ est à remplir.")).toBeVisible();
  await tab.goto(`https://${WWW}/paiements`);
  await mirrorShows("Mes paiements");
  await tab.mouse.move(600, 400);
  await tab.mouse.wheel(0, 3_000);
  const scrolled = await tab.evaluate(() => scrollY);
  await expect
    .poll(() =>
      desk.mirrorFrame.evaluate((frame: HTMLIFrameElement) => frame.contentWindow?.scrollY),
    )
    .toBeGreaterThan(scrolled - 200);
  await tab.goto(`https://${WWW}/demarche/etape-3`);
  await tab.getByRole("button", { name: "Envoyer ma demande" }).click();
  await expect(desk.mirror.getByRole("heading", { name: "Envoyer maintenant ?" })).toBeVisible();
});

test("a click on the mirror lights up that very element, above a modal dialog too", async () => {
  const { tab } = two.beneficiary;
  const { desk, panel } = pair;
  await desk.clickMirror(desk.mirror.getByRole("button", { name: "Oui, envoyer" }));
  await page.highlights(tab.getByRole("button", { name: "Oui, envoyer" }));
  await expect(panel.page.getByText("Camille vous montre").first()).toBeVisible();
  await expect(desk.page.getByText(/Maman voit entouré/)).toBeVisible();
  await desk.say("Appuyez ici pour envoyer");
  await expect.poll(() => page.text()).toContain("Appuyez ici pour envoyer");
  await expect(panel.page.getByText("Appuyez ici pour envoyer").first()).toBeVisible();
  expect(await tab.getByRole("heading", { name: "Envoyer maintenant ?" }).isVisible()).toBe(true);
  expect(tab.url()).toContain("/demarche/etape-3");
});

test("a highlight survives scroll, reflow and a re-rendering of its element", async () => {
  const { tab } = two.beneficiary;
  const { desk } = pair;
  await tab.goto(`https://${WWW}/espace/`);
  await mirrorShows("Mon espace");
  await desk.clickMirror(desk.mirror.getByRole("button", { name: "Relire la page" }));
  await page.highlights(tab.getByRole("button", { name: "Relire la page" }));
  await tab.evaluate(() => {
    document.body.style.paddingTop = "140px";
  });
  await page.highlights(tab.getByRole("button", { name: "Relire la page" }));
  await tab.getByRole("button", { name: "Relire la page" }).click();
  await page.highlights(tab.getByRole("button", { name: "Relire la page" }));
});

test("routes of a single page and full navigations follow, without asking again", async () => {
  const { tab } = two.beneficiary;
  await tab.getByRole("main").getByRole("link", { name: "Mes messages" }).click();
  await mirrorShows("Mes messages");
  await tab.goto(`https://${CONNEXION}/`);
  await mirrorShows("Se connecter");
  await tab.goto(`https://${WWW}/cadres/`);
  await mirrorShows("Aide et messagerie");
  const frames = pair.desk.mirror;
  await expect(frames.frameLocator("#interne").getByText("Une demande reçoit")).toBeVisible();
  await expect(frames.frameLocator("#messagerie").getByText("Écrivez à votre")).toBeVisible();
  await expect(frames.getByText("Votre conseillère vous appelle le mardi.")).toBeVisible();
});

test("leaving the consented site pauses the mirror; coming back resumes by itself", async () => {
  const { tab } = two.beneficiary;
  const { desk, panel } = pair;
  await tab.goto(`https://${ELSEWHERE}/`);
  await expect(desk.status()).toHaveText(/quitté le site convenu|autre site/);
  await panel.seesNothing(NAMES.helper);
  expect(await desk.mirrorFrame.count()).toBeLessThanOrEqual(1);
  await expect(desk.mirror.getByText("Un autre site")).toHaveCount(0);
  await tab.goto(STEP_1);
  await mirrorShows("Demander l’aide au logement");
  await panel.sees(NAMES.helper);
});

test("Pause stops the mirror until the beneficiary resumes in the panel", async () => {
  const { tab } = two.beneficiary;
  const { desk, panel } = pair;
  await page.press("Pause");
  await panel.seesNothing(NAMES.helper);
  await expect(desk.status()).toHaveText(/a mis en pause/);
  await tab.goto(HOME);
  await tab.waitForTimeout(1_000);
  await expect(
    desk.mirror.getByRole("heading", { name: "Une aide pour votre logement" }),
  ).toHaveCount(0);
  await expectAccessible(panel.page, "the panel, paused");
  await panel.resume();
  await mirrorShows("Une aide pour votre logement, près de chez vous");
});

test("a reload of the console brings the mirror back by itself", async () => {
  await pair.desk.page.reload();
  await pair.desk.live();
  await mirrorShows("Une aide pour votre logement, près de chez vous");
});

test("a killed service worker does not end the session", async () => {
  const { beneficiary } = two;
  const { targetInfos } = await beneficiary.browser.session.send("Target.getTargets");
  const worker = targetInfos.find((info) => info.type === "service_worker");
  expect(worker).toBeDefined();
  await beneficiary.browser.session.send("Target.closeTarget", {
    targetId: worker?.targetId ?? "",
  });
  await beneficiary.tab.goto(STEP_1);
  await mirrorShows("Demander l’aide au logement");
});

test("a restarted server costs a pause, not the session", async ({ world }) => {
  await world.server.kill();
  await expect(pair.desk.status()).not.toHaveText("En direct", { timeout: 20_000 });
  await world.restartServer();
  await expect(pair.desk.status()).toHaveText("En direct", { timeout: 30_000 });
  await two.beneficiary.tab.goto(HOME);
  await mirrorShows("Une aide pour votre logement, près de chez vous");
});

test("Arrêter in the banner ends it at once and leaves nothing on the page", async () => {
  const { panel, desk } = pair;
  const start = performance.now();
  await page.press("Arrêter");
  await expect.poll(() => page.isClean()).toBe(true);
  expect(performance.now() - start).toBeLessThan(1_500);
  await panel.over();
  await expectAccessible(panel.page, "the end in the panel");
  await expect(desk.page.getByText(`${NAMES.beneficiary} a arrêté l’aide.`)).toBeVisible();
  await expect(desk.mirrorFrame).toHaveCount(0);
  await expectAccessible(desk.page, "the end in the console");
  const held = await panel.page.evaluate<string[]>(
    "chrome.permissions.getAll().then((all) => all.origins ?? [])",
  );
  expect(held).toEqual([]);
});

test("a second session needs consent again, but no question; the server's death does not keep Arrêter from working", async ({
  world,
}) => {
  const { panel, desk } = pair;
  await panel.button("Revenir à l’accueil").click();
  await two.beneficiary.clickIcon();
  await goLive(pair, { first: false });
  await world.server.kill();
  await panel.stop();
  await expect.poll(() => page.isClean()).toBe(true);
  await panel.over();
  await world.restartServer();
  // Whoever comes back later is told that it is over; the reason may have passed them by.
  const over = desk.page.getByText(/Maman a arrêté l’aide\.|L’aide de Maman est terminée\./);
  await expect(over).toBeVisible({ timeout: 30_000 });
});

test("the helper can decline, and the beneficiary can refuse", async () => {
  const { beneficiary } = two;
  const { panel, desk } = pair;
  await panel.button("Revenir à l’accueil").click();
  await beneficiary.clickIcon();
  await panel.ask(NAMES.helper);
  await panel.refuse();
  await askForHelp({ beneficiary, panel, name: NAMES.helper, first: false });
  await desk.decline(NAMES.beneficiary);
  await panel.title(`${NAMES.helper} ne peut pas vous aider maintenant`);
  await expectAccessible(panel.page, "a call that was declined");
  expect(await page.isClean()).toBe(true);
});

test("a console that is closed can be left a call, and shows it on return", async () => {
  const { beneficiary, helper } = two;
  const { panel, desk } = pair;
  await panel.button("Revenir à l’accueil").click();
  await beneficiary.clickIcon();
  await helper.page.goto("about:blank");
  await askForHelp({ beneficiary, panel, name: NAMES.helper, first: false });
  await panel.title(`${NAMES.helper} n’est pas connecté(e)`);
  await panel.button("Laisser un appel").click();
  await expect(panel.page.getByText(/Votre appel est laissé/).first()).toBeVisible();
  await helper.page.goBack();
  await expect(desk.page.getByText("Un appel manqué")).toBeVisible();
});
