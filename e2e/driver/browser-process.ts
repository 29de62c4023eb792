import { setTimeout as delay } from "node:timers/promises";

import type { RunningBrowser } from "./browser.ts";

const GONE_MS = 10_000;

export interface BrowserProcess {
  /** As a laptop that is closed: nothing of the browser runs, and nothing is told to anybody. */
  freeze(): void;
  thaw(): void;
  /** As a crash or a power cut: no time to say or store anything. */
  kill(): Promise<void>;
}

function isThere(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

/** The browser and all its children, which are one process group of their own. */
export async function processOf(browser: RunningBrowser): Promise<BrowserProcess> {
  const { processInfo } = await browser.session.send("SystemInfo.getProcessInfo");
  const group = processInfo.find(({ type }) => type === "browser")?.id;
  if (group === undefined || !isThere(group)) throw new Error("no process group for this browser");
  return {
    freeze: () => void process.kill(-group, "SIGSTOP"),
    thaw: () => void process.kill(-group, "SIGCONT"),
    kill: async () => {
      process.kill(-group, "SIGKILL");
      const deadline = Date.now() + GONE_MS;
      while (isThere(group)) {
        if (Date.now() > deadline) throw new Error("the browser does not die");
        await delay(20);
      }
    },
  };
}
