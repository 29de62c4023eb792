import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { type BrowserContext, chromium } from "@playwright/test";

import { createTemporaryFolder } from "./temporary-folder.ts";

const START_MS = 30_000;

export interface PlainBrowser {
  context: BrowserContext;
  close(): Promise<void>;
}

async function portOf(profile: string, child: ChildProcess): Promise<string> {
  const file = path.join(profile, "DevToolsActivePort");
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const [port] = (await readFile(file, "utf8").catch(() => "")).split("\n");
    if (port) return port;
    await delay(50);
  }
  throw new Error("the browser did not start");
}

/**
 * A browser as a person starts it. One that Playwright starts never hides a tab and never slows one
 * down: whoever looks at what happens behind another tab needs this one.
 */
export async function launchPlainBrowser(options: {
  executablePath: string;
  env: Record<string, string>;
  flags?: readonly string[];
}): Promise<PlainBrowser> {
  const profile = await createTemporaryFolder("browser");
  const child = spawn(
    options.executablePath,
    [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--no-default-browser-check",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--lang=fr",
      "--accept-lang=fr",
      "--window-size=1400,900",
      "--remote-debugging-port=0",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
      `--user-data-dir=${profile.path}`,
      ...(options.flags ?? []),
      "about:blank",
    ],
    {
      detached: true,
      stdio: "ignore",
      env: { ...process.env, LANGUAGE: "fr", LANG: "fr_FR.UTF-8", ...options.env },
    },
  );
  const killNow = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGKILL");
  };
  process.once("exit", killNow);
  const stop = async () => {
    const gone = once(child, "exit");
    killNow();
    if (child.exitCode === null && child.signalCode === null) await gone;
    process.off("exit", killNow);
    await profile.remove();
  };
  try {
    const url = `http://127.0.0.1:${await portOf(profile.path, child)}`;
    const connection = await chromium.connectOverCDP(url, { noDefaults: true });
    const [context] = connection.contexts();
    if (!context) throw new Error("the browser has no window");
    return {
      context,
      close: async () => {
        await connection.close().catch(() => undefined);
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
