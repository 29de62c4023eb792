import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { whyNoLiveKit } from "../driver/livekit.ts";
import { createTemporaryFolder, type TemporaryFolder } from "../driver/temporary-folder.ts";
import { prepareVoice } from "./voice.ts";

const noLiveKit = await whyNoLiveKit();
const SERVER = "http://127.0.0.1:9";
const WAIT = { timeout: 15_000 };

let folder: TemporaryFolder;
const said: string[] = [];

beforeEach(async () => {
  folder = await createTemporaryFolder("voice");
  said.length = 0;
  vi.stubEnv("DATA_DIR", folder.path);
  for (const name of ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"])
    vi.stubEnv(name, undefined);
  for (const method of ["log", "error"] as const)
    vi.spyOn(console, method).mockImplementation((line: unknown) => void said.push(String(line)));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await folder.remove();
});

const inFolder = (name: string) => path.join(folder.path, name);
const readPid = async () => Number(await readFile(inFolder("livekit.pid"), "utf8").catch(() => 0));
const answers = async (url = "") =>
  await fetch(url.replace("ws", "http")).then(
    ({ ok }) => ok,
    () => false,
  );
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a voice server that is given is used as it is, and none is run", async () => {
  vi.stubEnv("LIVEKIT_URL", "wss://voice.example.org");
  expect(await prepareVoice()).toBeUndefined();
  expect(said).toEqual([]);
});

test("where there is none to be had, one sentence says how to get one", async () => {
  vi.stubEnv("LIVEKIT_BIN", inFolder("nowhere"));
  expect(await prepareVoice()).toBeUndefined();
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/Go 1\.26.*LIVEKIT_BIN/);
});

test.each(["", "{", "{}", JSON.stringify({ key: "a", secret: "short" })])(
  "keys that were damaged on the disk are made anew: %j",
  async (damaged) => {
    vi.stubEnv("LIVEKIT_BIN", process.execPath);
    await writeFile(inFolder("livekit-keys.json"), damaged);
    const voice = await prepareVoice();
    expect(voice?.env["LIVEKIT_API_SECRET"]?.length).toBeGreaterThanOrEqual(32);
    expect(said).toEqual([]);
  },
);

describe.skipIf(noLiveKit)(`the voice beside the server ${noLiveKit ?? ""}`, () => {
  test("comes back when it dies, says so once, and goes with the server", async () => {
    const voice = await prepareVoice();
    expect(await answers(voice?.env["LIVEKIT_URL"])).toBe(false);
    voice?.start(SERVER);
    await expect.poll(() => answers(voice?.env["LIVEKIT_URL"]), WAIT).toBe(true);
    await expect.poll(readPid, WAIT).toBeGreaterThan(0);
    const first = await readPid();
    for (const name of ["livekit-keys.json", "livekit.json", "livekit.log"])
      expect((await stat(inFolder(name))).mode & 0o777).toBe(0o600);
    const secret = voice?.env["LIVEKIT_API_SECRET"] ?? "";
    expect(await readFile(`/proc/${first}/cmdline`, "utf8").catch(() => "")).not.toContain(secret);

    process.kill(first, "SIGKILL");
    await expect.poll(readPid, WAIT).not.toBe(first);
    expect(await answers(voice?.env["LIVEKIT_URL"])).toBe(true);
    expect(said).toHaveLength(2);

    const started = Date.now();
    await voice?.stop();
    expect(Date.now() - started).toBeLessThan(4_000);
    expect(await answers(voice?.env["LIVEKIT_URL"])).toBe(false);
    expect(await readPid()).toBe(0);

    // The same keys the next time: what a session of before holds is still understood.
    expect((await prepareVoice())?.env["LIVEKIT_API_SECRET"]).toBe(secret);
  }, 40_000);

  test("one that a killed start left is ended by the next one", async () => {
    const script = `
      import { prepareVoice } from ${JSON.stringify(new URL("voice.ts", import.meta.url).href)};
      (await prepareVoice()).start("${SERVER}");
    `;
    const killed = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: "ignore",
      env: process.env,
    });
    await expect.poll(readPid, WAIT).toBeGreaterThan(0);
    const left = await readPid();
    killed.kill("SIGKILL");
    await once(killed, "exit");
    expect(isAlive(left)).toBe(true);
    const voice = await prepareVoice();
    voice?.start(SERVER);
    await expect.poll(readPid, WAIT).not.toBe(left);
    await expect.poll(() => isAlive(left), WAIT).toBe(false);
    await voice?.stop();
  }, 40_000);

  test("a process that has got its number since is left alone", async () => {
    const other = spawn("sleep", ["60"], { stdio: "ignore" });
    await writeFile(inFolder("livekit.pid"), String(other.pid));
    const voice = await prepareVoice();
    voice?.start(SERVER);
    await expect.poll(readPid, WAIT).not.toBe(other.pid);
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill();
    await voice?.stop();
  }, 40_000);
});
