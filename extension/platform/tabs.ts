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

type OwnPage = "/microphone.html" | "/journal.html" | "/receipt.html";

/** A browser asks for the microphone in a tab only. */
export const openMicrophonePage = (): Promise<void> => openOwnPage("/microphone.html");

export const openJournalPage = (): Promise<void> => openOwnPage("/journal.html");

/** To be read large, and printed. */
export const openReceiptPage = (): Promise<void> => openOwnPage("/receipt.html");

/** Our own page, in a tab. */
async function openOwnPage(page: OwnPage): Promise<void> {
  const [from] = await browser.tabs.query({ active: true, currentWindow: true });
  await browser.tabs.create({
    url: browser.runtime.getURL(page),
    ...(from?.id === undefined ? {} : { openerTabId: from.id }),
  });
}

/** Closes this page's tab, and shows the one that it was opened from. */
export async function closeOwnTab(): Promise<void> {
  const own = await browser.tabs.getCurrent();
  if (own?.id === undefined) return;
  if (own.active && own.openerTabId !== undefined)
    await browser.tabs.update(own.openerTabId, { active: true }).catch(() => undefined);
  await browser.tabs.remove(own.id);
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
