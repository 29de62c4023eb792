import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { PATH, ROOT } from "../setup/run-command.ts";

const START_MS = 60_000;
const STOP_MS = 12_000;

export interface RunningServer {
  url: string;
  playerUrl: string;
  /** Everything that it wrote, for tests that look for secrets in logs. */
  log(): string;
  /** SIGTERM, as an operator would; resolves when it has gone. */
  stop(): Promise<number | null>;
  /** SIGKILL: as if the machine had failed. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  port: number;
  dataDir: string;
  env?: Record<string, string>;
}

async function untilReady(child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (!/"ready":\s*true/.test(log())) {
    if (child.exitCode !== null) throw new Error(`the server did not start:\n${log()}`);
    if (Date.now() > deadline) throw new Error(`the server is not ready:\n${log()}`);
    await delay(50);
  }
}

/** `node server/main.ts` as it is shipped, with a data folder of its own. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const url = `http://localhost:${options.port}`;
  const playerUrl = `http://player.localhost:${options.port}`;
  const child = spawn(process.execPath, ["server/main.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH,
      PORT: String(options.port),
      PUBLIC_URL: url,
      PLAYER_URL: playerUrl,
      DATA_DIR: options.dataDir,
      DATABASE_URL: "",
      REDIS_URL: "",
      SMTP_URL: "",
      LIVEKIT_URL: "",
      LIVEKIT_API_URL: "",
      LIVEKIT_API_KEY: "",
      LIVEKIT_API_SECRET: "",
      EPAULE_READY_JSON: "1",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  child.once("exit", () => process.off("exit", killNow));
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
  const gone = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  const log = () => text;
  await untilReady(child, log).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    url,
    playerUrl,
    log,
    stop: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await gone();
      clearTimeout(late);
      return child.exitCode;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await gone();
    },
  };
}
