import path from "node:path";

import { RoomServiceClient } from "livekit-server-sdk";

import { findLiveKit } from "../setup/livekit-binary.ts";
import { type LiveKitProcess, makeLiveKitKeys, runLiveKit } from "../setup/livekit-process.ts";
import { freePort, freeUdpPort } from "./free-port.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";
import { widenRooms } from "./wider-rooms.ts";

export interface RunningLiveKit {
  /** What browsers and the server connect to. */
  url: string;
  port: number;
  udpPort: number;
  key: string;
  secret: string;
  /** For `startServer({ env })` and `createWorld(env)`. */
  env: Record<string, string>;
  /** As LiveKit itself says. */
  rooms(): Promise<{ name: string; maxParticipants: number }[]>;
  /** SIGTERM. */
  stop(): Promise<void>;
  /** SIGKILL: every call of it ends there and then. */
  kill(): Promise<void>;
  /** SIGSTOP: it is there, keeps everything, and answers nobody. */
  pause(): void;
  resume(): void;
  /** On the same ports, with the same keys and without any memory, after `stop` or `kill`. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Why voice cannot be tested here; what needs it is then skipped, and fails when CI=true. */
export async function whyNoLiveKit(): Promise<string | undefined> {
  if (await findLiveKit()) return undefined;
  const reason = "no livekit-server";
  if (process.env["CI"] === "true") throw new Error(reason);
  return reason;
}

export interface LiveKitOptions {
  /** Of every room, whatever the server asks for: it asks for two. */
  maxParticipants?: number;
  iceLite?: boolean;
}

/** The real livekit-server on free loopback ports; its webhooks go to the server of that port. */
export async function startLiveKit(
  options: LiveKitOptions & { serverPort: number },
): Promise<RunningLiveKit> {
  const binary = await findLiveKit();
  if (!binary) throw new Error("no livekit-server");
  const folder = await createTemporaryFolder("livekit");
  const files = {
    config: path.join(folder.path, "livekit.json"),
    log: path.join(folder.path, "livekit.log"),
  };
  const config = {
    ...makeLiveKitKeys(),
    port: await freePort(),
    udpPort: await freeUdpPort(),
    webhook: `http://127.0.0.1:${options.serverPort}/livekit/webhook`,
    maxParticipants: options.maxParticipants ?? 2,
    iceLite: options.iceLite ?? false,
  };
  const start = async () => await runLiveKit(binary, files, config);
  let running: LiveKitProcess = await start();
  const { key, secret } = config;
  const url = `ws://127.0.0.1:${config.port}`;
  const wider =
    options.maxParticipants === undefined
      ? undefined
      : await widenRooms(config.port, options.maxParticipants);
  return {
    url,
    port: config.port,
    udpPort: config.udpPort,
    key,
    secret,
    env: {
      LIVEKIT_URL: url,
      LIVEKIT_API_URL: wider?.url ?? "",
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: secret,
    },
    rooms: async () => await new RoomServiceClient(url, key, secret).listRooms(),
    stop: async () => await running.stop(),
    kill: async () => await running.kill(),
    pause: () => void process.kill(running.pid, "SIGSTOP"),
    resume: () => void process.kill(running.pid, "SIGCONT"),
    restart: async () => {
      running = await start();
    },
    close: async () => {
      await wider?.close();
      await running.kill();
      await folder.remove();
    },
  };
}
