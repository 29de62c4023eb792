import { beneficiaryOptions } from "./driver/beneficiary-options.ts";
import { launchBeneficiary } from "./driver/beneficiary.ts";
import { goLive, NAMES, pairByLink } from "./driver/bring-live.ts";
import { launchHelper } from "./driver/helper.ts";
import { expectLive, expectMirrored, writeOnPage } from "./driver/live-watch.ts";
import { createLine, type Line } from "./driver/shaping/line.ts";
import { shapeTcp } from "./driver/shaping/tcp.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage } from "./pages/shared-page.ts";
import { WWW } from "./site/hosts.ts";

const WAY = { bitsPerSecond: 20_000_000, delayMs: 5, queueBytes: 250_000, loss: 0 };

/** Nothing comes through any more, and nobody is told: a radio out of reach, not a cable pulled. */
function setCut(line: Line, cut: boolean): void {
  for (const way of [line.up, line.down]) way.setLoss(cut ? 1 : 0);
}

test("[C4] [S4] the network of one of them goes silent: both read it, and it resumes by itself", async ({
  site,
  world,
}) => {
  test.setTimeout(180_000);
  const port = Number(new URL(world.serverUrl).port);
  const lines = [1, 2].map((seed) => createLine({ up: { ...WAY, seed }, down: { ...WAY, seed } }));
  const [ours, theirs] = lines;
  if (!ours || !theirs) throw new Error("no lines");
  const proxies = await Promise.all(lines.map((line) => shapeTcp({ line, target: port })));
  const ports = proxies.map((proxy) => new Map([[port, proxy.port]]));
  const options = beneficiaryOptions(world, site);
  const beneficiary = await launchBeneficiary({ ...options, ports: ports[0] ?? new Map() });
  const helper = await launchHelper({
    executablePath: world.chromium,
    headless: true,
    viewport: { width: 1720, height: 1080 },
    ports: ports[1] ?? new Map(),
  });
  try {
    const { tab } = beneficiary;
    await tab.goto(`https://${WWW}/`);
    const pair = await pairByLink(beneficiary, helper, world.serverUrl);
    const { desk, panel } = pair;
    await goLive(pair, { first: true });
    await expectLive(desk, tab, "Avant le silence");

    for (const [who, line] of [
      ["la personne", ours],
      ["l’aidant", theirs],
    ] as const)
      await test.step(`the line of ${who}`, async () => {
        setCut(line, true);
        await expect(desk.status()).not.toHaveText("En direct", { timeout: 30_000 });
        await panel.seesNothing(NAMES.helper);
        await createSharedPage(tab).bannerSays("la connexion est coupée");
        await writeOnPage(tab, `Écrit sans ${who}`);
        setCut(line, false);
        await expect(desk.status()).toHaveText("En direct", { timeout: 30_000 });
        await expectMirrored(desk, `Écrit sans ${who}`);
        await expectLive(desk, tab, `De retour avec ${who}`);
        await panel.sees(NAMES.helper);
      });
  } finally {
    await Promise.all([beneficiary.close(), helper.close()]);
    for (const line of lines) line.close();
    await Promise.all(proxies.map((proxy) => proxy.close()));
  }
});
