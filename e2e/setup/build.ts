import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { ROOT, runCommand } from "./run-command.ts";
import { words } from "./words.ts";

const OUTPUT = path.join(ROOT, ".output");
const LOCK = path.join(OUTPUT, "building.pid");
/** A build takes seconds; a lock older than this is nobody's, whatever it says. */
const STALE_LOCK_MS = 120_000;

/** Where `npm start` and the README say that the built extension is. */
export const EXTENSION_FOLDER = path.join(OUTPUT, "extension/chrome-mv3");

/** All that a build is made of. */
export const SOURCES = {
  extension: [
    "extension",
    "shared",
    "wxt.config.ts",
    "e2e/setup/read-origin.ts",
    "e2e/setup/words.ts",
    "package-lock.json",
  ],
  console: ["server/console", "shared", "package-lock.json"],
} as const;

async function filesUnder(place: string): Promise<string[]> {
  const full = path.join(ROOT, place);
  if ((await stat(full)).isFile()) return [place];
  const entries = await readdir(full, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}

async function hashOf(sources: readonly string[], extra: string): Promise<string> {
  const hash = createHash("sha256").update(extra);
  const lists = await Promise.all(sources.map((source) => filesUnder(source)));
  for (const file of lists.flat().toSorted()) {
    hash.update(file).update(await readFile(path.join(ROOT, file)));
  }
  return hash.digest("hex");
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** False while another holds it. Throws the words to show where nothing can be written. */
async function takeLock(): Promise<boolean> {
  try {
    await mkdir(OUTPUT, { recursive: true });
    await writeFile(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw new Error(words.cannotWrite(OUTPUT), { cause: error });
  }
}

/** Left by a process that died: it was stopped in the middle of a build. */
async function isStale(): Promise<boolean> {
  const since = await stat(LOCK).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  const holder = Number(await readFile(LOCK, "utf8").catch(() => ""));
  if (since > STALE_LOCK_MS || holder === 0) return since > STALE_LOCK_MS;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** By a rename, so that of several who see it only one does it. */
async function breakLock(): Promise<void> {
  const aside = `${LOCK}.${process.pid}`;
  try {
    await rename(LOCK, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw new Error(words.cannotWrite(OUTPUT), { cause: error });
  }
}

/** One build at a time: wxt and Vite write shared folders, and several runs may start at once. */
async function withLock(work: () => Promise<void>): Promise<void> {
  while (!(await takeLock())) {
    if (await isStale()) await breakLock();
    else await delay(100);
  }
  try {
    await work();
  } finally {
    await rm(LOCK, { force: true });
  }
}

interface Build {
  what: string;
  sources: readonly string[];
  extra: string;
  stamp: string;
  result: string;
  run: () => Promise<number>;
}

/** Builds unless the last build was of these very sources. */
async function buildIfStale(build: Build): Promise<void> {
  await withLock(async () => {
    const hash = await hashOf(build.sources, build.extra);
    const built = await readFile(build.stamp, "utf8").catch(() => "");
    const present = await stat(build.result).catch(() => undefined);
    if (built === hash && present) return;
    process.stderr.write(`${words.building(build.what)}\n`);
    await rm(build.stamp, { force: true });
    if ((await build.run()) !== 0) throw new Error(words.buildFailed(build.what));
    await writeFile(build.stamp, hash);
  });
}

/** `tsconfig.json` extends a file that wxt writes: on a fresh clone nothing builds without it. */
async function prepareTypes(env: NodeJS.ProcessEnv): Promise<number> {
  return await runCommand("wxt", ["prepare"], { env, output: "on failure" });
}

export interface ExtensionBuild {
  serverUrl?: string;
  browser?: "chrome" | "firefox";
  /** A folder of the caller's; by default the one in `.output`. */
  outDir?: string;
}

/** Returns the folder to load in a browser. */
export async function buildExtension(options: ExtensionBuild = {}): Promise<string> {
  const { serverUrl = process.env["EPAULE_SERVER"], browser = "chrome" } = options;
  const outDir = options.outDir ?? path.join(OUTPUT, "extension");
  const env = { EPAULE_SERVER: serverUrl, EPAULE_OUT: outDir };
  await mkdir(outDir, { recursive: true });
  await buildIfStale({
    what: words.extension,
    sources: SOURCES.extension,
    extra: `${browser} ${serverUrl ?? ""} ${process.env["EPAULE_VOICE"] ?? ""}`,
    stamp: path.join(outDir, `${browser}.stamp`),
    result: path.join(outDir, `${browser}-mv3/manifest.json`),
    run: async () => {
      const prepared = await prepareTypes(env);
      if (prepared !== 0) return prepared;
      const target = browser === "firefox" ? ["-b", "firefox", "--mv3"] : [];
      return await runCommand("wxt", ["build", ...target], { env, output: "on failure" });
    },
  });
  return path.join(outDir, `${browser}-mv3`);
}

export async function buildConsole(): Promise<void> {
  await buildIfStale({
    what: words.console,
    sources: SOURCES.console,
    extra: "",
    stamp: path.join(OUTPUT, "console.stamp"),
    result: path.join(OUTPUT, "console/index.html"),
    run: async () => {
      const prepared = await prepareTypes({});
      if (prepared !== 0) return prepared;
      const build = ["build", "-c", "server/console/vite.config.ts"];
      return await runCommand("vite", build, { output: "on failure" });
    },
  });
}
