import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { openSync, closeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const READY_MS = 20_000;
const STOP_MS = 3_000;

export interface LiveKitConfig {
  port: number;
  udpPort: number;
  key: string;
  secret: string;
  webhook: string;
  maxParticipants: number;
  /** It answers whoever speaks to its port, and looks for nobody. For a line between it and a browser. */
  iceLite?: boolean;
}

export interface LiveKitProcess {
  pid: number;
  /** Resolves when it has gone, whoever ended it. */
  gone: Promise<void>;
  /** SIGTERM, and SIGKILL where that does not do. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export function makeLiveKitKeys(): { key: string; secret: string } {
  return {
    key: `epaule-${randomBytes(6).toString("hex")}`,
    secret: randomBytes(32).toString("base64url"),
  };
}

/** JSON is YAML. Everything on the loopback interface, and no server of anybody else is asked. */
function configText(config: LiveKitConfig): string {
  return JSON.stringify({
    port: config.port,
    bind_addresses: ["127.0.0.1"],
    keys: { [config.key]: config.secret },
    rtc: {
      use_external_ip: false,
      node_ip: "127.0.0.1",
      udp_port: config.udpPort,
      // It would listen on every interface.
      tcp_port: 0,
      enable_loopback_candidate: true,
      use_ice_lite: config.iceLite ?? false,
      ips: { includes: ["127.0.0.0/8"] },
      // Nobody answers there: it keeps clients from the public ones.
      stun_servers: ["127.0.0.1:3478"],
    },
    room: {
      auto_create: false,
      empty_timeout: 60,
      departure_timeout: 10,
      max_participants: config.maxParticipants,
      enabled_codecs: [{ mime: "audio/opus" }, { mime: "audio/red" }],
    },
    webhook: { api_key: config.key, urls: [config.webhook] },
    logging: { level: "warn" },
  });
}

/**
 * Runs livekit-server and resolves once it answers. The keys are in a file that only this account
 * reads, never on the command line. It ends with us at the latest.
 */
export async function runLiveKit(
  binary: string,
  files: { config: string; log: string },
  config: LiveKitConfig,
): Promise<LiveKitProcess> {
  await writeFile(files.config, configText(config), { mode: 0o600 });
  const log = openSync(files.log, "w", 0o600);
  const child = spawn(binary, ["--config", files.config], {
    stdio: ["ignore", log, log],
    // A terminal's Ctrl+C goes to its whole group: who started it ends it, and knows why it ended.
    detached: true,
    // Not ours: LIVEKIT_CONFIG, LIVEKIT_KEYS and the like would win over the file.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
  });
  closeSync(log);
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  const gone = exitOf(child).finally(() => process.off("exit", killNow));
  if (child.pid === undefined) {
    await gone;
    throw new Error("livekit-server cannot be run");
  }
  const started: LiveKitProcess = {
    pid: child.pid,
    gone,
    async stop() {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await gone;
      clearTimeout(late);
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
  if (await answers(config.port, gone)) return started;
  await started.kill();
  throw new Error(`livekit-server does not start: see ${files.log}`);
}

async function exitOf(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) await once(child, "error").catch(() => undefined);
  else if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

async function answers(port: number, gone: Promise<void>): Promise<boolean> {
  const deadline = Date.now() + READY_MS;
  const ended = gone.then(() => true);
  while (Date.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      signal: AbortSignal.timeout(1_000),
    }).catch(() => undefined);
    if (response?.ok) return true;
    if (await Promise.race([ended, delay(50, false)])) return false;
  }
  return false;
}
