import { spawn, type ChildProcess } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";

import { makeDataFolder } from "./db/testing.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const ROOT = join(MAIN, "../..");
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
function start(env: Record<string, string>, parameters = [MAIN]): Started {
  const child = spawn(process.execPath, parameters, {
    env: {
      PATH: process.env.PATH ?? "",
      LANG: "en_US.UTF-8",
      PORT: "0",
      EPAULE_READY_JSON: "1",
      ...env,
    },
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
    expect(second.err).toContain(
      `already open in another process (${one.child.pid}). Stop that server first (kill ${one.child.pid})`,
    );
    expect(second.err.trim().split("\n")).toHaveLength(1);

    // A port that is taken.
    const third = start({ DATA_DIR: newFolder(), PORT: new URL(publicUrl).port });
    expect(await third.exit).toBe(1);
    const port = Number(new URL(publicUrl).port);
    expect(third.err).toContain(
      `The port ${port} is taken, perhaps by an Epaule that already runs`,
    );
    expect(third.err).toContain(`PORT=${port === 65_535 ? 8787 : port + 1}`);

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
    const told = {
      [file]: `${file} is a file, not a folder`,
      [join(file, "data/deep")]: `${file} is a file, not a folder`,
      "/proc/epaule/data": "/proc/epaule/data cannot be written",
    };
    for (const [dataDir, sentence] of Object.entries(told)) {
      const one = start({ DATA_DIR: dataDir });
      expect(await one.exit).toBe(1);
      expect(one.err).toContain(sentence);
      expect(one.err.trim().split("\n")).toHaveLength(1);
    }
  });

  test("what is wrong is told in French where the terminal does not speak English", async () => {
    const one = start({ LANG: "C.UTF-8", DATA_DIR: "/proc/epaule/data" });
    expect(await one.exit).toBe(1);
    expect(one.err).toBe(
      "Le dossier de données /proc/epaule/data ne peut pas être écrit. Donnez à ce compte le droit d’y écrire, " +
        "ou choisissez un autre dossier avec DATA_DIR.\n",
    );
  });

  test("an SMTP_URL that is none is one clear sentence without what it was, exit 1", async () => {
    const one = start({ DATA_DIR: newFolder(), SMTP_URL: "smtp://epaule:hunter2@mail:what" });
    expect(await one.exit).toBe(1);
    expect(one.err).toContain("SMTP_URL: must be like smtp://");
    expect(one.err).not.toContain("hunter2");
    expect(one.err.trim().split("\n")).toHaveLength(1);
  });

  test("production refuses addresses under which nobody could be helped, exit 1", async () => {
    const url = "https://epaule.example";
    const production = (env: Record<string, string>) =>
      start({ NODE_ENV: "production", DATA_DIR: "/proc/epaule/data", PUBLIC_URL: url, ...env });
    const same = production({ PLAYER_URL: url });
    const missing = production({});
    const open = production({ PUBLIC_URL: "http://epaule.example", PLAYER_URL: url });
    const misspelt = production({ NODE_ENV: "prod" });
    for (const one of [same, missing, open, misspelt]) expect(await one.exit).toBe(1);
    expect(same.err).toContain("PLAYER_URL must be another origin");
    for (const one of [missing, open])
      expect(one.err).toContain("Production needs PUBLIC_URL and PLAYER_URL");
    expect(misspelt.err).toContain("NODE_ENV: production or development is expected");
  });

  test("without a built console it says so and stops; with one, it says where to go", async () => {
    // The same files, seen from a folder where nothing is built.
    const root = newFolder();
    for (const name of ["server", "shared", "node_modules", "package.json"])
      symlinkSync(join(ROOT, name), join(root, name));
    const parameters = [
      "--preserve-symlinks",
      "--preserve-symlinks-main",
      join(root, "server/main.ts"),
    ];
    const person = { DATA_DIR: await makeDataFolder(), EPAULE_READY_JSON: "" };
    const production = {
      NODE_ENV: "production",
      PUBLIC_URL: "http://localhost:8787",
      PLAYER_URL: "http://player.localhost:8787",
    };
    const bare = start(person, parameters);
    const driven = start({ ...production, DATA_DIR: person.DATA_DIR }, parameters);
    for (const one of [bare, driven]) {
      expect(await one.exit).toBe(1);
      expect(one.err).toBe("The console is not built. Run npm run build first.\n");
    }
    mkdirSync(join(root, ".output/console"), { recursive: true });
    for (const name of ["index.html", "player.html"])
      writeFileSync(join(root, ".output/console", name), "<!doctype html>");

    const built = start(person, parameters);
    await expect.poll(() => built.out, { timeout: 30_000 }).toContain("Epaule is ready: open http");
    expect(built.out).toContain("No mail server: sign-in links appear here");
    built.child.kill("SIGTERM");
    expect(await built.exit).toBe(0);

    // In production all that is said is JSON.
    const ready = start({ ...person, ...production }, parameters);
    await expect.poll(() => ready.err, { timeout: 30_000 }).toContain("the server is ready");
    ready.child.kill("SIGTERM");
    expect(await ready.exit).toBe(0);
    expect(ready.out).toBe("");
    for (const line of ready.err.trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
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
    expect(database.err).toContain(
      "DATABASE_URL does not answer or cannot be migrated (ECONNREFUSED).",
    );
    expect(await bus.exit).toBe(1);
    expect(bus.err).toContain("REDIS_URL does not answer");
  });
});
