import { test as base } from "@playwright/test";

import { type Beneficiary, launchBeneficiary } from "./driver/beneficiary.ts";
import { type Helper, launchHelper } from "./driver/helper.ts";
import { createWorld, type World } from "./driver/world.ts";
import { SITE_HOSTS } from "./site/hosts.ts";
import { type Site, startSite } from "./site/server.ts";

interface TestFixtures {
  beneficiary: Beneficiary;
  helper: Helper;
}

interface WorkerFixtures {
  site: Site;
  world: World;
}

const DESK = { width: 1280, height: 800 };
const BIG_DESK = { width: 1720, height: 1080 };

/** The server, the site and the build live as long as the worker; browsers and their profiles, one test. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright demands a pattern
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],
  world: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright demands a pattern
    async ({}, use) => {
      const world = await createWorld();
      await use(world);
      await world.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  beneficiary: async ({ site, world }, use) => {
    const beneficiary = await launchBeneficiary({
      executablePath: world.chromium,
      headless: true,
      closed: true,
      viewport: DESK,
      extension: world.extension,
      hosts: new Map(SITE_HOSTS.map((host) => [host.name, site.port])),
    });
    await use(beneficiary);
    await beneficiary.close();
  },
  helper: async ({ world }, use) => {
    const helper = await launchHelper({
      executablePath: world.chromium,
      headless: true,
      closed: true,
      viewport: BIG_DESK,
    });
    await use(helper);
    await helper.close();
  },
});

export { expect } from "@playwright/test";
