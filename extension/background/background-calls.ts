import { createNonce } from "../../shared/ids.ts";
import type { BackgroundCalls } from "../messaging/links.ts";
import { showBadge } from "../platform/badge.ts";
import { browser } from "../platform/browser.ts";
import { injectRecorder, registerRecorder, unregisterRecorder } from "../platform/inject.ts";
import { removeHosts } from "../platform/permissions.ts";
import { closeHost, openHost } from "../platform/session-host.ts";
import { placeOf, watchedPage } from "./watched-page.ts";

const RUN = "run";

/** What the session host may ask; everything here needs more than `chrome.runtime`. */
export function createBackgroundCalls(options: {
  /** A session is there: watch over its host. */
  watch: () => void;
  unwatch: () => void;
  idle: () => void;
}): BackgroundCalls {
  return {
    async "page.open"({ tab, hosts }) {
      await watchedPage.set({ tab, hosts });
      options.watch();
      await registerRecorder(hosts);
      const place = await placeOf(tab, hosts);
      if (place.at === "inside") await injectRecorder(tab).catch(() => undefined);
      return placeOf(tab, hosts);
    },
    async "page.inject"({ tab }) {
      await injectRecorder(tab);
      return null;
    },
    async "page.close"({ hosts }) {
      await watchedPage.clear();
      options.unwatch();
      await unregisterRecorder();
      await removeHosts(hosts);
      return null;
    },
    "page.find": ({ tab, hosts }) => placeOf(tab, hosts),
    async "badge.show"(badge) {
      await showBadge(badge);
      return null;
    },
    async "browser.run"() {
      const stored = await browser.storage.session.get(RUN);
      const known: unknown = stored[RUN];
      if (typeof known === "string") return known;
      const run = createNonce();
      await browser.storage.session.set({ [RUN]: run });
      return run;
    },
    async "host.open"() {
      await openHost();
      return null;
    },
    "host.lives"() {
      options.watch();
      return Promise.resolve(null);
    },
    async "host.idle"() {
      await closeHost();
      options.idle();
      return null;
    },
  };
}
