import path from "node:path";

import { ensureChromium } from "../setup/browsers.ts";
import { buildConsole, buildExtension } from "../setup/build.ts";
import { freePort } from "./free-port.ts";
import { type LiveKitOptions, type RunningLiveKit, startLiveKit } from "./livekit.ts";
import { type RunningServer, startServer } from "./server.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

export interface World {
  chromium: string;
  /** The folder of the extension that knows this world's server. */
  extension: string;
  serverUrl: string;
  server: RunningServer;
  /** Where voice was asked for. */
  livekit: RunningLiveKit | undefined;
  /** Starts the server again on the same port and data, after `server.stop()` or `server.kill()`. */
  restartServer(env?: Record<string, string>): Promise<RunningServer>;
  close(): Promise<void>;
}

/** `isDeaf`: the server hears no webhook, by which it would expel whoever must not be in a room. */
export type VoiceOptions = LiveKitOptions & { isDeaf?: boolean };

/** One server with throw-away data on a free port, and the shipped extension built for it. */
export async function createWorld(
  env: Record<string, string> = {},
  voice?: VoiceOptions,
): Promise<World> {
  const chromium = await ensureChromium();
  const port = await freePort();
  const serverUrl = `http://localhost:${port}`;
  const folder = await createTemporaryFolder("world");
  let livekit: RunningLiveKit | undefined;
  try {
    if (voice) {
      const serverPort = voice.isDeaf ? await freePort() : port;
      livekit = await startLiveKit({ ...voice, serverPort });
    }
    await buildConsole();
    const extension = await buildExtension({
      serverUrl,
      outDir: path.join(folder.path, "extension"),
    });
    const options = {
      port,
      dataDir: path.join(folder.path, "data"),
      env: { ...livekit?.env, ...env },
    };
    const world: World = {
      chromium,
      extension,
      serverUrl,
      server: await startServer(options),
      livekit,
      restartServer: async (more = {}) => {
        world.server = await startServer({ ...options, env: { ...options.env, ...more } });
        return world.server;
      },
      close: async () => {
        await world.server.stop();
        await livekit?.close();
        await folder.remove();
      },
    };
    return world;
  } catch (error) {
    await livekit?.close();
    await folder.remove();
    throw error;
  }
}
