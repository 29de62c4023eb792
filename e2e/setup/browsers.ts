import { access, constants, readdir } from "node:fs/promises";

import { runCommand } from "./run-command.ts";
import { words } from "./words.ts";

interface Wanted {
  name: string;
  variable: string;
  paths: readonly string[];
  packages: readonly string[];
}

const CHROMIUM: Wanted = {
  name: "Chromium",
  variable: "CHROMIUM_BIN",
  paths: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ],
  packages: ["chromium", "fonts-liberation"],
};

const XVFB: Wanted = {
  name: "Xvfb",
  variable: "XVFB_BIN",
  paths: ["/usr/bin/Xvfb"],
  packages: ["xvfb"],
};

const XDOTOOL: Wanted = {
  name: "xdotool",
  variable: "XDOTOOL_BIN",
  paths: ["/usr/bin/xdotool"],
  packages: ["xdotool"],
};

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function find(wanted: Wanted): Promise<string | undefined> {
  const named = process.env[wanted.variable];
  const candidates = named ? [named] : wanted.paths;
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

async function installByApt(wanted: Wanted): Promise<void> {
  process.stderr.write(`${words.installing(wanted.name)}\n`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = ["install", "-y", "--no-install-recommends", ...wanted.packages];
  const lists = await readdir("/var/lib/apt/lists").catch(() => []);
  const fresh = lists.some((name) => name.includes("_Packages"));
  if (!fresh) await runCommand("apt-get", ["update"], { env, output: "stderr" });
  if ((await runCommand("apt-get", install, { env, output: "stderr" })) === 0 || !fresh) return;
  await runCommand("apt-get", ["update"], { env, output: "stderr" });
  await runCommand("apt-get", install, { env, output: "stderr" });
}

/** The executable, installed first where this process may. Throws with the words to show. */
async function ensure(wanted: Wanted): Promise<string> {
  const found = await find(wanted);
  if (found) return found;
  if (process.getuid?.() === 0 && (await isExecutable("/usr/bin/apt-get"))) {
    await installByApt(wanted);
    const installed = await find(wanted);
    if (installed) return installed;
  }
  const command = `sudo apt-get update && sudo apt-get install -y ${wanted.packages.join(" ")}`;
  throw new Error(words.noBrowser(wanted.name, command));
}

export async function ensureChromium(): Promise<string> {
  return await ensure(CHROMIUM);
}

/** A display without a screen, and what presses keys on it: for what CDP cannot reach. */
export async function ensureDisplay(): Promise<{ xvfb: string; xdotool: string }> {
  return { xvfb: await ensure(XVFB), xdotool: await ensure(XDOTOOL) };
}
