import { z } from "zod";

import { goLive, NAMES } from "./driver/bring-live.ts";
import { AUDIBLE_DB, earsOfPage, earsOfTarget, NEAR_HZ } from "./driver/ears.ts";
import { whyNoLiveKit } from "./driver/livekit.ts";
import { poorLine } from "./driver/shaping/line.ts";
import { writeTone } from "./driver/tone.ts";
import { createVoicePair, HEARD } from "./driver/voice-pair.ts";
import { expect, test } from "./fixtures.ts";
import { WWW } from "./site/hosts.ts";

const BENEFICIARY_HZ = 440;
const HELPER_HZ = 1_000;

const reason = await whyNoLiveKit();
test.skip(reason !== undefined, reason);

/** Where each connection of a document sends its packets, as the browser says. */
const MEDIA_PORTS = `(async () => {
  const ports = [];
  for (const connection of keptConnections) {
    if (connection.connectionState === "closed") continue;
    const report = await connection.getStats();
    for (const entry of report.values())
      if (entry.type === "candidate-pair" && entry.bytesSent > 0)
        ports.push(report.get(entry.remoteCandidateId).port);
  }
  return ports;
})()`;

test("[A5] [L6] on a poor line both hear each other, the mirror follows, and both read how the line is", async ({
  site,
}) => {
  test.setTimeout(120_000);
  const pair = await createVoicePair({
    site,
    url: `https://${WWW}/`,
    beneficiaryHears: (file) => writeTone(file, BENEFICIARY_HZ),
    helperHears: (file) => writeTone(file, HELPER_HZ),
    line: poorLine(),
  });
  const { desk, host, panel, shaped, two } = pair;
  const { tab } = two.beneficiary;
  try {
    await goLive(pair, { first: true });
    await expect(pair.desk.voiceLine()).toContainText(HEARD, { timeout: 30_000 });

    const helperHears = earsOfPage(two.helper.page);
    const beneficiaryHears = earsOfTarget((expression) => host.evaluate(expression));
    const eachHearsTheOther = async () => {
      const [low, high] = await Promise.all([
        helperHears.listen(3_000),
        beneficiaryHears.listen(3_000),
      ]);
      expect(low.decibels, JSON.stringify(low)).toBeGreaterThan(AUDIBLE_DB);
      expect(Math.abs(low.hertz - BENEFICIARY_HZ), JSON.stringify(low)).toBeLessThan(NEAR_HZ);
      expect(high.decibels, JSON.stringify(high)).toBeGreaterThan(AUDIBLE_DB);
      expect(Math.abs(high.hertz - HELPER_HZ), JSON.stringify(high)).toBeLessThan(NEAR_HZ);
    };
    await eachHearsTheOther();

    // Nothing of the voice goes round the line.
    const ports = z.array(z.number()).parse(await host.evaluate(MEDIA_PORTS));
    expect([...new Set(ports)]).toEqual([shaped?.mediaPort]);
    expect(shaped?.line.up.counts.lost).toBeGreaterThan(0);

    // A whole page, while they speak.
    await tab.goto(`https://${WWW}/paiements`);
    const title = await tab.getByRole("heading", { level: 1 }).innerText();
    await expect(desk.mirror.getByRole("heading", { level: 1 }).first()).toHaveText(title, {
      timeout: 30_000,
    });
    await eachHearsTheOther();
    await expect(desk.status()).toHaveText("En direct");

    // The voice server still calls such a line good; it gets worse.
    shaped?.line.up.setLoss(0.2);
    shaped?.line.down.setLoss(0.2);
    await panel.button("Régler le son").click();
    const voice = panel.page.getByRole("region", { name: `Parler avec ${NAMES.helper}` });
    await expect(voice.getByText(/^(?:moyenne|mauvaise)$/).first()).toBeVisible({
      timeout: 30_000,
    });
    await desk.button("Voix").click();
    const settings = desk.page.getByRole("region", { name: "La voix" });
    await expect(settings).toContainText(
      new RegExp(`La ligne de ${NAMES.beneficiary}\\s: (?:moyenne|mauvaise)`),
    );

    // Worse still: the helper reads it beside the mirror, with nothing open.
    await desk.button("Fermer la voix").click();
    shaped?.line.up.setLoss(0.4);
    shaped?.line.down.setLoss(0.4);
    await expect(desk.voiceLine()).toContainText(
      `La ligne de ${NAMES.beneficiary} est mauvaise. Si la voix se coupe, écrivez ou téléphonez.`,
      { timeout: 40_000 },
    );
  } finally {
    await pair.close();
  }
});
