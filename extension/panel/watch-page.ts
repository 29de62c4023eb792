import { type Host, hostOf } from "../../shared/sites.ts";
import { findHere, type Here, ownWindow, watchHere } from "../platform/tabs.ts";

/** The page in front, as far as it matters here. `unknown`: the browser does not tell before the icon is clicked. */
export type PageState = { is: "unknown" } | { is: "refused" } | { is: "fit"; host: Host };

/** A click on the icon tells us the address, and the browser has no event for it. */
const LOOK_AGAIN_MS = 1_000;

export type WatchedPage = {
  state: () => PageState;
  listen: (changed: () => void) => () => void;
};

const UNKNOWN: PageState = { is: "unknown" };

export function pageState(url: string | undefined): PageState {
  if (url === undefined) return UNKNOWN;
  const host = hostOf(url);
  return host ? { is: "fit", host } : { is: "refused" };
}

/** Starts at once, for as long as this panel is open. `moved`: the page in front is another one. */
export function watchPage(moved: (here: Here) => void): WatchedPage {
  const listeners = new Set<() => void>();
  let state = UNKNOWN;
  let last: Here | undefined;

  function look(here: Here): void {
    if (last && here.tab === last.tab && here.url === last.url) return;
    last = here;
    moved(here);
    state = pageState(here.url);
    for (const listener of listeners) listener();
  }

  async function start(): Promise<void> {
    const window = await ownWindow();
    watchHere(window, look);
    setInterval(() => {
      if (last?.url === undefined && document.visibilityState === "visible")
        findHere(window).then(look, () => undefined);
    }, LOOK_AGAIN_MS);
  }
  void start();

  return {
    state: () => state,
    listen(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
