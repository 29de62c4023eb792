import { browser } from "./browser.ts";

/** The page in front. `url` is absent where the browser does not tell us: no icon click, no permission. */
export type Here = { window: number; tab?: number; url?: string };

export async function findHere(window: number): Promise<Here> {
  const [tab] = await browser.tabs.query({ active: true, windowId: window });
  if (tab?.id === undefined) return { window };
  return { window, tab: tab.id, ...(tab.url ? { url: tab.url } : {}) };
}

export async function ownWindow(): Promise<number> {
  const { id } = await browser.windows.getCurrent();
  if (id === undefined) throw new Error("a panel without a window");
  return id;
}

/** Calls back at once and after every change of the page in front. Returns how to stop. */
export function watchHere(window: number, changed: (here: Here) => void): () => void {
  const look = (): void => {
    findHere(window).then(changed, () => changed({ window }));
  };
  browser.tabs.onActivated.addListener(look);
  browser.tabs.onUpdated.addListener(look);
  browser.tabs.onRemoved.addListener(look);
  look();
  return () => {
    browser.tabs.onActivated.removeListener(look);
    browser.tabs.onUpdated.removeListener(look);
    browser.tabs.onRemoved.removeListener(look);
  };
}

/** `undefined` when the tab is gone; without `url` when it is on a page that we may not know. */
export async function findTab(id: number): Promise<{ url?: string; loaded: boolean } | undefined> {
  try {
    const tab = await browser.tabs.get(id);
    return { loaded: tab.status === "complete", ...(tab.url ? { url: tab.url } : {}) };
  } catch {
    return undefined;
  }
}
