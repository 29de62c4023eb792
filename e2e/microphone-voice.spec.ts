import { goLive, NAMES } from "./driver/bring-live.ts";
import { AUDIBLE_DB, type Ears, earsOfPage, NEAR_HZ, SILENT_DB } from "./driver/ears.ts";
import { whyNoLiveKit } from "./driver/livekit.ts";
import { answerMicrophone } from "./driver/microphone.ts";
import { KEEP_MICROPHONE, PLUG_IN, UNPLUG } from "./driver/plug.ts";
import { writeTone } from "./driver/tone.ts";
import { createVoicePair, type VoicePair } from "./driver/voice-pair.ts";
import { expect, test } from "./fixtures.ts";
import { WWW } from "./site/hosts.ts";

const HOME = `https://${WWW}/`;
const STEP_1 = `https://${WWW}/demarche/etape-1`;
const BENEFICIARY_HZ = 440;

/** A live session in which the helper's computer has no microphone, and the beneficiary's fails. */
test.describe.configure({ mode: "serial" });

let pair: VoicePair;
let helperHears: Ears;

const reason = await whyNoLiveKit();
test.skip(reason !== undefined, reason);

test.beforeAll(async ({ site }) => {
  test.setTimeout(180_000);
  pair = await createVoicePair({
    site,
    url: HOME,
    beneficiaryHears: (file) => writeTone(file, BENEFICIARY_HZ),
  });
  helperHears = earsOfPage(pair.two.helper.page);
  await pair.host.evaluate(KEEP_MICROPHONE);
  await goLive(pair, { first: true });
});

test.afterAll(async () => {
  await pair?.close();
});

/** In the panel, what the voice is. */
function panelSays() {
  const { panel } = pair;
  return panel.page
    .getByRole("region", { name: `Parler avec ${NAMES.helper}` })
    .getByRole("status")
    .first();
}

async function theBeneficiaryIsHeard(): Promise<void> {
  await expect(panelSays()).toHaveText(
    `Votre micro est ouvert\u00A0: ${NAMES.helper} vous entend.`,
    { timeout: 30_000 },
  );
  await expect
    .poll(async () => {
      const heard = await helperHears.listen(1_000);
      return heard.decibels > AUDIBLE_DB && Math.abs(heard.hertz - BENEFICIARY_HZ) < NEAR_HZ;
    })
    .toBe(true);
}

async function nobodyIsHeard(): Promise<void> {
  await expect.poll(async () => (await helperHears.listen(1_000)).decibels).toBeLessThan(SILENT_DB);
}

/** The page that is shown goes on being seen. */
async function theSessionGoesOn(url: string): Promise<void> {
  const { tab } = pair.beneficiary;
  await tab.goto(url);
  const title = await tab.getByRole("heading", { level: 1 }).innerText();
  await expect(pair.desk.mirror.getByRole("heading", { level: 1 }).first()).toHaveText(title);
  await expect(pair.desk.status()).toHaveText("En direct");
}

test("[A6] a helper without a microphone hears, and both read that there is none", async () => {
  await theBeneficiaryIsHeard();
  await expect(pair.desk.voiceLine()).toContainText("Aucun micro n’a été trouvé.");
  await expect(
    pair.panel.page.getByText(`${NAMES.helper} n’a pas de micro. Lisez ses messages ici.`),
  ).toBeVisible();
  await theSessionGoesOn(STEP_1);
});

test("[A6] a microphone that is refused meanwhile goes silent, both read it, and it comes back", async () => {
  const { beneficiary } = pair;
  const origin = `chrome-extension://${beneficiary.extensionId}`;
  await answerMicrophone(beneficiary.browser, origin, "denied");
  await expect(panelSays()).toHaveText(
    `${NAMES.helper} ne vous entend pas\u00A0: le navigateur refuse votre micro.`,
  );
  await expect(pair.desk.voiceLine()).toContainText(
    `${NAMES.beneficiary} n’a pas autorisé son micro.`,
  );
  await nobodyIsHeard();
  await theSessionGoesOn(HOME);
  await answerMicrophone(beneficiary.browser, origin, "granted");
  await theBeneficiaryIsHeard();
  await expect(pair.desk.voiceLine()).not.toContainText("n’a pas autorisé");
});

test("[A6] a microphone that is unplugged is said to both, and taken up when it is plugged in again", async () => {
  await pair.host.evaluate(UNPLUG);
  await expect(panelSays()).toContainText(
    `${NAMES.helper} ne vous entend pas\u00A0: aucun micro ne répond.`,
  );
  await expect(pair.desk.voiceLine()).toContainText(`${NAMES.beneficiary} n’a pas de micro.`);
  await nobodyIsHeard();
  await theSessionGoesOn(STEP_1);
  await pair.host.evaluate(PLUG_IN);
  await theBeneficiaryIsHeard();
  await expect(pair.desk.voiceLine()).not.toContainText("n’a pas de micro");
});
