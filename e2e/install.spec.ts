import { readFile } from "node:fs/promises";
import path from "node:path";

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

test("the manifest that is built asks for these permissions and reaches no page by itself", async () => {
  const built = await readFile(path.join(await buildExtension(), "manifest.json"), "utf8");
  const manifest: Record<string, unknown> = JSON.parse(built);
  expect(manifest["permissions"]).toEqual([
    "storage",
    "unlimitedStorage",
    "scripting",
    "activeTab",
    "alarms",
    "sidePanel",
    "offscreen",
  ]);
  expect(manifest["optional_host_permissions"]).toEqual(["<all_urls>"]);
  for (const field of [
    "host_permissions",
    "optional_permissions",
    "content_scripts",
    "web_accessible_resources",
    "externally_connectable",
  ])
    expect(manifest, field).not.toHaveProperty(field);
  expect(built).not.toMatch(/"tabs"|webNavigation/);
});
