import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { makeDataFolder } from "./db/testing.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const readySchema = z.strictObject({
  ready: z.literal(true),
  publicUrl: z.url(),
  playerUrl: z.url(),
});

interface Started {
  child: ChildProcess;
  out: string;
  err: string;
  exit: Promise<number | null>;
}

const started: Started[] = [];
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill("SIGKILL");
});

/** The server as a person starts it, with nothing of our own environment. */
function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? "", PORT: "0", EPAULE_READY_JSON: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  const one: Started = { child, out: "", err: "", exit };
  child.stdout.on("data", (chunk: Buffer) => (one.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (one.err += chunk.toString()));
  started.push(one);
  return one;
}

async function untilReady(one: Started) {
  await expect.poll(() => one.out, { timeout: 30_000 }).toContain("\n");
  return readySchema.parse(JSON.parse(one.out));
}

const newFolder = () => mkdtempSync(join(tmpdir(), "epaule-data-"));

describe("node server/main.ts", { timeout: 60_000 }, () => {
  test("[C6] starts with an empty folder, tells where, and on SIGTERM ends by itself, exit 0", async () => {
    const dataDir = newFolder();
    const one = start({ DATA_DIR: dataDir });
    const { publicUrl, playerUrl } = await untilReady(one);
    expect(publicUrl).toMatch(/^http:\/\/localhost:\d+$/);
    expect(playerUrl).toBe(publicUrl.replace("localhost", "player.localhost"));
    expect((await fetch(`${publicUrl}/readyz`)).status).toBe(200);
    expect(statSync(join(dataDir, "auth-secret")).mode & 0o777).toBe(0o600);

    // A data folder that is already open in another process.
    const second = start({ DATA_DIR: dataDir });
    expect(await second.exit).toBe(1);
    expect(second.err).toContain("already open in another process");
    expect(second.err.trim().split("\n")).toHaveLength(1);

    // A port that is taken.
    const third = start({ DATA_DIR: newFolder(), PORT: new URL(publicUrl).port });
    expect(await third.exit).toBe(1);
    expect(third.err).toContain(`The port ${new URL(publicUrl).port} is taken`);

    const secret = readFileSync(join(dataDir, "auth-secret"), "utf8");
    one.child.kill("SIGTERM");
    expect(await one.exit).toBe(0);
    expect(readdirSync(dataDir)).not.toContain("server.lock");

    // A folder whose server was killed opens again, with the same secret.
    const again = start({ DATA_DIR: dataDir });
    await untilReady(again);
    expect(readFileSync(join(dataDir, "auth-secret"), "utf8")).toBe(secret);
    again.child.kill("SIGKILL");
    await again.exit;
    expect(readdirSync(dataDir)).toContain("server.lock");
    const last = start({ DATA_DIR: dataDir });
    await untilReady(last);
    last.child.kill("SIGINT");
    expect(await last.exit).toBe(0);
  });

  test("a data folder that cannot be written is one clear sentence, exit 1", async () => {
    const file = join(newFolder(), "a-file");
    writeFileSync(file, "");
    const one = start({ DATA_DIR: join(file, "data") });
    expect(await one.exit).toBe(1);
    expect(one.err).toContain("cannot be written");
    expect(one.err.trim().split("\n")).toHaveLength(1);
  });

  test("in production the player needs an origin of its own", async () => {
    const url = "https://epaule.example";
    const one = start({ NODE_ENV: "production", PUBLIC_URL: url, PLAYER_URL: url });
    expect(await one.exit).toBe(1);
    expect(one.err).toContain("PLAYER_URL must be another origin");
  });

  test("a database or a bus that does not answer is one clear sentence, exit 1", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => closed.on("listening", resolve));
    const address = closed.address();
    const port = typeof address === "object" ? address?.port : 0;
    await new Promise((resolve) => closed.close(resolve));
    const database = start({
      DATA_DIR: newFolder(),
      DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none`,
    });
    const bus = start({
      DATA_DIR: await makeDataFolder(),
      REDIS_URL: `redis://127.0.0.1:${port}`,
    });
    expect(await database.exit).toBe(1);
    expect(database.err).toContain("DATABASE_URL does not answer");
    expect(await bus.exit).toBe(1);
    expect(bus.err).toContain("REDIS_URL does not answer");
  });
});
