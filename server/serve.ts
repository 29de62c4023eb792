import { serve, type ServerType } from "@hono/node-server";

import { createApp } from "./app.ts";
import type { Context } from "./context.ts";
import type { AppEnv } from "./http/app-env.ts";
import { ensureReceiptKey } from "./receipts/receipt-keys.ts";
import { createHub } from "./relay/hub.ts";
import { createSocketServer } from "./relay/routes.ts";
import { StartupError } from "./startup-error.ts";
import { keepRooms } from "./voice/room-keeper.ts";

/** [C6] After that long a connection that does not end is cut. */
const DRAIN_MS = 8_000;

/** [C1] Whoever says nothing, or says it drop by drop, holds no place for long. */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
};

type App = ReturnType<typeof createApp>;

export interface Listening {
  port: number;
  context: Context;
  /** [C6] Tells every socket, stops accepting, and resolves when nothing is left. */
  drain: () => Promise<void>;
}

/**
 * Listens first and builds the rest afterwards: with port 0 the addresses that everything depends
 * on are known only then, and a port that is taken is told before a database is opened. Requests
 * wait meanwhile. Throws `StartupError`.
 */
export async function listen(
  options: { host: string; port: number; consoleFolder: string },
  createContext: (port: number) => Context | Promise<Context>,
): Promise<Listening> {
  let ready: ((app: App) => void) | undefined;
  const app = new Promise<App>((resolve) => (ready = resolve));
  const server = await open(options, async (request, bindings) =>
    (await app).fetch(request, bindings),
  );
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  try {
    const context = await createContext(port);
    await ensureReceiptKey(context);
    const hub = createHub(context);
    const rooms = keepRooms(context);
    ready?.(createApp(context, hub, options.consoleFolder));
    return {
      port,
      context,
      async drain() {
        const closed = new Promise((resolve) => server.close(resolve));
        await hub.drain();
        await rooms.drain();
        if ("closeIdleConnections" in server) server.closeIdleConnections();
        const cut = setTimeout(() => {
          if ("closeAllConnections" in server) server.closeAllConnections();
        }, DRAIN_MS);
        await closed;
        clearTimeout(cut);
      },
    };
  } catch (cause) {
    server.close();
    throw cause;
  }
}

function open(
  { host, port }: { host: string; port: number },
  fetch: (request: Request, bindings: AppEnv["Bindings"]) => Promise<Response>,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        hostname: host,
        port,
        fetch,
        serverOptions: PATIENCE,
        websocket: { server: createSocketServer() },
      },
      () => {
        server.off("error", onError);
        resolve(server);
      },
    );
    const onError = (cause: NodeJS.ErrnoException) => reject(toStartupError(cause, host, port));
    server.once("error", onError);
  });
}

function toStartupError(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  if (cause.code === "EADDRINUSE")
    return new StartupError(
      {
        fr: `Le port ${port} est pris, peut-être par Epaule, déjà lancée. Arrêtez-la, ou choisissez un autre port, par exemple PORT=${otherThan(port)}.`,
        en: `The port ${port} is taken, perhaps by an Epaule that already runs. Stop it, or choose another port, for example PORT=${otherThan(port)}.`,
      },
      { cause },
    );
  if (cause.code === "EACCES" || cause.code === "EADDRNOTAVAIL")
    return new StartupError(
      {
        fr: `Le serveur ne peut pas écouter sur ${host}, port ${port}.`,
        en: `The server may not listen on ${host}, port ${port}.`,
      },
      { cause },
    );
  return cause;
}

function otherThan(port: number): number {
  return port < 65_535 ? port + 1 : 8787;
}
