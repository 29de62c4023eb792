import { upgradeWebSocket, type WebSocketServerLike } from "@hono/node-server";
import { Hono } from "hono";
import { WebSocket, WebSocketServer } from "ws";

import { CLOSE } from "../../shared/protocol/close-codes.ts";
import { MAX_FRAME_BYTES } from "../../shared/protocol/limits.ts";
import type { Context } from "../context.ts";
import type { AppEnv } from "../http/app-env.ts";
import { callerAddress } from "../http/caller-address.ts";
import type { AccountOf } from "../http/signed-in.ts";
import { errorFields } from "../log.ts";
import { createConnection, type Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";

/** The WebSocket's own code for a message above `maxPayload`. */
const WS_TOO_LARGE = 1009;

/** [R4] A frame that is too large closes the socket with our code, before it is read whole. */
class RelaySocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === WS_TOO_LARGE) super.close(CLOSE.TOO_LARGE, "TOO_LARGE");
    else super.close(code, reason);
  }
}

/** For `serve({ websocket })`. */
export function createSocketServer(): WebSocketServerLike {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    WebSocket: RelaySocket,
  });
  // Made for this very class (its README says so); under exactOptionalPropertyTypes their types disagree.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return server as unknown as WebSocketServerLike;
}

export function relayRoutes(ctx: Context, hub: Hub, accountOf: AccountOf) {
  const routes = new Hono<AppEnv>();
  routes.get("/ws", async (c, next) => {
    const origin = c.req.header("origin");
    // A page of another site has no business here; an extension's origin is not http(s).
    if (origin !== undefined && /^https?:/.test(origin) && origin !== ctx.urls.publicUrl)
      return c.body(null, 403);
    const upgrade = {
      address: callerAddress(c),
      origin,
      account: await accountOf(c.req.raw.headers),
    };
    return await upgradeWebSocket(
      () => {
        let connection: Connection | undefined;
        return {
          onOpen(_event, socket) {
            const raw = socket.raw;
            if (!(raw instanceof WebSocket)) return;
            const own = createConnection(ctx, raw, upgrade);
            connection = own;
            hub.add(own);
            raw.on("pong", () => own.onPong());
          },
          onMessage(event) {
            connection?.onMessage(toData(event.data));
          },
          onClose() {
            if (connection) void hub.remove(connection);
          },
        };
      },
      { onError: (error) => ctx.log.warn(errorFields(error), "a socket failed") },
    )(c, next);
  });
  return routes;
}

function toData(data: unknown): string | Uint8Array {
  if (typeof data === "string") return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
}
