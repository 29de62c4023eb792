import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";

import { createTemporaryFolder } from "./temporary-folder.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
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
  /** A folder of the caller's, which outlives this browser. */
  profile?: string;
  /** Names that this browser finds on a loopback port. */
  hosts?: ReadonlyMap<string, number>;
  /** Ports of this machine that this browser finds behind another: at the end of a line. It is closed. */
  ports?: ReadonlyMap<number, number>;
  /** Any name but those and `localhost` is unknown: a test asks nothing of the network. */
  closed?: boolean;
  env?: Record<string, string>;
  /** For the benchmark's plain rrweb, which sends from the page itself. */
  bypassPolicy?: boolean;
  flags?: readonly string[];
  /** The browser looks for updates of extensions, as it does at people's homes. */
  updates?: boolean;
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

/** It keeps the browser from asking Google anything, and from looking for updates of extensions. */
const QUIET = "--disable-background-networking";

const FIND_ATTEMPTS = 50;
const PORT_FILE = "DevToolsActivePort";

function hostRules(options: BrowserOptions): string[] {
  const mapped = [...(options.hosts ?? [])].map(([name, port]) => `MAP ${name} 127.0.0.1:${port}`);
  const shut = ["MAP * ~NOTFOUND", "EXCLUDE localhost", "EXCLUDE *.localhost", "EXCLUDE 127.0.0.1"];
  const ports = [...(options.ports ?? [])];
  // An EXCLUDE would win over them.
  const behind = [
    ...ports.flatMap(([port, other]) =>
      ["localhost", "127.0.0.1"].map((host) => `MAP ${host}:${port} 127.0.0.1:${other}`),
    ),
    ...["localhost", "*.localhost", "127.0.0.1"].map((host) => `MAP ${host} 127.0.0.1`),
    "MAP * ~NOTFOUND",
  ];
  const rules = [...mapped, ...(ports.length > 0 ? behind : options.closed ? shut : [])];
  return rules.length > 0 ? [`--host-resolver-rules=${rules.join(", ")}`] : [];
}

/** Whoever connects while a page is being made pauses it: the browser's own list is asked first. */
async function waitForTarget(session: CDPSession, wanted: (url: string) => boolean): Promise<void> {
  for (let attempt = 0; attempt < FIND_ATTEMPTS; attempt += 1) {
    const { targetInfos } = await session.send("Target.getTargets");
    if (targetInfos.some(({ url }) => wanted(url))) return;
    await delay(100);
  }
  throw new Error("no such page was opened");
}

/** A browser process of its own; its profile is empty and goes with it, unless it was given one. */
export async function launchBrowser(options: BrowserOptions): Promise<RunningBrowser> {
  const own = options.profile === undefined ? await createTemporaryFolder("browser") : undefined;
  const profile = own?.path ?? options.profile ?? "";
  const { extension, viewport } = options;
  // A browser that was killed left its own behind.
  await rm(path.join(profile, PORT_FILE), { force: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.executablePath,
    headless: options.headless,
    viewport,
    locale: "fr-FR",
    bypassCSP: options.bypassPolicy ?? false,
    ignoreDefaultArgs: ["--disable-extensions", "--hide-scrollbars", QUIET],
    handleSIGINT: false,
    handleSIGTERM: false,
    env: { ...process.env, LANGUAGE: "fr", LANG: "fr_FR.UTF-8", ...options.env },
    args: [
      ...FLAGS,
      ...(options.updates ? [] : [QUIET]),
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
  const active = await readFile(path.join(profile, PORT_FILE), "utf8");
  const cdpUrl = `http://127.0.0.1:${active.split("\n")[0]}`;
  const connection = await chromium.connectOverCDP(cdpUrl);
  const connections = [connection];
  const session = await connection.newBrowserCDPSession();
  return {
    context,
    session,
    cdpUrl,
    findPage: async (wanted) => {
      await waitForTarget(session, wanted);
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
      await own?.remove();
    },
  };
}
