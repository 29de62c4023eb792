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

const FIREFOX: Wanted = {
  name: "Firefox ESR",
  variable: "FIREFOX_BIN",
  paths: [
    "/usr/bin/firefox-esr",
    "/usr/bin/firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
  ],
  packages: ["firefox-esr"],
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

const FAKETIME: Wanted = {
  name: "faketime",
  variable: "FAKETIME_BIN",
  paths: ["/usr/bin/faketime"],
  packages: ["faketime"],
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

/** Where each system keeps its own installer, and how it is asked; the packages' names differ little. */
const INSTALLERS = [
  { at: "/usr/bin/apt-get", says: "apt-get update && apt-get install -y" },
  { at: "/usr/bin/dnf", says: "dnf install -y" },
  { at: "/usr/bin/zypper", says: "zypper install -y" },
  { at: "/usr/bin/pacman", says: "pacman -S --noconfirm" },
  { at: "/sbin/apk", says: "apk add" },
] as const;

/** What to type, on this machine and by this person. */
async function commandFor(wanted: Wanted): Promise<string> {
  const [name = ""] = wanted.packages;
  if (process.platform === "darwin") return `brew install --cask ${name}`;
  for (const { at, says } of INSTALLERS) {
    if (!(await isExecutable(at))) continue;
    const packages = at.endsWith("apt-get") ? wanted.packages.join(" ") : name;
    const isRoot = process.getuid?.() === 0;
    return `${isRoot ? says : says.replaceAll(/(^|&& )/g, "$1sudo ")} ${packages}`;
  }
  return `sudo apt-get update && sudo apt-get install -y ${wanted.packages.join(" ")}`;
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
  throw new Error(words.noBrowser(wanted.name, await commandFor(wanted)));
}

export async function ensureChromium(): Promise<string> {
  return await ensure(CHROMIUM);
}

export async function ensureFirefox(): Promise<string> {
  return await ensure(FIREFOX);
}

/** Why a test that needs this is skipped here; in CI it fails instead. The reason is the words to show. */
export async function whyNot(ensureIt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await ensureIt();
    return undefined;
  } catch (error) {
    if (process.env["CI"] === "true") throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/** A display without a screen, and what presses keys on it: for what CDP cannot reach. */
export async function ensureDisplay(): Promise<{ xvfb: string; xdotool: string }> {
  return { xvfb: await ensure(XVFB), xdotool: await ensure(XDOTOOL) };
}

/** What runs a program by another wall clock: for what takes longer than a test may. */
export async function ensureFaketime(): Promise<string> {
  return await ensure(FAKETIME);
}
