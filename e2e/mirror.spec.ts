import type { Locator, Page } from "@playwright/test";

import { expectAccessible } from "./driver/accessibility.ts";
import { goLive, NAMES, type Pair, pairByLink } from "./driver/bring-live.ts";
import { launchTwo, type Two } from "./driver/launch-pair.ts";
import { topLayerOf } from "./driver/top-layer.ts";
import { expect, test } from "./fixtures.ts";
import { boxOf } from "./pages/boxes.ts";
import { PLAYER } from "./pages/console.ts";
import { type Box, createSharedPage, type SharedPage } from "./pages/shared-page.ts";
import { ELSEWHERE, HOSTILE, MESSAGERIE, WWW } from "./site/hosts.ts";

/** What a page shows that no mutation tells: one session for all of it. */
let two: Two;
let pair: Pair;
let tab: Page;
let shared: SharedPage;

test.beforeAll(async ({ site, world }) => {
  test.setTimeout(180_000);
  two = await launchTwo(world, site);
  ({ tab } = two.beneficiary);
  shared = createSharedPage(tab);
  await tab.goto(`https://${WWW}/`);
  pair = await pairByLink(two.beneficiary, two.helper, world.serverUrl);
  await goLive(pair, { first: true, moreHosts: [HOSTILE, MESSAGERIE] });
});

test.afterAll(async () => {
  await two?.close();
});

/** Brings the tab to a page and waits until the helper sees it. */
async function visit(url: string): Promise<void> {
  await tab.goto(url);
  const title = await tab.getByRole("heading", { level: 1 }).first().innerText();
  await expect(pair.desk.mirror.getByRole("heading", { level: 1 }).first()).toHaveText(title);
  await shared.bannerSays(`${NAMES.helper} voit cette page`);
}

const styleOf = (element: Locator, property: string) =>
  element.evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);

const colors = (frame: Pick<Page, "locator">) =>
  frame
    .locator("#lignes p")
    .evaluateAll((lines) => lines.map((line) => [line.id, getComputedStyle(line).color]));

const widths = (frame: Pick<Page, "locator">) =>
  frame.locator("html").evaluate((html) => [innerWidth, html.clientWidth]);

const widthOf = (image: Locator) =>
  image.evaluate((node) => ("naturalWidth" in node ? node.naturalWidth : 0));

/** The mirror draws this very element as the page does. */
async function expectSameStyle(page: Locator, mirror: Locator, property: string): Promise<void> {
  // The page itself may still be taking its shape.
  await expect(async () => {
    expect(await styleOf(mirror, property), property).toBe(await styleOf(page, property));
  }).toPass({ timeout: 15_000 });
}

test("a style sheet of another host is worn in a frame too, and so is what a page adopts", async () => {
  const { mirror } = pair.desk;
  await visit(`https://${WWW}/cadres/`);
  const inPage = tab.frameLocator("#interne");
  const inMirror = mirror.frameLocator("#interne");
  expect(await styleOf(inPage.locator("h1"), "color")).not.toBe("rgb(0, 0, 0)");
  for (const [element, property] of [
    ["h1", "color"],
    ["h1", "font-size"],
    ["#recherche", "padding-left"],
  ] as const)
    await expectSameStyle(inPage.locator(element), inMirror.locator(element), property);
  const image = { name: "Une clé" };
  const wide = await widthOf(inPage.getByRole("img", image));
  expect(wide).toBeGreaterThan(1);
  await expect.poll(() => widthOf(inMirror.getByRole("img", image))).toBe(wide);
  await expectSameStyle(tab.locator("#adopte"), mirror.locator("#adopte"), "color");
});

test("rules that a script changes while the key frame is taken are mirrored", async () => {
  test.setTimeout(60_000);
  const { mirror } = pair.desk;
  await visit(`https://${HOSTILE}/regles`);
  await expect(tab.locator("#resultat")).toHaveText(/^Fini/);
  expect(await tab.locator("#resultat").innerText()).not.toBe("Fini après 0 changements");
  const page = await colors(tab);
  expect(page.flat()).toContain("rgb(0, 100, 0)");
  await expect
    .poll(async () => {
      const seen = new Map((await colors(mirror)).map(([id, color]) => [id, color]));
      return page.filter(([id, color]) => seen.get(id) !== color);
    })
    .toEqual([]);
});

test("an open popover stands open in the mirror, and a highlight above it", async () => {
  const { desk } = pair;
  await visit(`https://${WWW}/demarche/etape-1`);
  const seen = desk.mirror.getByText("En haut à droite de chacune de nos lettres.");
  await expect(seen).toBeHidden();
  await tab.getByRole("button", { name: "Où trouver ce numéro ?" }).click();
  await expect(seen).toBeVisible();
  await expect.poll(() => seen.evaluate((node) => node.matches(":popover-open"))).toBe(true);
  await desk.clickMirror(seen);
  await shared.highlights(tab.getByText("En haut à droite de chacune de nos lettres."));
  await expect.poll(async () => (await topLayerOf(tab)).at(-1)).toBe("EPAULE-OVERLAY");

  await desk.page.reload();
  await desk.live();
  await expect(seen).toBeVisible();
  await tab.keyboard.press("Escape");
  await expect(seen).toBeHidden();
});

test("a popover in a shadow root is mirrored, and does not cover the banner", async () => {
  await visit(`https://${WWW}/cadres/`);
  await tab.locator("bocage-conseiller").evaluate((host) => {
    const note = Object.assign(document.createElement("div"), { popover: "manual" });
    note.textContent = "Elle vous appelle à dix heures.";
    host.shadowRoot?.append(note);
    note.showPopover();
  });
  await expect(pair.desk.mirror.getByText("Elle vous appelle à dix heures.")).toBeVisible();
  await expect.poll(async () => (await topLayerOf(tab)).at(-1)).toBe("EPAULE-OVERLAY");
});

const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

test("[V3] over a target as large as the window, the helper's words hide none of its own", async () => {
  const { desk } = pair;
  await visit(`https://${HOSTILE}/grand`);
  const place = await desk.mirror.locator("#tout").boundingBox();
  if (!place) throw new Error("the target is not in the mirror");
  await desk.page.mouse.click(place.x + place.width / 2, place.y + place.height * 0.25);
  await expect.poll(() => shared.part("bubble")).toBeDefined();
  await shared.highlights(tab.locator("#tout"));
  const lines = await tab.locator("#tout").evaluate((section) => {
    const range = document.createRange();
    return [...section.querySelectorAll("h1, p, button")].flatMap((element) => {
      range.selectNodeContents(element);
      return Array.from(range.getClientRects(), ({ x, y, width, height }) => ({
        x,
        y,
        width,
        height,
      }));
    });
  });
  expect(lines.length).toBeGreaterThan(4);
  const bubble = await shared.part("bubble");
  const banner = await shared.part("banner");
  if (!bubble || !banner) throw new Error("nothing is drawn");
  for (const line of lines) expect(overlap(bubble, line)).toBe(false);
  expect(overlap(bubble, banner)).toBe(false);
});

test("in a window of 320 px the banner has the whole width, and its buttons stand in it", async () => {
  await visit(`https://${WWW}/`);
  await tab.setViewportSize({ width: 320, height: 640 });
  await expect.poll(async () => (await shared.part("banner"))?.width).toBeGreaterThan(280);
  const banner = await shared.part("banner");
  expect(banner?.x).toBeGreaterThanOrEqual(0);
  expect((banner?.x ?? 0) + (banner?.width ?? 0)).toBeLessThanOrEqual(320);
  expect(banner?.height).toBeLessThan(160);
  for (const name of ["pause", "stop"]) {
    const button = await shared.part(name);
    if (!banner || !button) throw new Error(`no ${name}`);
    expect(button.height).toBeGreaterThanOrEqual(44);
    expect(button.x).toBeGreaterThanOrEqual(banner.x);
    expect(button.x + button.width).toBeLessThanOrEqual(banner.x + banner.width);
  }
  await tab.setViewportSize({ width: 1280, height: 800 });
});

test("the mirror has the beneficiary's colour scheme, not the helper's", async () => {
  const { mirror } = pair.desk;
  // Playwright would tell every frame of the console that it is light.
  await pair.desk.page.emulateMedia({ colorScheme: null });
  await visit(`https://${HOSTILE}/regles`);
  await expect(mirror.locator("h1")).toHaveCSS("color", "rgb(10, 20, 30)");
  await tab.emulateMedia({ colorScheme: "dark" });
  await expect(mirror.locator("h1")).toHaveCSS("color", "rgb(40, 50, 60)");
  await tab.emulateMedia({ colorScheme: "light" });
  await expect(mirror.locator("h1")).toHaveCSS("color", "rgb(10, 20, 30)");
});

test("a scroll bar takes the room in the mirror that it takes in the page", async () => {
  const { mirror } = pair.desk;
  const session = await tab.context().newCDPSession(tab);
  await visit(`https://${WWW}/cadres/`);
  const classic = await widths(tab);
  expect(classic[1]).toBeLessThan(classic[0] ?? 0);
  await expect.poll(() => widths(mirror)).toEqual(classic);
  await session.send("Emulation.setScrollbarsHidden", { hidden: true });
  await visit(`https://${WWW}/cadres/?barre=non`);
  const overlaid = await widths(tab);
  expect(overlaid[1]).toBe(overlaid[0]);
  await expect.poll(() => widths(mirror)).toEqual(overlaid);
  await session.send("Emulation.setScrollbarsHidden", { hidden: false });
});

test("at 100 % the mirror is scrolled by the keyboard", async () => {
  const { desk } = pair;
  await visit(`https://${WWW}/`);
  const before = desk.page.viewportSize();
  await desk.page.setViewportSize({ width: 1000, height: 700 });
  const region = desk.page.getByRole("region", { name: /en taille réelle/ });
  const view = desk.page.frameLocator(PLAYER).locator("#viewport");
  await expect(region).toHaveCount(0);
  await desk.actualSize();
  await expect(region).toBeVisible();
  await expectAccessible(desk.page, "the console at 100 %");
  await desk.button("100 %").focus();
  for (let tabs = 0; tabs < 4; tabs += 1) {
    await desk.page.keyboard.press("Tab");
    if (await region.evaluate((node) => node === document.activeElement)) break;
  }
  await expect(region).toBeFocused();
  await desk.page.keyboard.press("End");
  await expect.poll(() => view.evaluate((node) => node.scrollTop)).toBeGreaterThan(0);
  await desk.page.keyboard.press("ArrowRight");
  await expect.poll(() => view.evaluate((node) => node.scrollLeft)).toBeGreaterThan(0);
  // What follows needs the whole page in the helper's window.
  await desk.actualSize();
  await expect(region).toHaveCount(0);
  if (before) await desk.page.setViewportSize(before);
});

const boxSize = (element: Locator) =>
  element.evaluate((node) => [node.clientWidth, node.clientHeight]);

/** The words of the picture that stands for something. */
const wordsIn = (image: Locator) =>
  image.evaluate((node) => decodeURIComponent("src" in node ? String(node.src) : ""));

test("[M6] what can't be carried is a labelled box, as large as in the page", async () => {
  const { mirror } = pair.desk;
  await visit(`https://${WWW}/cadres/`);
  for (const [name, words] of [
    ["#affluence", "Dessin non transmis"],
    ["#visite", "Vidéo non transmise"],
    ["#annonce", "Son non transmis"],
    ["#plan", "Image non transmise"],
  ] as const) {
    const box = mirror.locator(name);
    await expect.poll(() => wordsIn(box), { message: name }).toContain(words);
    const wanted = await boxSize(tab.locator(name));
    await expect.poll(() => boxSize(box), { message: name }).toEqual(wanted);
  }
  await expect(mirror.locator("#sonnerie")).toHaveCount(1);
  await expect(mirror.locator("#sonnerie")).toBeHidden();
  const background = (frame: string) => styleOf(mirror.locator(frame), "background-image");
  expect(decodeURIComponent(await background("#ailleurs"))).toContain("Cette partie n’est pas");
  await expect.poll(() => background("#messagerie")).toBe("none");
  await expect.poll(() => background("#interne")).toBe("none");
  // What a script makes of it later is told too.
  await tab.locator("#affluence").evaluate((node) => node.setAttribute("width", "300"));
  await expect
    .poll(() => mirror.locator("#affluence").evaluate((node) => node.clientWidth))
    .toBe(300);
});

test("[M6] the helper reads that a page may look different when a style sheet can't be carried", async () => {
  const notice = pair.desk.page.frameLocator(PLAYER).getByRole("status");
  await visit(`https://${HOSTILE}/grand`);
  await expect(notice).toBeHidden();
  await tab.evaluate((host) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `https://${host}/carte.css`;
    document.head.append(link);
  }, ELSEWHERE);
  await expect(tab.locator("h1").first()).toHaveCSS("color", "rgb(20, 60, 110)");
  await expect(notice).toHaveText(/cette page peut avoir un autre aspect/);
  await expectAccessible(pair.desk.page, "the console with a notice");
  await visit(`https://${WWW}/`);
  await expect(notice).toBeHidden();
});

test("[V2] a screen reader is told the element's own name, and never what a field holds", async () => {
  const { desk } = pair;
  for (const [path, element, name] of [
    ["/", "main img", "Une maison parmi les haies"],
    ["/", "main h1", "Une aide pour votre logement, près de chez vous"],
    ["/demarche/etape-1", "#nom", "Nom de famille"],
    ["/demarche/etape-1", "input[type=radio]", "seul ou seule"],
    ["/demarche/etape-1", "legend", "Vous vivez"],
    ["/espace/", "main input", "Référence"],
  ] as const) {
    const url = `https://${WWW}${path}`;
    if (tab.url() !== url) await visit(url);
    await desk.clickMirror(desk.mirror.locator(element).first());
    await expect.poll(() => shared.announced()).toBe(`${NAMES.helper} vous montre\u00a0: ${name}.`);
  }
});

test("the beneficiary's pointer and clicks are seen where they are", async () => {
  const { desk } = pair;
  await visit(`https://${WWW}/`);
  const player = await boxOf(desk.page.locator(PLAYER));
  const inPage = await boxOf(tab.locator("main h1"));
  /** Its pictures and fonts may still move it. */
  async function placeInMirror(): Promise<{ x: number; y: number }> {
    const inMirror = await boxOf(desk.mirror.locator("main h1"));
    const scale = inMirror.width / inPage.width;
    return { x: inMirror.x + 60 * scale, y: inMirror.y + 20 * scale };
  }
  // A hand that comes to rest: the last of its moves counts.
  await tab.mouse.move(inPage.x, inPage.y);
  await tab.mouse.move(inPage.x + 60, inPage.y + 20, { steps: 12 });
  await expect(async () => {
    const [at, hand] = [await placeInMirror(), await boxOf(desk.drawn(".hand"))];
    expect(Math.hypot(hand.x - at.x, hand.y - at.y)).toBeLessThan(4);
  }).toPass({ timeout: 10_000 });
  const ring = desk.drawn(".click").evaluate((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await tab.mouse.click(inPage.x + 60, inPage.y + 20);
  const [seen, at] = [await ring, await placeInMirror()];
  expect(Math.hypot(player.x + seen.x - at.x, player.y + seen.y - at.y)).toBeLessThan(4);
});

/** In the frame of another host. */
const line = (frame: Pick<Page, "frameLocator">) =>
  frame.frameLocator("#messagerie").getByText("Écrivez à votre conseillère.");

test("[V2] in a frame of another host too: one highlight and one pointer at a time", async () => {
  const { desk } = pair;
  const framed = createSharedPage(tab, MESSAGERIE);
  await visit(`https://${WWW}/cadres/`);
  const title = { name: "Écrire à un conseiller" };
  await expect(line(desk.mirror)).toBeVisible();

  await desk.clickMirror(line(desk.mirror));
  await framed.highlights(line(tab));
  expect(await shared.ring()).toBeUndefined();
  await desk.clickMirror(desk.mirror.getByRole("heading", title));
  await shared.highlights(tab.getByRole("heading", title));
  await expect.poll(() => framed.ring()).toBeUndefined();
  await desk.clickMirror(line(desk.mirror));
  await framed.highlights(line(tab));
  await expect.poll(() => shared.ring()).toBeUndefined();

  // The frame itself leaves the window, which its document can't measure.
  await expect(desk.page.getByText(/Maman voit entouré/)).toBeVisible();
  await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(desk.page.getByText(/est plus loin dans la page/)).toBeVisible();
  await tab.evaluate(() => scrollTo(0, 0));
  await expect(desk.page.getByText(/Maman voit entouré/)).toBeVisible();

  await desk.take("Pointer");
  await desk.pointAt(line(desk.mirror));
  await expect.poll(() => framed.part("pointer")).toBeDefined();
  await desk.pointAt(desk.mirror.getByRole("heading", title));
  await expect.poll(() => shared.part("pointer")).toBeDefined();
  // By itself it would go after 5 s.
  await expect.poll(() => framed.part("pointer"), { timeout: 3_000 }).toBeUndefined();
  await desk.take("Montrer");
});

test("the helper leaves: both are told, and nothing is left on the page", async () => {
  const { desk, panel } = pair;
  await desk.button("Quitter").click();
  await desk.page.getByRole("alertdialog").getByRole("button", { name: "Quitter" }).click();
  await panel.over();
  await expect(
    desk.page.getByText(`Vous avez quitté l’aide de ${NAMES.beneficiary}.`),
  ).toBeVisible();
  await expect.poll(() => shared.isClean()).toBe(true);
  await expect(desk.mirrorFrame).toHaveCount(0);
});
