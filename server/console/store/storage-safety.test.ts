import { describe, expect, test } from "vitest";

import { askToKeep } from "./storage-safety.ts";

const GIB = 2 ** 30;

const CHROME = { vendor: "Google Inc.", userAgent: "Mozilla/5.0 Chrome/140.0 Safari/537.36" };
const FIREFOX = { vendor: "", userAgent: "Mozilla/5.0 (X11; rv:140.0) Gecko Firefox/140.0" };
const SAFARI = {
  vendor: "Apple Computer, Inc.",
  userAgent: "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
};
/** An application's own window, which is none of Safari's. */
const WEB_VIEW = {
  vendor: "Apple Computer, Inc.",
  userAgent: "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15",
};

type Kind = typeof CHROME;
type Storage = Pick<StorageManager, "persist" | "getDirectory" | "estimate">;

/** What a browser of this kind answers; what a row does not name is as in an ordinary window. */
function browser(kind: Kind, answers: Partial<Storage> = {}) {
  const asked: string[] = [];
  const storage = {
    persist: async () => false,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody looks inside
    getDirectory: async () => ({}) as FileSystemDirectoryHandle,
    estimate: async () => ({ quota: 100 * GIB }),
    persisted: async () => false,
    ...answers,
  };
  const told = {
    ...storage,
    persist: () => {
      asked.push("persist");
      return storage.persist();
    },
  };
  return { browser: { ...kind, storage: told }, asked };
}

const yes = async () => true;
const rejects = async () => {
  throw new TypeError("not here");
};
const refuses = async () => {
  throw new DOMException("denied", "SecurityError");
};

describe("what can be expected of a browser's memory", () => {
  test.each([
    ["a yes is a yes, in any browser", CHROME, { persist: yes }, "kept"],
    ["a yes is a yes, in Safari too", SAFARI, { persist: yes }, "kept"],
    ["a no in Chrome: it may be evicted", CHROME, {}, "unsure"],
    ["a no in Firefox: it may be evicted", FIREFOX, {}, "unsure"],
    ["a no in Safari: seven days", SAFARI, {}, "seven-days"],
    ["Apple's engine outside of Safari keeps no such count", WEB_VIEW, {}, "unsure"],
    ["an answer that fails is a no", CHROME, { persist: rejects }, "unsure"],
    ["an answer that fails is a no, in Safari too", SAFARI, { persist: rejects }, "seven-days"],
    [
      "a private window of Firefox has no file system",
      FIREFOX,
      { getDirectory: refuses },
      "private",
    ],
    ["a private window of Safari has none either", SAFARI, { getDirectory: refuses }, "private"],
    [
      "a private window forgets, whatever it promised",
      FIREFOX,
      { getDirectory: refuses, persist: yes },
      "private",
    ],
    [
      "a browser without a file system is not private for that",
      FIREFOX,
      { getDirectory: rejects },
      "unsure",
    ],
  ] as const)("%s", async (_name, kind, answers, expected) => {
    expect(await askToKeep(browser(kind, answers).browser, undefined)).toBe(expected);
  });

  test.each([
    ["bounded by memory: private", 1.9 * GIB, "private"],
    ["exactly twice the heap: not", 2 * GIB, "unsure"],
    ["bounded by disk: not", 60 * GIB, "unsure"],
  ] as const)("Chrome's quota, %s", async (_name, quota, expected) => {
    const { browser: chrome } = browser(CHROME, { estimate: async () => ({ quota }) });
    expect(await askToKeep(chrome, GIB)).toBe(expected);
  });

  test("a quota that is not told says nothing", async () => {
    for (const estimate of [rejects, async () => ({})])
      expect(await askToKeep(browser(CHROME, { estimate }).browser, GIB)).toBe("unsure");
  });

  test("a small quota says nothing where the heap's limit is unknown", async () => {
    const small = browser(FIREFOX, { estimate: async () => ({ quota: 1 }) });
    expect(await askToKeep(small.browser, undefined)).toBe("unsure");
  });

  test("the browser is asked once, and a private window not at all: it would say yes for nothing", async () => {
    const ordinary = browser(CHROME);
    await askToKeep(ordinary.browser, undefined);
    expect(ordinary.asked).toEqual(["persist"]);
    const secret = browser(FIREFOX, { getDirectory: refuses });
    await askToKeep(secret.browser, undefined);
    expect(secret.asked).toEqual([]);
  });
});
