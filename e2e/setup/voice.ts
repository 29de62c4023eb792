import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

import { z } from "zod";

import { freePort, freeUdpPort } from "../driver/free-port.ts";
import { buildLiveKit, canBuildLiveKit, findLiveKit } from "./livekit-binary.ts";
import { type LiveKitProcess, makeLiveKitKeys, runLiveKit } from "./livekit-process.ts";
import { ROOT } from "./run-command.ts";
import { words } from "./words.ts";

const run = promisify(execFile);

const USUAL_PORT = 7880;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Running that long is running: the next stop begins with a short wait again. */
const STEADY_MS = 60_000;

const keysSchema = z.strictObject({ key: z.string().min(1), secret: z.string().min(32) });
const GIVEN = ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"] as const;

/** The voice server that `npm start` runs beside the server. */
export interface Voice {
  /** For the server: where the voice will be, once it is ready. */
  env: Record<string, string>;
  /**
   * Builds what has to be built, and runs it until `stop`. Only once the server of this data folder
   * runs: it is then the only one. `server` is its origin, without TLS.
   */
  start(server: string): void;
  stop(): Promise<void>;
}

/** Nothing to run where a voice server is given, or where there is none to be had: that is said. */
export async function prepareVoice(): Promise<Voice | undefined> {
  if (GIVEN.some((name) => process.env[name])) return undefined;
  const found = await findLiveKit();
  if (!found && !(await canBuildLiveKit())) {
    console.error(words.noVoice);
    return undefined;
  }
  const dataDir = path.resolve(ROOT, process.env["DATA_DIR"] || ".data");
  const files = {
    keys: path.join(dataDir, "livekit-keys.json"),
    config: path.join(dataDir, "livekit.json"),
    log: path.join(dataDir, "livekit.log"),
    pid: path.join(dataDir, "livekit.pid"),
  };
  const known = await readKeys(files.keys).catch(() => undefined);
  // The server says it better, and stops.
  if (!known) return undefined;
  const keys = known;
  const port = (await isFree(USUAL_PORT)) ? USUAL_PORT : await freePort();
  const url = `ws://127.0.0.1:${port}`;
  const stopping = new AbortController();
  let running: LiveKitProcess | undefined;
  let done = Promise.resolve();

  async function keepRunning(server: string): Promise<void> {
    await keepKeys(files.keys, keys);
    await endLeftOver(files);
    if (!found) console.error(words.buildingVoice);
    const binary = found ?? (await buildLiveKit());
    const webhook = `${server}/livekit/webhook`;
    let isFirst = true;
    let wait = FIRST_WAIT_MS;
    while (!stopping.signal.aborted) {
      const udpPort = await freeUdpPort();
      const config = { ...keys, port, udpPort, webhook, maxParticipants: 2 };
      const began = Date.now();
      running = await runLiveKit(binary, files, config).catch(() => undefined);
      if (stopping.signal.aborted) return await running?.stop();
      if (running) {
        await writeFile(files.pid, String(running.pid));
        if (isFirst) console.log(words.voiceReady);
        isFirst = false;
        await running.gone;
      }
      if (stopping.signal.aborted) return;
      if (Date.now() - began > STEADY_MS) wait = FIRST_WAIT_MS;
      console.error(running ? words.voiceAgain : words.voiceFails(files.log));
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    }
  }

  return {
    env: {
      LIVEKIT_URL: url,
      LIVEKIT_API_URL: "",
      LIVEKIT_API_KEY: keys.key,
      LIVEKIT_API_SECRET: keys.secret,
    },
    start(server) {
      done = keepRunning(server).catch((error: unknown) => {
        if (!stopping.signal.aborted) console.error(error instanceof Error ? error.message : error);
      });
    },
    async stop() {
      stopping.abort();
      // A build is not waited for: it ends with this process.
      if (!running) return;
      await running.stop();
      await done;
      await rm(files.pid, { force: true });
    },
  };
}

type Keys = z.infer<typeof keysSchema>;

/**
 * Those of before, or new ones that no disk has yet: making the folder is the server's. A damaged file
 * is worth nothing any more, and is written anew. Rejects where it cannot be read.
 */
async function readKeys(file: string): Promise<Keys> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  try {
    return keysSchema.parse(JSON.parse(text));
  } catch {
    return makeLiveKitKeys();
  }
}

/** So that what a session of before holds is still understood the next time. */
async function keepKeys(file: string, keys: Keys): Promise<void> {
  // A server that keeps all of its data elsewhere has made no folder.
  await mkdir(path.dirname(file), { mode: 0o700 }).catch(() => undefined);
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
  await chmod(file, 0o600);
}

/** One that a killed start left behind: its command line says that it is this folder's. */
async function endLeftOver(files: { config: string; pid: string }): Promise<void> {
  const pid = Number(await readFile(files.pid, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 1) return;
  const command = await commandOf(pid);
  if (!command.includes(`--config ${files.config}`)) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

/** Empty for a process that is no more. */
async function commandOf(pid: number): Promise<string> {
  const linux = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (linux !== undefined) return linux.replaceAll("\0", " ");
  const said = await run("ps", ["-o", "args=", "-p", String(pid)]).catch(() => undefined);
  return said?.stdout ?? "";
}

/** Nobody answers there, on either loopback address. */
async function isFree(port: number): Promise<boolean> {
  const taken = await Promise.all(
    ["127.0.0.1", "::1"].map(
      async (host) =>
        await new Promise<boolean>((resolve) => {
          const socket = connect({ host, port, timeout: 500 });
          const finish = (answers: boolean) => {
            socket.destroy();
            resolve(answers);
          };
          socket.once("connect", () => finish(true));
          socket.once("error", () => finish(false)).once("timeout", () => finish(false));
        }),
    ),
  );
  return !taken.includes(true);
}
