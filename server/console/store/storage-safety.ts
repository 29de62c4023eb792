/** Whether this browser will still know its key next month. */
export type StorageSafety =
  | "kept"
  /** It may be evicted when the disk is full. */
  | "unsure"
  /** Safari forgets a site's data after 7 days without a visit. */
  | "seven-days"
  /** All is forgotten when the window is closed. */
  | "private";

type Browser = Pick<Navigator, "storage" | "userAgent" | "vendor">;

/** Asks the browser to keep the key, and says what can be expected of it. */
export async function askToKeep(
  browser: Browser,
  heapLimit: number | undefined,
): Promise<StorageSafety> {
  const { storage } = browser;
  if (await looksPrivate(storage, heapLimit)) return "private";
  const kept = await storage.persist().catch(() => false);
  if (kept) return "kept";
  return isSafari(browser) ? "seven-days" : "unsure";
}

function isSafari({ vendor, userAgent }: Browser): boolean {
  return vendor.startsWith("Apple") && /Safari\//.test(userAgent);
}

/**
 * No browser says so. Firefox and Safari refuse a private window its file system; Chrome bounds its
 * quota by memory instead of disk.
 */
async function looksPrivate(
  storage: StorageManager,
  heapLimit: number | undefined,
): Promise<boolean> {
  try {
    await storage.getDirectory();
  } catch (error) {
    if (error instanceof DOMException) return true;
  }
  if (heapLimit === undefined) return false;
  const { quota } = await storage.estimate().catch(() => ({ quota: undefined }));
  return quota !== undefined && quota < 2 * heapLimit;
}
