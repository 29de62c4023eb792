import type { Locator, Page } from "@playwright/test";

import { goLive, NAMES } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import {
  AUDIBLE_DB,
  type Ears,
  earsOfTarget,
  HEARD_AGAIN_MS,
  NEAR_HZ,
  SILENT_DB,
} from "./driver/ears.ts";
import { holdKey } from "./driver/held-key.ts";
import { whyNoLiveKit } from "./driver/livekit.ts";
import { answerMicrophone } from "./driver/microphone.ts";
import { keepSounds } from "./driver/sounds.ts";
import { writeTone } from "./driver/tone.ts";
import { createVoicePair, HEARD, type VoicePair } from "./driver/voice-pair.ts";
import { expect, test } from "./fixtures.ts";
import { WWW } from "./site/hosts.ts";

const HOME = `https://${WWW}/`;
const HELPER_HZ = 1_000;
const NUMBER = "06 12 34 56 78";

/** One session, with the real voice server: what the helper sees of the voice, and does with it. */
test.describe.configure({ mode: "serial" });

const reason = await whyNoLiveKit();
test.skip(reason !== undefined, reason);

let pair: VoicePair;
let ears: Ears;
let sounds: Awaited<ReturnType<typeof keepSounds>>;

test.beforeAll(async ({ site }) => {
  test.setTimeout(180_000);
  pair = await createVoicePair({
    site,
    url: HOME,
    beneficiaryHears: (file) => writeTone(file, 440),
    helperHears: (file) => writeTone(file, HELPER_HZ),
  });
  ears = earsOfTarget((expression) => pair.host.evaluate(expression));
  sounds = await keepSounds(pair.desk.page);
  await goLive(pair, { first: true });
  await expect(pair.desk.voiceLine()).toContainText(HEARD);
});

test.afterAll(async () => {
  await pair?.close();
});

/**
 * What a browser does that plays no sound of itself. Each look of the inspector counts as a press, so
 * that the browser of a test always plays: the refusal is made here, what follows it is not.
 */
const REFUSE_SOUND = () => {
  let isPressed = false;
  addEventListener("click", ({ isTrusted }) => (isPressed ||= isTrusted), { capture: true });
  const media = HTMLMediaElement.prototype;
  const play: unknown = Reflect.get(media, "play");
  Reflect.set(media, "play", function (this: HTMLMediaElement) {
    if (isPressed && typeof play === "function") return Reflect.apply(play, this, []);
    return Promise.reject(new DOMException("no press yet", "NotAllowedError"));
  });
  Object.defineProperty(media, "autoplay", {
    get: () => false,
    set() {
      // Whoever asks for it asks in vain.
    },
  });
};

async function expectHeard(): Promise<void> {
  const { decibels, hertz } = await ears.listen(1_000);
  expect(decibels).toBeGreaterThan(AUDIBLE_DB);
  expect(Math.abs(hertz - HELPER_HZ)).toBeLessThan(NEAR_HZ);
}

async function expectSilence(): Promise<void> {
  await expect.poll(async () => (await ears.listen(500)).decibels).toBeLessThan(SILENT_DB);
}

test("[A7] the helper tries their microphone, and chooses how loud, by what and from what", async () => {
  const { desk, panel } = pair;
  const { page } = desk;
  await expect(page.getByText(`${NAMES.beneficiary} parle`)).toBeVisible();
  await expect(desk.phone()).toBeEmpty();

  const voice = await desk.openVoice();
  const level = voice.getByRole("meter", { name: "Ce que votre micro entend" });
  await expect
    .poll(() => level.evaluate((meter) => ("value" in meter ? Number(meter.value) : 0)))
    .toBeGreaterThan(0.05);
  await desk.button("Est-ce qu’on m’entend ?").click();
  await expect(voice.getByText(`Oui. ${HEARD}.`)).toBeVisible();
  await expect(voice.getByText("Votre ligne : bonne")).toBeVisible();

  await voice.getByRole("slider", { name: `Volume de ${NAMES.beneficiary}` }).fill("30");
  await expect.poll(sounds).toMatchObject([{ paused: false, volume: 0.3 }]);

  const speaker = voice.getByLabel("Haut-parleur");
  const loudspeaker = await choose(speaker);
  await expect.poll(sounds).toMatchObject([{ paused: false, speaker: loudspeaker }]);
  const microphone = await choose(voice.getByLabel("Micro", { exact: true }));
  await expect
    .poll(() =>
      page.evaluate<string[]>(
        `keptConnections.flatMap((one) => one.getSenders())
          .flatMap(({ track }) => track?.readyState === "live" ? [track.getSettings().deviceId] : [])`,
      ),
    )
    .toEqual([microphone]);
  await expect(desk.voiceLine()).toContainText(HEARD);
  await expect(expectHeard).toPass({ timeout: HEARD_AGAIN_MS });
  await checkScreen(page, "console: live, the voice");

  await panel.button("Couper mon micro").click();
  await expect(desk.voiceLine()).toContainText(`${NAMES.beneficiary} a coupé son micro.`);
  await expect(page.getByText(`${NAMES.beneficiary} parle`)).toBeHidden();
  await expect(desk.phone()).toBeEmpty();
  await panel.button("Rouvrir mon micro").click();
  await expect(page.getByText(`${NAMES.beneficiary} parle`)).toBeVisible();
  await desk.button("Fermer la voix").click();
});

/** The last of the list; returns its id. */
async function choose(list: Locator): Promise<string> {
  const id = (await list.getByRole("option").last().getAttribute("value")) ?? "";
  expect(id).not.toBe("");
  await list.selectOption(id);
  return id;
}

/** How often the helper's microphone was closed from here on, as their screen says. */
async function countCuts(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`
    globalThis.cuts = 0;
    new MutationObserver((changes) => {
      for (const { target } of changes)
        if (target.textContent === "Vous parlez" && target.dataset.is === "false") cuts += 1;
    }).observe(document.querySelector(".talk-bar"), { subtree: true, attributeFilter: ["data-is"] });
  `);
  return async () => await page.evaluate<number>("cuts");
}

test("[A6] the space bar, held, opens the microphone while the helper points; a lost key closes it", async () => {
  const { desk } = pair;
  const { page } = desk;
  const talking = page.getByText("Vous parlez", { exact: true });
  const tool = page.getByRole("radio", { name: "Montrer" });
  const seen = desk.mirror.getByRole("heading", { level: 1 }).first();
  const line =
    "Votre micro est ouvert tant que vous appuyez sur la barre d’espace, ou sur le bouton.";

  await desk.openVoice();
  await page.getByText("Parler seulement en maintenant une touche").click();
  await desk.button("Fermer la voix").click();
  await expect(desk.voiceLine()).toHaveText(line);
  await expect(talking).toBeHidden();
  await expectSilence();

  await test.step("a tool that the mouse took keeps the focus, and the space bar is not for it", async () => {
    await page.getByRole("radio", { name: "Pointer" }).click();
    await tool.click();
    await expect(tool).toBeFocused();
    const cuts = await countCuts(page);
    const space = await holdKey(page, "Space");
    await expect(talking).toBeVisible();
    await desk.clickMirror(seen);
    await expect(page.getByText(`${NAMES.beneficiary} voit entouré`)).toBeVisible();
    await desk.clickMirror(seen);
    await expectHeard();
    await expect(tool).toBeFocused();
    await expect(desk.voiceLine()).toHaveText(line);
    expect(await cuts()).toBe(0);
    await space.release();
    await expect(talking).toBeHidden();
    await expect(tool).toBeChecked();
    await expectSilence();
  });

  await test.step("a key that is let go unheard, in the mirror", async () => {
    await page.keyboard.down("Space");
    await expect(talking).toBeVisible();
    await desk.clickMirror(seen);
    await expect(talking).toBeHidden({ timeout: 2_000 });
    await expectSilence();
    await page.keyboard.up("Space");
  });

  await test.step("at 100 % the mirror has the focus, and does not scroll", async () => {
    await desk.actualSize();
    const stage = page.getByRole("region", { name: NAMES.beneficiary });
    await stage.focus();
    const before = await seen.boundingBox();
    const space = await holdKey(page, "Space");
    await expect(talking).toBeVisible();
    await space.release();
    await expect(talking).toBeHidden();
    expect(await seen.boundingBox()).toEqual(before);
    await desk.actualSize();
  });

  await test.step("whoever comes by the keyboard presses and writes with the same key", async () => {
    const cuts = await countCuts(page);
    await tool.focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Shift+Tab");
    await expect(tool).toBeFocused();
    await page.keyboard.press("Space");
    await expect(tool).not.toBeChecked();
    await page.keyboard.press("Space");
    await expect(tool).toBeChecked();
    const words = page.getByLabel("Vos mots (facultatif)");
    await words.click();
    await page.keyboard.type("a b");
    await expect(words).toHaveValue("a b");
    await words.fill("");
    expect(await cuts()).toBe(0);
  });

  await test.step("the button, held; and let go with the window", async () => {
    const button = desk.button("Maintenir pour parler");
    await button.hover();
    await page.mouse.down();
    await expect(talking).toBeVisible();
    await page.mouse.up();
    await expect(talking).toBeHidden();
    await page.mouse.down();
    await expect(talking).toBeVisible();
    await page.evaluate("dispatchEvent(new Event('blur'))");
    await expect(talking).toBeHidden();
    await page.mouse.up();
    await expectSilence();
  });

  await desk.openVoice();
  await page.getByText("Parler seulement en maintenant une touche").click();
  await desk.button("Fermer la voix").click();
  await expect(desk.voiceLine()).toContainText(HEARD);
});

test("[A6] a microphone that the helper switched off stays off when they load the console again", async () => {
  const { desk } = pair;
  await desk.button("Couper mon micro").click();
  await expect(desk.voiceLine()).toContainText("Votre micro est coupé");
  await desk.page.reload();
  await desk.live();
  await expect(desk.voiceLine()).toContainText("Votre micro est coupé");
  await expectSilence();
  await desk.button("Rouvrir mon micro").click();
  await expect(desk.voiceLine()).toContainText(HEARD);
  await expect(expectHeard).toPass({ timeout: HEARD_AGAIN_MS });
});

test("[A8] the helper writes and reads messages, knows what arrived, and hears of what comes", async () => {
  const { desk, panel } = pair;
  const { page } = desk;
  const { beneficiary, helper } = NAMES;
  await panel.button("Écrire un message").click();
  const theirs = panel.page.getByLabel(`Écrire à ${helper}`);
  const say = async (words: string) => {
    await theirs.fill(words);
    await theirs.press("Enter");
  };

  await say("Je ne trouve pas.");
  await expect(desk.button("Messages (1 nouveau)")).toBeVisible();
  const aloud = page.getByRole("status").filter({ hasText: `Message de ${beneficiary} :` });
  await expect(aloud).toHaveText(`Message de ${beneficiary} : Je ne trouve pas.`);

  const messages = await desk.openMessages(beneficiary);
  await expect(messages.getByRole("listitem")).toHaveText([/Je ne trouve pas\./]);
  await expect(desk.button("Messages")).toBeVisible();
  const field = messages.getByLabel("Votre message");
  await field.fill("En haut, à droite.");
  await field.press("Enter");
  await expect(field).toHaveValue("");
  const mine = messages.getByRole("listitem").filter({ hasText: "En haut, à droite." });
  await expect(mine).toContainText("Reçu");
  await expect(
    panel.page.getByRole("listitem").filter({ hasText: "En haut, à droite." }),
  ).toBeVisible();
  await field.fill("x".repeat(501));
  await expect(messages.getByText("500 caractères au plus.")).toBeVisible();
  await expect(desk.button("Envoyer le message")).toBeDisabled();
  await field.fill("");
  await checkScreen(page, "console: live, the messages");
  await desk.button("Fermer les messages").click();

  // The same words again are another message: the node is a new one, so it is read again.
  const before = await aloud.locator("span").elementHandle();
  await say("Je ne trouve pas.");
  await expect(desk.button("Messages (1 nouveau)")).toBeVisible();
  expect(await before?.evaluate((node) => node.isConnected)).toBe(false);
});

test("[A9] where the voice can't do, the helper reads to telephone, and the number once it is given", async () => {
  const { desk, panel, two, world } = pair;
  const { page } = desk;
  const { beneficiary } = NAMES;
  await answerMicrophone(two.helper.browser, world.serverUrl, "denied");
  await expect(desk.voiceLine()).toContainText("Le micro est refusé dans ce navigateur.");
  await expect(desk.phone()).toHaveText(
    `Pour vous parler tous les deux, téléphonez à ${beneficiary} au numéro que vous connaissez.`,
  );

  await panel.button("Donner mon numéro de téléphone").click();
  await panel.page.getByLabel("Votre numéro").fill(NUMBER);
  await panel.button(`Donner ce numéro à ${NAMES.helper}`).click();
  await expect(desk.phone()).toContainText(`${beneficiary} vous donne son numéro de téléphone.`);
  const call = desk.phone().getByRole("link", { name: `Appeler le ${NUMBER}` });
  await expect(call).toHaveAttribute("href", "tel:0612345678");
  await checkScreen(page, "console: live, without a microphone, with a number");

  await test.step("a console that was loaded again plays no sound before a press", async () => {
    await page.addInitScript(REFUSE_SOUND);
    await page.reload();
    await desk.live();
    await expect(desk.voiceLine()).toContainText("Le navigateur attend votre accord pour le son.");
    expect((await sounds()).every(({ paused }) => paused)).toBe(true);
    await expect(call).toBeVisible();
    await checkScreen(page, "console: live, the sound refused");
    await desk.button("Activer le son").click();
    await expect(desk.button("Activer le son")).toHaveCount(0);
    await expect.poll(sounds).toMatchObject([{ paused: false }]);
  });

  await panel.button("Reprendre mon numéro").click();
  await expect(call).toHaveCount(0);
  await expect(desk.phone()).toContainText("au numéro que vous connaissez");
  await answerMicrophone(two.helper.browser, world.serverUrl, "granted");
  await expect(desk.voiceLine()).toContainText(HEARD);
  await expect(desk.phone()).toBeEmpty();
});
