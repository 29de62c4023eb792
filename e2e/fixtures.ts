import { test as base } from "@playwright/test";

import type { Beneficiary } from "./driver/beneficiary.ts";
import type { Helper } from "./driver/helper.ts";
import { launchTestBeneficiary, launchTestHelper } from "./driver/launch-pair.ts";
import { createWorld, type World } from "./driver/world.ts";
import { type Site, startSite } from "./site/server.ts";

interface TestFixtures {
  beneficiary: Beneficiary;
  helper: Helper;
}

interface WorkerFixtures {
  site: Site;
  world: World;
}

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
    const beneficiary = await launchTestBeneficiary(world, site);
    await use(beneficiary);
    await beneficiary.close();
  },
  helper: async ({ world }, use) => {
    const helper = await launchTestHelper(world);
    await use(helper);
    await helper.close();
  },
});

export { expect } from "@playwright/test";
