import { type Host, hostPattern } from "../../shared/sites.ts";
import { browser } from "./browser.ts";

/** In the click's own task, from an extension page: the browser asks the person, or says no. */
export function requestHosts(hosts: readonly Host[]): Promise<boolean> {
  return browser.permissions.request({ origins: hosts.map(hostPattern) });
}

export async function removeHosts(hosts: readonly Host[]): Promise<void> {
  await browser.permissions.remove({ origins: hosts.map(hostPattern) });
}

/** No host permission outlives its session. */
export async function removeEveryHost(): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll();
  if (origins.length > 0) await browser.permissions.remove({ origins });
}
