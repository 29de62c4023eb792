import { upgradeWebSocket, type WebSocketServerLike } from "@hono/node-server";
import { Hono } from "hono";
import { WebSocket, WebSocketServer } from "ws";

import { CLOSE } from "../../shared/protocol/close-codes.ts";
import { MAX_FRAME_BYTES } from "../../shared/protocol/limits.ts";
import type { Context } from "../context.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { SignInOf } from "../http/signed-in.ts";
import { errorFields } from "../log.ts";
import { createConnection, type Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";
import { createStrangers } from "./strangers.ts";

/** The WebSocket's own code for a message above `maxPayload`. */
const WS_TOO_LARGE = 1009;
/** A socket that we closed and that says nothing is cut. */
const CLOSE_TIMEOUT_MS = 3_000;

/** [R4] A frame that is too large closes the socket with our code, before it is read whole. */
class RelaySocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === WS_TOO_LARGE) super.close(CLOSE.TOO_LARGE, "TOO_LARGE");
    else super.close(code, reason);
    setTimeout(() => this.terminate(), CLOSE_TIMEOUT_MS).unref();
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

export function relayRoutes(ctx: Context, hub: Hub, signInOf: SignInOf) {
  const routes = new Hono<AppEnv>();
  const strangers = createStrangers();
  routes.get("/ws", async (c, next) => {
    const origin = c.req.header("origin");
    // A page of another site has no business here; an extension's origin is not http(s).
    if (origin !== undefined && /^https?:/.test(origin) && origin !== ctx.urls.publicUrl)
      return c.body(null, 403);
    const address = c.get("address");
    if (strangers.full(address)) return c.body(null, 429);
    const upgrade = {
      address,
      origin,
      signIn: await signInOf(c.req.raw.headers),
    };
    return await upgradeWebSocket(
      () => {
        let connection: Connection | undefined;
        let recognise: (() => void) | undefined;
        return {
          onOpen(_event, socket) {
            const raw = socket.raw;
            if (!(raw instanceof WebSocket)) return;
            if (strangers.full(address)) return raw.terminate();
            recognise = strangers.add(address);
            const own = createConnection(ctx, raw, { ...upgrade, recognise });
            connection = own;
            hub.add(own);
            raw.on("pong", () => own.onPong());
          },
          onMessage(event) {
            connection?.onMessage(toData(event.data));
          },
          onClose() {
            recognise?.();
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
