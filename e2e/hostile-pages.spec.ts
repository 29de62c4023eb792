import type { FrameLocator, Page } from "@playwright/test";

import { goLive, NAMES, type Pair, pairByLink } from "./driver/bring-live.ts";
import { launchTwo, type Two } from "./driver/launch-pair.ts";
import { topLayerOf } from "./driver/top-layer.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage, type SharedPage } from "./pages/shared-page.ts";
import { DSFR, HOSTILE, WWW } from "./site/hosts.ts";

/** One session for all of these pages; the browser test that fails takes its own with it. */
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
  await goLive(pair, { first: true, moreHosts: [HOSTILE, DSFR] });
});

test.afterAll(async () => {
  await two.close();
});

/** Brings the tab to a page and waits until the helper sees it. */
async function visit(url: string): Promise<void> {
  await tab.goto(url);
  const title = await tab.getByRole("heading", { level: 1 }).first().innerText();
  await expect(pair.desk.mirror.getByRole("heading", { level: 1 }).first()).toHaveText(title);
  await shared.bannerSays(`${NAMES.helper} voit cette page`);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The mirror reads as the page does. */
async function expectSameText(timeout = 5_000): Promise<void> {
  await expect(async () => {
    const [page, mirror] = await Promise.all([
      tab.locator("body").innerText(),
      pair.desk.mirror.locator("body").innerText(),
    ]);
    expect(words(mirror)).toEqual(words(page));
  }).toPass({ timeout, intervals: [50] });
}

const act = () => tab.getByRole("button", { name: "Agir" });

test("a page whose DOM methods all throw is mirrored and guided", async () => {
  const { desk } = pair;
  await visit(`https://${HOSTILE}/refus`);
  await expectSameText();
  await act().click();
  await expect(tab.getByText("Clic 1")).toBeVisible();
  await expect(desk.mirror.getByText("Clic 1")).toBeVisible();
  await desk.clickMirror(desk.mirror.getByRole("button", { name: "Agir" }));
  await shared.highlights(act());
});

test("[M7] a page that clobbers names breaks neither the mirror nor the next page", async () => {
  const { desk } = pair;
  await visit(`https://${HOSTILE}/noms`);
  await expectSameText();
  await act().click();
  await expect(desk.mirror.getByText("Les noms sont pris, la page vit.")).toBeVisible();
  await expect(
    desk.mirror.getByText("Un formulaire ajouté, qui cache ce qu’il est."),
  ).toBeVisible();
  await desk.clickMirror(desk.mirror.getByRole("button", { name: "Agir" }));
  await shared.highlights(act());

  await visit(`https://${WWW}/demarche/etape-1`);
  await expectSameText();
  await tab.goBack();
  await expect(desk.mirror.getByRole("heading", { level: 1 })).toHaveText("Des noms pris");
});

for (const kind of ["classes", "textes", "lignes", "ajouts"])
  test(`100,000 changes in a second neither stop the page nor spoil the mirror: ${kind}`, async () => {
    test.setTimeout(60_000);
    const { desk } = pair;
    await visit(`https://${HOSTILE}/deluge`);
    await tab.getByLabel("Ce qui change").selectOption(kind);
    await act().click();
    const calm = tab.locator("#texte");
    await expect(calm).toHaveText(/^Calme après/, { timeout: 20_000 });
    const rows = await tab.locator("li").count();
    await expect(desk.mirror.locator("#texte")).toHaveText(await calm.innerText(), {
      timeout: 2_000,
    });
    await expect(desk.mirror.locator("li")).toHaveCount(rows, { timeout: 100 });
    await expect(desk.mirror.locator("li").last()).toHaveText(
      await tab.locator("li").last().innerText(),
    );
    const result = tab.locator("#resultat");
    await expect(result).toHaveText("Compté");
    expect(Number(await result.getAttribute("data-timer"))).toBeLessThan(1_000);
    await expectSameText(2_000);
  });

test("a page that covers everything does not cover the banner", async () => {
  const { panel } = pair;
  await visit(`https://${HOSTILE}/couverture`);
  await act().click();
  await expect(tab.getByText("La page couvre tout.")).toBeVisible();
  expect((await topLayerOf(tab)).filter((name) => name === "DIV")).toHaveLength(1);
  await shared.press("Pause");
  await panel.seesNothing(NAMES.helper);
  await panel.resume();
  await panel.sees(NAMES.helper);
});

test("a banner taken away once is put back, and the session goes on", async () => {
  const { panel, desk } = pair;
  await visit(`https://${WWW}/`);
  await tab.evaluate(() => document.querySelector("epaule-overlay")?.remove());
  await shared.bannerSays(`${NAMES.helper} voit cette page`);
  await panel.sees(NAMES.helper);
  await expect(desk.status()).toHaveText("En direct");
});

async function isBannerLarge(): Promise<boolean> {
  const box = await shared.part("banner");
  return box !== undefined && box.width > 200 && box.height > 30;
}

const HIDING = {
  "makes everything tiny": () => {
    document.documentElement.style.zoom = "0.02";
    document.body.style.zoom = "50";
  },
  "opens a dialog that is not drawn": () => {
    const dialog = document.createElement("dialog");
    dialog.style.setProperty("display", "none", "important");
    document.body.append(dialog);
    dialog.showModal();
  },
  "opens a dialog whose contents are skipped": () => {
    const dialog = document.createElement("dialog");
    dialog.style.contentVisibility = "hidden";
    document.body.append(dialog);
    dialog.showModal();
  },
};

for (const [how, hide] of Object.entries(HIDING))
  test(`[V4] a page that ${how} hides the banner from nobody who is seen`, async () => {
    const { panel } = pair;
    await visit(`https://${WWW}/`);
    await tab.evaluate(hide);
    // Longer than the overlay takes to follow a dialog into the top layer.
    await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
    const paused = panel.page.getByText("Ce site a effacé plusieurs fois le bandeau d’Epaule.");
    // Either it can be seen, or nothing is.
    await expect
      .poll(async () => (await isBannerLarge()) || (await paused.count()) > 0, { timeout: 5_000 })
      .toBe(true);
    await tab.reload();
    if ((await paused.count()) > 0) await panel.resume();
    await panel.sees(NAMES.helper);
  });

test("a page that takes the banner away three times pauses the mirror, in words", async () => {
  const { panel, desk } = pair;
  await visit(`https://${HOSTILE}/nettoyage`);
  await act().click();
  await panel.seesNothing(NAMES.helper);
  await expect(
    panel.page.getByText("Ce site a effacé plusieurs fois le bandeau d’Epaule.").last(),
  ).toBeVisible();
  await expect(desk.page.getByText("La page a enlevé le bandeau d’Epaule.").first()).toBeVisible();
  await tab.locator("#resultat").evaluate((element) => {
    element.textContent = "Un mot pendant la pause";
  });
  await expect(desk.mirror.getByText("Un mot pendant la pause")).toHaveCount(0);

  await tab.goto(`https://${WWW}/`);
  await panel.resume();
  await panel.sees(NAMES.helper);
  await expect(desk.mirror.getByRole("heading", { level: 1 })).toHaveText(
    await tab.getByRole("heading", { level: 1 }).innerText(),
  );
});

const beyondOf = (frame: Page | FrameLocator) =>
  frame.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
const controlIn = (frame: Page | FrameLocator) =>
  frame.locator("main button:visible, .fr-container button:visible").first();

for (const component of ["form", "accordion", "button"]) {
  test(`a page of the State's design system is mirrored and guided: ${component}`, async () => {
    const { desk } = pair;
    await visit(`https://${DSFR}/example/component/${component}/`);
    const headings = await tab.getByRole("heading").allInnerTexts();
    await expect(desk.mirror.getByRole("heading")).toHaveText(headings);
    const labels = tab.locator("label:visible");
    await expect(desk.mirror.locator("label:visible")).toHaveCount(await labels.count());
    const beyondPage = await beyondOf(tab);
    await expect.poll(() => beyondOf(desk.mirror)).toBeLessThanOrEqual(beyondPage);
    await desk.clickMirror(controlIn(desk.mirror));
    await controlIn(tab).scrollIntoViewIfNeeded();
    await shared.highlights(controlIn(tab));
  });
}

test("a modal dialog is mirrored, and a highlight stands above it", async () => {
  const { desk } = pair;
  await visit(`https://${WWW}/demarche/etape-3`);
  await tab.getByRole("button", { name: "Envoyer ma demande" }).click();
  const confirm = tab.getByRole("button", { name: "Oui, envoyer" });
  await expect(confirm).toBeVisible();
  const seen = desk.mirror.getByRole("button", { name: "Oui, envoyer" });
  await expect(seen).toBeVisible();
  await desk.clickMirror(seen);
  await shared.highlights(confirm);
  expect(await topLayerOf(tab)).toContain("DIALOG");
  await expect.poll(async () => (await topLayerOf(tab)).at(-1)).toBe("EPAULE-OVERLAY");
});

test("a table of 20,000 nodes is mirrored whole", async () => {
  test.setTimeout(60_000);
  const { desk } = pair;
  await visit(`https://${WWW}/paiements`);
  await expect(desk.mirror.locator("tbody tr")).toHaveCount(2_000);
  await expectSameText(20_000);
});
