import { launchBeneficiary } from "./driver/beneficiary.ts";
import { expect, test } from "./fixtures.ts";
import { ensureChromium } from "./setup/browsers.ts";
import { buildExtension } from "./setup/build.ts";
import { SITE_HOSTS, WWW } from "./site/hosts.ts";

test("the extension installs and does nothing to a page by itself", async ({ site }) => {
  const beneficiary = await launchBeneficiary({
    executablePath: await ensureChromium(),
    headless: true,
    viewport: { width: 1280, height: 800 },
    extension: await buildExtension(),
    hosts: new Map(SITE_HOSTS.map((host) => [host.name, site.port])),
  });
  const { tab } = beneficiary;
  await tab.goto(`https://${WWW}/`);
  await expect(tab.getByRole("heading", { level: 1 })).toHaveText(/Une aide pour votre logement/);
  expect(await tab.evaluate(() => document.documentElement.childElementCount)).toBe(2);
  await beneficiary.close();
});
