import { SITE_HOSTS } from "../site/hosts.ts";
import type { Site } from "../site/server.ts";
import { type Beneficiary, launchBeneficiary } from "./beneficiary.ts";
import { type Helper, launchHelper } from "./helper.ts";
import type { World } from "./world.ts";

const DESK = { width: 1280, height: 800 };
const BIG_DESK = { width: 1720, height: 1080 };

export interface Two {
  beneficiary: Beneficiary;
  helper: Helper;
  close(): Promise<void>;
}

export async function launchTestBeneficiary(
  world: World,
  site: Site,
  change: { headless?: boolean; env?: Record<string, string>; flags?: readonly string[] } = {},
): Promise<Beneficiary> {
  return await launchBeneficiary({
    executablePath: world.chromium,
    headless: true,
    closed: true,
    viewport: DESK,
    extension: world.extension,
    hosts: new Map(SITE_HOSTS.map((host) => [host.name, site.port])),
    ...change,
  });
}

export async function launchTestHelper(
  world: World,
  change: { flags?: readonly string[] } = {},
): Promise<Helper> {
  return await launchHelper({
    executablePath: world.chromium,
    headless: true,
    closed: true,
    viewport: BIG_DESK,
    ...change,
  });
}

/** Two browsers that know nothing of each other yet. */
export async function launchTwo(world: World, site: Site): Promise<Two> {
  const [beneficiary, helper] = await Promise.all([
    launchTestBeneficiary(world, site),
    launchTestHelper(world),
  ]);
  return {
    beneficiary,
    helper,
    close: async () => {
      await Promise.all([beneficiary.close(), helper.close()]);
    },
  };
}
