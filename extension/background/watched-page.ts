import { z } from "zod";

import { type Host, hostOf, hostSchema } from "../../shared/sites.ts";
import type { Place } from "../messaging/links.ts";
import { browser } from "../platform/browser.ts";
import { findTab } from "../platform/tabs.ts";

const KEY = "watched";

const watchedSchema = z.strictObject({ tab: z.int(), hosts: z.array(hostSchema).min(1) });
type Watched = z.infer<typeof watchedSchema>;

/** The shared tab, for as long as this run of the browser: a woken worker finds it again. */
export const watchedPage = {
  async get(): Promise<Watched | undefined> {
    const stored = await browser.storage.session.get(KEY);
    return watchedSchema.safeParse(stored[KEY]).data;
  },
  set: (page: Watched): Promise<void> => browser.storage.session.set({ [KEY]: page }),
  clear: (): Promise<void> => browser.storage.session.remove(KEY),
};

export async function placeOf(tab: number, hosts: readonly Host[]): Promise<Place> {
  const found = await findTab(tab);
  if (!found) return { at: "gone" };
  const host = found.url === undefined ? undefined : hostOf(found.url);
  if (host === undefined || !hosts.includes(host)) return { at: "outside" };
  return { at: "inside", host, loaded: found.loaded };
}
