import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { access, constants, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

import { runCommand } from "./run-command.ts";
import { words } from "./words.ts";

const run = promisify(execFile);

const VERSION = "1.13.5";
const MODULE = `github.com/livekit/livekit-server/cmd/server@v${VERSION}`;
const GO_NEEDED = { major: 1, minor: 26 };
/** Three minutes on two busy cores; a slow machine on a slow line takes several times that. */
const STALE_BUILD_MS = 1_800_000;

async function isExecutable(file: string): Promise<boolean> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return (
    isFile &&
    (await access(file, constants.X_OK).then(
      () => true,
      () => false,
    ))
  );
}

/** Outside of the repository: all its copies share one build. */
function cacheFolder(): string {
  const named = process.env["XDG_CACHE_HOME"];
  return path.join(named || path.join(homedir(), ".cache"), "epaule");
}

function cachedBinary(): string {
  return path.join(cacheFolder(), `livekit-server-${VERSION}`);
}

/** The one named by LIVEKIT_BIN, else on the path, else the one that was built before. */
export async function findLiveKit(): Promise<string | undefined> {
  const named = process.env["LIVEKIT_BIN"];
  if (named) return (await isExecutable(named)) ? path.resolve(named) : undefined;
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder);
  const candidates = [
    ...folders.map((folder) => path.join(folder, "livekit-server")),
    cachedBinary(),
  ];
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

/** Whether there is a Go that can build it. */
export async function canBuildLiveKit(): Promise<boolean> {
  if (process.env["LIVEKIT_BIN"]) return false;
  const said = await run("go", ["env", "GOVERSION"]).catch(() => undefined);
  const version = /^go(\d+)\.(\d+)/.exec(said?.stdout ?? "");
  const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
  return major > GO_NEEDED.major || (major === GO_NEEDED.major && minor >= GO_NEEDED.minor);
}

/** Builds the pinned version with Go, once for all. Throws with the words to show. */
export async function buildLiveKit(): Promise<string> {
  const binary = cachedBinary();
  await mkdir(cacheFolder(), { recursive: true });
  await withLock(`${binary}.building`, async () => {
    if (await isExecutable(binary)) return;
    const folder = `${binary}.${process.pid}`;
    try {
      const code = await runCommand("go", ["install", "-ldflags=-s -w", MODULE], {
        env: { GOBIN: folder },
        output: "on failure",
      });
      if (code !== 0) throw new Error(words.voiceNotBuilt);
      await rename(path.join(folder, "server"), binary);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  return binary;
}

/** Finds it or builds it, saying so on standard error. Throws with the words to show. */
export async function ensureLiveKit(): Promise<string> {
  const found = await findLiveKit();
  if (found) return found;
  if (!(await canBuildLiveKit())) throw new Error(words.noVoice);
  process.stderr.write(`${words.buildingVoice}\n`);
  return await buildLiveKit();
}

/** Two builds at once would take twice as long, each. */
async function withLock(lock: string, work: () => Promise<void>): Promise<void> {
  for (;;) {
    const isOurs = await writeFile(lock, String(process.pid), { flag: "wx" }).then(
      () => true,
      () => false,
    );
    if (isOurs) break;
    if (await isStale(lock)) {
      const aside = `${lock}.${process.pid}`;
      await rename(lock, aside).catch(() => undefined);
      await rm(aside, { force: true });
    } else await delay(500);
  }
  const removeNow = () => rmSync(lock, { force: true });
  process.once("exit", removeNow);
  try {
    await work();
  } finally {
    process.off("exit", removeNow);
    await rm(lock, { force: true });
  }
}

async function isStale(lock: string): Promise<boolean> {
  const since = await stat(lock).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  const holder = Number(await readFile(lock, "utf8").catch(() => ""));
  if (since > STALE_BUILD_MS || holder === 0) return since > STALE_BUILD_MS;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
