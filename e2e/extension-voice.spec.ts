import type { Page } from "@playwright/test";

import type { Beneficiary } from "./driver/beneficiary.ts";
import { acceptInvitation, askForHelp, NAMES, openPanel } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { freePort } from "./driver/free-port.ts";
import { launchTestBeneficiary, launchTestHelper } from "./driver/launch-pair.ts";
import { startLiveKit, whyNoLiveKit } from "./driver/livekit.ts";
import { answerMicrophone, FALSE_MICROPHONE } from "./driver/microphone.ts";
import { createNodeHelper, type NodeHelper } from "./driver/node-helper.ts";
import { createWorld, type World } from "./driver/world.ts";
import { expect, test } from "./fixtures.ts";
import { createConsole } from "./pages/console.ts";
import { createSharedPage } from "./pages/shared-page.ts";
import type { SidePanel } from "./pages/side-panel.ts";
import { WWW } from "./site/hosts.ts";
import type { Site } from "./site/server.ts";

const HOME = `https://${WWW}/`;
const { helper: HELPER } = NAMES;

function originOf({ extensionId }: Beneficiary): string {
  return `chrome-extension://${extensionId}`;
}

/** Paired, on a page that can be shown, with the panel open. */
async function pairWithNode(
  world: World,
  site: Site,
  flags: readonly string[],
): Promise<{ beneficiary: Beneficiary; helper: NodeHelper; panel: SidePanel }> {
  const beneficiary = await launchTestBeneficiary(world, site, { flags });
  const helper = await createNodeHelper(world);
  await beneficiary.tab.goto(HOME);
  const panel = await openPanel(beneficiary);
  await acceptInvitation(panel, await helper.invite(), NAMES.helperOwn, HELPER);
  return { beneficiary, helper, panel };
}

async function tabInFront(panel: SidePanel): Promise<number> {
  return await panel.page.evaluate<number>(
    "chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => tab.id)",
  );
}

async function openMicrophonePage(beneficiary: Beneficiary, panel: SidePanel): Promise<Page> {
  const opened = beneficiary.browser.context.waitForEvent("page");
  await panel.button("Activer mon micro").click();
  const page = await opened;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activer votre micro");
  return page;
}

test("[A6] the microphone is allowed on a page of its own, tried there, and not offered again", async ({
  site,
  world,
}) => {
  const { beneficiary, helper, panel } = await pairWithNode(world, site, FALSE_MICROPHONE);
  try {
    await checkScreen(panel.page, "panel: idle, with the microphone's offer");
    const before = await tabInFront(panel);
    const page = await openMicrophonePage(beneficiary, panel);
    expect(await tabInFront(panel)).not.toBe(before);
    await checkScreen(page, "microphone: explained");
    await answerMicrophone(beneficiary.browser, originOf(beneficiary), "granted");
    await page.getByRole("button", { name: "Activer mon micro" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre micro marche");
    const meter = page.getByRole("meter", { name: "Niveau de votre micro" });
    await expect(meter).not.toHaveAttribute("aria-valuenow", "0");
    await expect(page.getByText("C’est bien : votre micro vous entend.")).toBeVisible();
    await checkScreen(page, "microphone: it works");
    const closed = page.waitForEvent("close");
    await page.getByRole("button", { name: "C’est bon, fermer cette page" }).click();
    await closed;
    await expect.poll(() => tabInFront(panel)).toBe(before);
    await expect(panel.button("Activer mon micro")).toHaveCount(0);
  } finally {
    helper.close();
    await beneficiary.close();
  }
});

test("[A6] a microphone that is refused says how to allow it again, and then works", async ({
  site,
  world,
}) => {
  const { beneficiary, helper, panel } = await pairWithNode(world, site, FALSE_MICROPHONE);
  try {
    const page = await openMicrophonePage(beneficiary, panel);
    const title = page.getByRole("heading", { level: 1 });
    await answerMicrophone(beneficiary.browser, originOf(beneficiary), "denied");
    await page.getByRole("button", { name: "Activer mon micro" }).click();
    await expect(title).toHaveText("Le navigateur refuse le micro");
    await expect(page.getByText("À côté de « Micro », choisissez « Autoriser ».")).toBeVisible();
    await checkScreen(page, "microphone: refused");
    await expect(panel.button("Réparer mon micro")).toBeVisible();
    await answerMicrophone(beneficiary.browser, originOf(beneficiary), "granted");
    await page.getByRole("button", { name: "Essayer à nouveau" }).click();
    await expect(title).toHaveText("Votre micro marche");
    await expect(panel.button("Réparer mon micro")).toHaveCount(0);
    // Left for another tab. (A page under test is never hidden by itself.)
    const closed = page.waitForEvent("close");
    await page.evaluate(`
      Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange"));
    `);
    await closed;
  } finally {
    helper.close();
    await beneficiary.close();
  }
});

test("[A6] without a microphone the page says so, and the help goes on without", async ({
  site,
  world,
}) => {
  const { beneficiary, helper, panel } = await pairWithNode(world, site, []);
  try {
    const page = await openMicrophonePage(beneficiary, panel);
    await answerMicrophone(beneficiary.browser, originOf(beneficiary), "granted");
    await page.getByRole("button", { name: "Activer mon micro" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Aucun micro n’est branché");
    await checkScreen(page, "microphone: none");
    const closed = page.waitForEvent("close");
    await page.getByRole("button", { name: "Continuer sans micro" }).click();
    await closed;
    await expect(panel.button(`Demander de l’aide à ${HELPER}`)).toBeVisible();
  } finally {
    helper.close();
    await beneficiary.close();
  }
});

/**
 * What the browser was asked to say aloud. A browser under test has no voice of its own, so it is
 * given one when the test says so.
 */
async function watchSpeech(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`
    globalThis.said = [];
    globalThis.voices = [];
    speechSynthesis.getVoices = () => voices;
    Object.defineProperty(SpeechSynthesisUtterance.prototype, "voice", { writable: true });
    speechSynthesis.speak = (one) => {
      said.push([one.voice.name, one.lang, one.rate, one.text].join(" "));
    };
  `);
  return async () => await page.evaluate<string[]>("said");
}

test("[A8] [A9] messages both ways through a break, read aloud; the number given and taken back", async ({
  site,
  world,
}) => {
  test.setTimeout(150_000);
  const { beneficiary, helper, panel } = await pairWithNode(world, site, []);
  const { page } = panel;
  try {
    await askForHelp({ beneficiary, panel, name: HELPER, first: true });
    const link = await helper.answer(await helper.ring());
    await panel.sees(HELPER);
    // No voice server here: that is said, and the other ways come to the front.
    await expect(page.getByText("La voix n’est pas disponible en ce moment.")).toBeVisible();
    await expect(page.getByLabel("Votre numéro")).toBeVisible();
    await checkScreen(page, "panel: live, without voice");

    await panel.button("Écrire un message").click();
    const field = page.getByLabel(`Écrire à ${HELPER}`);
    await field.fill("Où est le bouton ?");
    await field.press("Enter");
    const mine = page.getByRole("listitem").filter({ hasText: "Où est le bouton ?" });
    await expect(mine).toContainText("Pas encore reçu");
    await expect(field).toHaveValue("");
    const received = () =>
      helper.messages.flatMap((one) => (one.type === "text.message" ? [one] : []));
    await expect.poll(received).toHaveLength(1);

    await world.server.kill();
    await expect(page.getByText(`La connexion avec ${HELPER} est coupée.`).first()).toBeVisible({
      timeout: 30_000,
    });
    await field.fill("Vous êtes là ?");
    await panel.button("Envoyer").click();
    await world.restartServer();
    await expect
      .poll(() => received().map(({ words }) => words), { timeout: 30_000 })
      .toEqual(["Où est le bouton ?", "Où est le bouton ?", "Vous êtes là ?"]);
    await expect.poll(() => link.open).toBe(true);
    for (const { text } of received().slice(1)) await link.send({ type: "text.received", text });
    await expect(mine).toHaveCount(1);
    await expect(mine).toContainText("Reçu");

    const spoken = await watchSpeech(page);
    await link.send({ type: "text.message", text: "A".repeat(22), words: "Regardez en haut." });
    await expect(page.getByRole("listitem").filter({ hasText: "Regardez en haut." })).toHaveCount(
      1,
    );
    await expect.poll(() => helper.messages.some((one) => one.type === "text.received")).toBe(true);
    expect(await spoken(), "off until it is chosen").toEqual([]);
    await panel.button("Lecture à voix haute").click();
    await page.evaluate(`voices = [{ name: "cloud", lang: "fr-FR", localService: false }]`);
    await panel.button("Essayer").click();
    await expect(page.getByText("Ce navigateur ne sait pas lire à voix haute")).toBeVisible();
    expect(await spoken(), "no word leaves the computer to be said").toEqual([]);
    await page.evaluate(`voices.push({ name: "own", lang: "fr-FR", localService: true })`);
    await page.getByLabel(`Lire tout haut ce que ${HELPER} m’écrit`).check();
    await page.getByLabel("Vitesse").selectOption({ label: "Lente" });
    await expect(page.getByLabel(`Lire tout haut ce que ${HELPER} m’écrit`)).toBeChecked();
    // The host has the choice when a trial is as slow as was chosen.
    await expect(async () => {
      await panel.button("Essayer").click();
      expect((await spoken()).at(-1)).toContain("own fr-FR 0.75 ");
    }).toPass({ timeout: 15_000 });
    await page.evaluate("said.length = 0");
    await link.send({
      type: "text.message",
      text: "B".repeat(21) + "A",
      words: "À droite de l’adresse.",
    });
    await expect.poll(spoken).toEqual(["own fr-FR 0.75 À droite de l’adresse."]);
    await expect(page.getByText("Ce navigateur ne sait pas lire à voix haute")).toBeHidden();
    await checkScreen(page, "panel: live, with messages");

    const number = page.getByLabel("Votre numéro");
    await number.fill("allô");
    await panel.button(`Donner ce numéro à ${HELPER}`).click();
    await expect(page.getByText("Écrivez seulement les chiffres").first()).toBeVisible();
    const given = () =>
      helper.messages.flatMap((one) => (one.type === "phone.number" ? [one.number] : []));
    expect(given()).toEqual([]);
    await number.fill("06 12 34 56 78");
    await panel.button(`Donner ce numéro à ${HELPER}`).click();
    await expect(page.getByText(`${HELPER} a votre numéro : 06 12 34 56 78`)).toBeVisible();
    await expect.poll(given).toEqual(["06 12 34 56 78"]);
    await panel.button("Reprendre mon numéro").click();
    await expect.poll(given).toEqual(["06 12 34 56 78", null]);
    await expect(number).toHaveValue("06 12 34 56 78");
    await panel.stop();
    await panel.over();
  } finally {
    helper.close();
    await beneficiary.close();
  }
});

test("[A6] the voice is there by itself, says so everywhere, outlives Pause and ends with Arrêter", async ({
  site,
}) => {
  test.setTimeout(180_000);
  const missing = await whyNoLiveKit();
  test.skip(missing !== undefined, missing);
  const livekit = await startLiveKit({ serverPort: await freePort() });
  const world = await createWorld(livekit.env);
  const beneficiary = await launchTestBeneficiary(world, site, { flags: FALSE_MICROPHONE });
  const helper = await launchTestHelper(world, { flags: FALSE_MICROPHONE });
  try {
    await answerMicrophone(beneficiary.browser, originOf(beneficiary), "granted");
    await answerMicrophone(helper.browser, world.serverUrl, "granted");
    const { tab } = beneficiary;
    const desk = createConsole(helper.page, world.serverUrl);
    await desk.signUp(NAMES.helperOwn);
    const { link } = await desk.invite(NAMES.beneficiary);
    await desk.closeInvitation();
    await tab.goto(HOME);
    const panel = await openPanel(beneficiary);
    await acceptInvitation(panel, link, NAMES.helperOwn, HELPER);
    await askForHelp({ beneficiary, panel, name: HELPER, first: true });
    await desk.answer(NAMES.beneficiary);
    await desk.live();
    const { page } = panel;
    const voice = page.getByRole("region", { name: `Parler avec ${HELPER}` });
    const now = voice.getByRole("status").first();
    const shared = createSharedPage(tab);
    await expect(now).toHaveText(`Votre micro est ouvert : ${HELPER} vous entend.`, {
      timeout: 30_000,
    });
    await shared.bannerSays("Votre micro est ouvert.");
    await checkScreen(page, "panel: live, with the voice");

    await panel.button("Régler le son").click();
    const level = page.getByRole("meter", { name: /^Votre micro/ });
    await expect
      .poll(async () => Number(await level.getAttribute("aria-valuenow")))
      .toBeGreaterThan(1);
    await panel.button("Est-ce qu’on m’entend ?").click();
    await expect(voice.getByText(`Oui. ${HELPER} vous entend.`)).toBeVisible();
    await checkScreen(page, "panel: live, the sound");

    await panel.button("Couper mon micro").click();
    await expect(now).toHaveText(`Votre micro est coupé : ${HELPER} ne vous entend pas.`);
    await shared.bannerSays("Votre micro est coupé.");
    await panel.button("Rouvrir mon micro").click();
    await expect(now).toHaveText(`Votre micro est ouvert : ${HELPER} vous entend.`);

    await panel.pause();
    await expect(voice).toContainText(
      `${HELPER} ne voit plus la page. Vous pouvez encore vous parler.`,
    );
    await expect(now).toHaveText(`Votre micro est ouvert : ${HELPER} vous entend.`);
    await shared.bannerSays("Votre micro est ouvert.");
    await checkScreen(page, "panel: paused, with the voice");
    await panel.resume();
    await panel.sees(HELPER);

    await tab.goto(`https://${WWW}/demarche/etape-1`);
    await shared.bannerSays("Votre micro est ouvert.");
    await expect(now).toHaveText(`Votre micro est ouvert : ${HELPER} vous entend.`);

    await panel.stop();
    await panel.over();
    await expect.poll(() => shared.isClean()).toBe(true);
  } finally {
    await helper.close();
    await beneficiary.close();
    await world.close();
    await livekit.close();
  }
});
