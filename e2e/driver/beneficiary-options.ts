import { SITE_HOSTS } from "../site/hosts.ts";
import type { Site } from "../site/server.ts";
import type { BrowserOptions } from "./browser.ts";
import type { World } from "./world.ts";

/** The beneficiary's browser of a test, for stories that launch it more than once or in their own way. */
export function beneficiaryOptions(world: World, site: Site): BrowserOptions {
  return {
    executablePath: world.chromium,
    headless: true,
    closed: true,
    viewport: { width: 1280, height: 800 },
    extension: world.extension,
    hosts: new Map(SITE_HOSTS.map((host) => [host.name, site.port])),
  };
}
