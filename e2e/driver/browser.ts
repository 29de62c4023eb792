import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";

import { createTemporaryFolder } from "./temporary-folder.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
];

export interface Viewport {
  width: number;
  height: number;
}

export interface BrowserOptions {
  executablePath: string;
  headless: boolean;
  viewport: Viewport;
  extension?: string;
  /** Names that this browser finds on a loopback port. */
  hosts?: ReadonlyMap<string, number>;
  /** Any name but those and `localhost` is unknown: a test asks nothing of the network. */
  closed?: boolean;
  env?: Record<string, string>;
  /** For the benchmark's plain rrweb, which sends from the page itself. */
  bypassPolicy?: boolean;
  flags?: readonly string[];
}

export interface RunningBrowser {
  context: BrowserContext;
  /** A session on the browser itself. */
  session: CDPSession;
  /** `http://127.0.0.1:PORT`, for whoever else wants to connect. */
  cdpUrl: string;
  /**
   * By a connection of its own, made now: Playwright lists the side panel as a page only when it
   * was open before.
   */
  findPage(wanted: (url: string) => boolean): Promise<Page>;
  close(): Promise<void>;
}

const FIND_ATTEMPTS = 50;

function hostRules(options: BrowserOptions): string[] {
  const mapped = [...(options.hosts ?? [])].map(([name, port]) => `MAP ${name} 127.0.0.1:${port}`);
  const shut = ["MAP * ~NOTFOUND", "EXCLUDE localhost", "EXCLUDE *.localhost", "EXCLUDE 127.0.0.1"];
  const rules = [...mapped, ...(options.closed ? shut : [])];
  return rules.length > 0 ? [`--host-resolver-rules=${rules.join(", ")}`] : [];
}

/** A browser process of its own, with an empty profile that goes with it. */
export async function launchBrowser(options: BrowserOptions): Promise<RunningBrowser> {
  const profile = await createTemporaryFolder("browser");
  const { extension, viewport } = options;
  const context = await chromium.launchPersistentContext(profile.path, {
    executablePath: options.executablePath,
    headless: options.headless,
    viewport,
    locale: "fr-FR",
    bypassCSP: options.bypassPolicy ?? false,
    ignoreDefaultArgs: ["--disable-extensions", "--hide-scrollbars"],
    handleSIGINT: false,
    handleSIGTERM: false,
    env: { ...process.env, LANGUAGE: "fr", LANG: "fr_FR.UTF-8", ...options.env },
    args: [
      ...FLAGS,
      ...(options.flags ?? []),
      "--lang=fr",
      "--accept-lang=fr",
      `--window-size=${viewport.width + 420},${viewport.height + 140}`,
      ...hostRules(options),
      ...(options.hosts ? ["--ignore-certificate-errors"] : []),
      ...(extension
        ? [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]
        : []),
    ],
  });
  const active = await readFile(path.join(profile.path, "DevToolsActivePort"), "utf8");
  const cdpUrl = `http://127.0.0.1:${active.split("\n")[0]}`;
  const connection = await chromium.connectOverCDP(cdpUrl);
  const connections = [connection];
  return {
    context,
    session: await connection.newBrowserCDPSession(),
    cdpUrl,
    findPage: async (wanted) => {
      for (let attempt = 0; attempt < FIND_ATTEMPTS; attempt += 1) {
        const fresh = await chromium.connectOverCDP(cdpUrl);
        const pages = fresh.contexts().flatMap((one) => one.pages());
        const page = pages.find((candidate) => wanted(candidate.url()));
        connections.push(fresh);
        if (page) return page;
        await fresh.close();
        await delay(100);
      }
      throw new Error("no such page is open");
    },
    close: async () => {
      for (const one of connections) await one.close().catch(() => undefined);
      await context.close().catch(() => undefined);
      await profile.remove();
    },
  };
}
