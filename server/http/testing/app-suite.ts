import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { createApp } from "../../app.ts";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import { systemClock } from "../../clock.ts";
import { TIMINGS, type Context } from "../../context.ts";
import type { OpenDatabase } from "../../db/client.ts";
import type { TestDatabase } from "../../db/testing.ts";
import { parseEnv } from "../../env.ts";
import type { Log } from "../../log.ts";
import { createHub, type Hub } from "../../relay/hub.ts";
import { createMailbox } from "../../relay/testing/server.ts";

export const PUBLIC = "https://epaule.example";
export const PLAYER = "https://player.example";
export const ON_CONSOLE = { host: "epaule.example" };
export const ON_PLAYER = { host: "player.example" };

function createBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "epaule-console-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>console</title>");
  writeFileSync(join(folder, "player.html"), "<!doctype html><title>player</title>");
  writeFileSync(join(folder, "icon.svg"), "<svg/>");
  writeFileSync(join(folder, "secret.json"), "{}");
  writeFileSync(join(folder, "assets", "main-abc123.js"), "1;");
  writeFileSync(join(folder, "..", "outside.txt"), "outside");
  return folder;
}

/** The whole app for the suite that calls this, on its kind of database, without a socket. */
export function useApp(kind: TestDatabase) {
  let opened: OpenDatabase;
  let hub: Hub;
  let context: Context;
  const mailbox = createMailbox();
  const lines: object[] = [];
  const keep = (fields: object, message: string) => void lines.push({ ...fields, message });
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  const folder = createBuild();

  beforeAll(async () => {
    opened = await kind.open();
    context = {
      db: opened.db,
      bus: createMemoryBus(),
      clock: systemClock,
      log,
      mailer: mailbox,
      livekit: undefined,
      urls: { publicUrl: PUBLIC, playerUrl: PLAYER },
      proxies: parseEnv({}).proxies,
      contact: undefined,
      secret: "a secret for tests, long enough",
      timings: TIMINGS,
    };
    hub = createHub(context);
  });
  afterAll(async () => {
    await hub.drain();
    await opened.close();
  });

  return {
    /** What was logged. */
    lines,
    mailbox,
    get context(): Context {
      return context;
    },
    /** To the console's host, unless another is named. */
    ask: async (path: string, init: RequestInit = {}, change: Partial<Context> = {}) => {
      const app = createApp({ ...context, ...change }, hub, folder);
      const headers = new Headers(init.headers);
      if (!headers.has("host")) headers.set("host", ON_CONSOLE.host);
      return await app.request(path, { ...init, headers });
    },
  };
}
