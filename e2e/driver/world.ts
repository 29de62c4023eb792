import path from "node:path";

import { ensureChromium } from "../setup/browsers.ts";
import { buildConsole, buildExtension } from "../setup/build.ts";
import { freePort } from "./free-port.ts";
import { type RunningServer, startServer } from "./server.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

export interface World {
  chromium: string;
  /** The folder of the extension that knows this world's server. */
  extension: string;
  serverUrl: string;
  server: RunningServer;
  /** Starts the server again on the same port and data, after `server.stop()` or `server.kill()`. */
  restartServer(): Promise<RunningServer>;
  close(): Promise<void>;
}

/** One server with throw-away data on a free port, and the shipped extension built for it. */
export async function createWorld(env: Record<string, string> = {}): Promise<World> {
  const chromium = await ensureChromium();
  const port = await freePort();
  const serverUrl = `http://localhost:${port}`;
  const folder = await createTemporaryFolder("world");
  try {
    await buildConsole();
    const extension = await buildExtension({
      serverUrl,
      outDir: path.join(folder.path, "extension"),
    });
    const options = { port, dataDir: path.join(folder.path, "data"), env };
    const world: World = {
      chromium,
      extension,
      serverUrl,
      server: await startServer(options),
      restartServer: async () => {
        world.server = await startServer(options);
        return world.server;
      },
      close: async () => {
        await world.server.stop();
        await folder.remove();
      },
    };
    return world;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
