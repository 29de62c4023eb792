import { expectAccessible } from "./driver/accessibility.ts";
import { askForHelp, NAMES, type Pair, pairByLink } from "./driver/bring-live.ts";
import { launchTwo, type Two } from "./driver/launch-pair.ts";
import { expect, test } from "./fixtures.ts";
import { apart, boxOf, middleOf } from "./pages/boxes.ts";
import { createSharedPage, type SharedPage } from "./pages/shared-page.ts";
import { CONNEXION, ELSEWHERE, MESSAGERIE, WWW } from "./site/hosts.ts";
import { SECRET_PATTERN } from "./site/secrets.ts";

const HOME = `https://${WWW}/`;
const STEP_1 = `https://${WWW}/demarche/etape-1`;

/**
 * One story of two people, told in order: each part begins where the last one ended. What breaks on
 * the way is in `resume.spec.ts` and `breaks.spec.ts`.
 */
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

/** What the browser's own toolbar says of the extension, in a few letters and in a sentence. */
async function badge(): Promise<{ text: string; title: string }> {
  return await pair.panel.page.evaluate<{ text: string; title: string }>(
    "Promise.all([chrome.action.getBadgeText({}), chrome.action.getTitle({})]).then(([text, title]) => ({ text, title }))",
  );
}

/** The mouse's wheel over the page, and how far it is scrolled then. */
async function scrollBy(pixels: number): Promise<void> {
  const { tab } = two.beneficiary;
  const before = await tab.evaluate(() => scrollY);
  await tab.mouse.move(30, 300);
  await tab.mouse.wheel(0, pixels);
  await expect.poll(() => tab.evaluate(() => scrollY)).toBe(before + pixels);
}

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

test("consent names who, what and where; the console rings after it and not before", async () => {
  const { panel, desk } = pair;
  await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
  await expect(panel.page.getByText("Ce que vous écrivez est caché.")).toBeVisible();
  await panel.addHost(CONNEXION);
  await panel.addHost(MESSAGERIE);
  await expectAccessible(panel.page, "the consent");
  expect(await page.isClean()).toBe(true);
  await expect(desk.page.getByRole("alertdialog")).toHaveCount(0);
  expect(await badge()).toEqual({ text: "", title: "Epaule\u00a0: personne ne voit votre page" });
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
  const { text, title } = await badge();
  expect(text).toBe("VU");
  expect(title).toMatch(new RegExp(`^${NAMES.helper} voit votre page \\(${WWW},`));
  await expectAccessible(panel.page, "the panel, live");
  await expectAccessible(desk.page, "the console, live");
});

test("[M7] the frame that holds the mirror can't run a script", async () => {
  const sandbox = await pair.desk.mirrorFrame.getAttribute("sandbox");
  expect(sandbox?.split(" ")).toEqual(["allow-same-origin"]);
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

test("the helper sees which element they are on before they show it", async () => {
  const { desk } = pair;
  const target = desk.mirror.getByRole("button", { name: "Oui, envoyer" });
  const { x, y } = middleOf(await boxOf(target));
  await desk.page.mouse.move(x, y);
  await expect(desk.drawn(".hover .tag")).toHaveText("Bouton «\u00A0Oui, envoyer\u00A0»");
  const outline = await boxOf(desk.drawn(".hover"));
  expect(apart(outline, await boxOf(target))).toBeLessThan(4);
  expect(await page.ring()).toBeUndefined();
});

test("a click on the mirror lights up that very element, above a modal dialog too", async () => {
  const { tab } = two.beneficiary;
  const { desk, panel } = pair;
  await desk.clickMirror(desk.mirror.getByRole("button", { name: "Oui, envoyer" }));
  await page.highlights(tab.getByRole("button", { name: "Oui, envoyer" }));
  await expect.poll(() => page.announced()).toBe("Camille vous montre\u00a0: Oui, envoyer.");
  await expect(panel.page.getByText("Camille vous montre").first()).toBeVisible();
  await expect(desk.page.getByText(/Maman voit entouré/)).toBeVisible();
  await desk.say("Appuyez ici pour envoyer");
  await expect.poll(() => page.text()).toContain("Appuyez ici pour envoyer");
  await expect
    .poll(() => page.announced())
    .toBe("Camille vous montre\u00a0: Oui, envoyer. Appuyez ici pour envoyer");
  await expect(panel.page.getByText("Appuyez ici pour envoyer").first()).toBeVisible();
  expect(await tab.getByRole("heading", { name: "Envoyer maintenant ?" }).isVisible()).toBe(true);
  expect(tab.url()).toContain("/demarche/etape-3");
});

test("a highlight survives reflow, a re-rendering of its element, scroll and zoom", async () => {
  const { tab } = two.beneficiary;
  const { desk } = pair;
  const target = tab.getByRole("button", { name: "Relire la page" });
  await tab.goto(`https://${WWW}/espace/`);
  await mirrorShows("Mon espace");
  await desk.clickMirror(desk.mirror.getByRole("button", { name: "Relire la page" }));
  await page.highlights(target);
  await tab.evaluate(() => {
    document.body.style.padding = "140px 0 2000px";
  });
  await page.highlights(target);
  await target.click();
  await page.highlights(target);
  await scrollBy(200);
  await page.highlights(target);
  // What zooming to 150 % does: fewer pixels of the page, each of them larger.
  const session = await tab.context().newCDPSession(tab);
  await session.send("Emulation.setDeviceMetricsOverride", {
    width: Math.round(1280 / 1.5),
    height: Math.round(800 / 1.5),
    deviceScaleFactor: 1.5,
    mobile: false,
  });
  expect(await tab.evaluate(() => [innerWidth, devicePixelRatio])).toEqual([853, 1.5]);
  await page.highlights(target);
  await session.send("Emulation.clearDeviceMetricsOverride");
  await session.detach();
  await page.highlights(target);
});

test("the live pointer stands on that very element, stays on it when the page scrolls, and goes", async () => {
  const { tab } = two.beneficiary;
  const { desk } = pair;
  const target = tab.getByRole("link", { name: "Me connecter" });
  await tab.goto(HOME);
  await mirrorShows("Une aide pour votre logement, près de chez vous");
  await page.bannerSays(`${NAMES.helper} voit cette page`);
  await desk.take("Pointer");
  await desk.pointAt(desk.mirror.getByRole("link", { name: "Me connecter" }));
  const distance = async () => apart(await page.part("pointer"), await boxOf(target));
  await expect.poll(distance).toBeLessThan(4);
  await scrollBy(150);
  await expect.poll(distance).toBeLessThan(4);
  await expect.poll(() => page.part("pointer")).toBeUndefined();
});

test("a stroke is drawn over its place on the page, moves with it, and is gone after some seconds", async () => {
  const { tab } = two.beneficiary;
  const { desk } = pair;
  const { mouse } = desk.page;
  const target = tab.getByRole("link", { name: "Me connecter" });
  const mirrored = desk.mirror.getByRole("link", { name: "Me connecter" });
  // The mirror has followed the page to where it is scrolled.
  await expect
    .poll(() => desk.mirror.locator("html").evaluate(() => scrollY))
    .toBe(await tab.evaluate(() => scrollY));
  await desk.take("Dessiner");
  const { x, y, width, height } = await boxOf(mirrored);
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + width, y + height, { steps: 8 });
  await mouse.up();
  const distance = async () => apart(await page.stroke(), await boxOf(target));
  await expect.poll(distance).toBeLessThan(4);
  const drawn = await page.stroke();
  const box = await boxOf(target);
  expect(Math.abs((drawn?.width ?? 0) - box.width)).toBeLessThan(8);
  await scrollBy(-100);
  expect(await boxOf(target)).not.toEqual(box);
  await expect.poll(distance).toBeLessThan(4);
  await expect.poll(() => page.stroke()).toBeUndefined();
  await desk.take("Montrer");
});

test("by the keyboard alone, the helper shows what is out of sight; the beneficiary alone scrolls", async () => {
  const { tab } = two.beneficiary;
  const { desk } = pair;
  const { keyboard } = desk.page;
  const target = tab.getByRole("button", { name: "Rechercher" });
  await tab.setViewportSize({ width: 1280, height: 500 });
  await tab.evaluate(() => scrollTo(0, 0));
  await desk.button("Éléments").focus();
  await keyboard.press("Enter");
  await expect(desk.page.getByRole("heading", { name: "Éléments de la page" })).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await expect(desk.page.getByLabel("Chercher un élément")).toBeFocused();
  await keyboard.type("bouton rechercher");
  await expect(desk.page.getByRole("option")).toHaveCount(1);
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(desk.page.getByText(/est plus loin dans la page/)).toBeVisible();
  await expect.poll(() => page.part("chip")).toBeDefined();
  expect(await page.ring()).toBeUndefined();
  expect(await tab.evaluate(() => scrollY)).toBe(0);
  await page.press("Voir l’endroit montré");
  await page.highlights(target);
  expect(await tab.evaluate(() => scrollY)).toBeGreaterThan(0);
  await expectAccessible(desk.page, "the console with the list of elements");

  await desk.button("Effacer").focus();
  await keyboard.press("Enter");
  await expect.poll(() => page.ring()).toBeUndefined();
  expect(await page.part("bubble")).toBeUndefined();
  await expect(desk.page.getByText("Tout est effacé sur l’écran de Maman.")).toBeVisible();
  await desk.button("Fermer la liste").click();
  await tab.setViewportSize({ width: 1280, height: 800 });
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
  expect(await badge()).toEqual({ text: "II", title: "En pause\u00a0: Camille ne voit rien." });
  await expect(desk.status()).toHaveText(/a mis en pause/);
  await tab.goto(HOME);
  await page.bannerSays("En pause.");
  await expect(
    desk.mirror.getByRole("heading", { name: "Une aide pour votre logement" }),
  ).toHaveCount(0);
  await expectAccessible(panel.page, "the panel, paused");
  await panel.resume();
  await mirrorShows("Une aide pour votre logement, près de chez vous");
});

test("Arrêter in the banner ends it at once and leaves nothing on the page", async () => {
  const { panel, desk } = pair;
  const start = performance.now();
  await page.press("Arrêter");
  await expect.poll(() => page.isClean()).toBe(true);
  expect(performance.now() - start).toBeLessThan(1_500);
  await panel.over();
  await expect
    .poll(badge)
    .toEqual({ text: "", title: "Epaule\u00a0: personne ne voit votre page" });
  await expectAccessible(panel.page, "the end in the panel");
  await expect(desk.page.getByText(`${NAMES.beneficiary} a arrêté l’aide.`)).toBeVisible();
  await expect(desk.mirrorFrame).toHaveCount(0);
  await expectAccessible(desk.page, "the end in the console");
  const held = await panel.page.evaluate<string[]>(
    "chrome.permissions.getAll().then((all) => all.origins ?? [])",
  );
  expect(held).toEqual([]);
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
