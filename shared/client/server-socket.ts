import type { Bytes } from "../bytes.ts";
import type { DeviceKey } from "../crypto/device-key.ts";
import { AppError } from "../errors.ts";
import { CLOSE } from "../protocol/close-codes.ts";
import type { ClientMessageType, Reply, ServerMessage } from "../protocol/control.ts";
import { HEARTBEAT_MS } from "../protocol/limits.ts";
import type { Clock } from "./clock.ts";
import { createBackoff } from "./socket/backoff.ts";
import { type Connection, createConnection, type Role } from "./socket/connection.ts";
export type { WebSocketLike } from "./socket/web-socket.ts";
import { createListeners } from "./listeners.ts";
import type { RequestBody } from "./socket/requests.ts";
import type { WebSocketLike } from "./socket/web-socket.ts";

const WAIT_ONLINE_MS = 10_000;
/** A beat and the time for it to come. */
const FRESH_MS = HEARTBEAT_MS + 1_000;
/** [C4] After these nobody connects again by themselves. */
const FINAL_CODES: ReadonlySet<number> = new Set([
  CLOSE.BAD_MESSAGE,
  CLOSE.NO_GRANT,
  CLOSE.REPLACED,
  CLOSE.OVER,
  CLOSE.RETIRED,
  CLOSE.VERSION,
  CLOSE.FORGED,
]);

export type SocketEvent =
  | { type: "online" }
  | { type: "offline" }
  | { type: "closed"; code: number }
  | { type: "message"; message: ServerMessage }
  | { type: "frame"; bytes: Bytes };

export interface ServerSocket {
  readonly state: "connecting" | "online" | "offline" | "closed";
  /** Waits for the connection for 10 s. Rejects with `AppError`: the server's code, or UNAVAILABLE. */
  request<T extends ClientMessageType>(type: T, body: RequestBody<T>): Promise<Reply<T>>;
  /** Dropped when there is no connection: the link finds out and begins again. */
  sendFrame(bytes: Bytes): void;
  readonly bufferedBytes: number;
  listen(listener: (event: SocketEvent) => void): () => void;
  /** Now, without waiting for the next try; also after a final close code, not after `close`. */
  reconnect(): void;
  close(): void;
}

/** The one WebSocket to the server, over as many connections as it takes ([C1]–[C4]). */
export function createServerSocket({
  serverUrl,
  role,
  key,
  openSocket,
  clock,
  random,
}: {
  serverUrl: string;
  role: Role;
  key: DeviceKey;
  openSocket: (url: string) => WebSocketLike;
  clock: Clock;
  /** From 0 to 1, for the jitter. */
  random: () => number;
}): ServerSocket {
  const listeners = createListeners<SocketEvent>();
  const waiting = new Set<{ online: (connection: Connection) => void; closed: () => void }>();
  const backoff = createBackoff(random);
  let state: ServerSocket["state"] = "connecting";
  let connection: Connection | undefined;
  let stopRetry: (() => void) | undefined;
  let toldOffline = false;
  let disposed = false;

  function tell(event: SocketEvent): void {
    void listeners.emit(event);
  }

  function connect(): void {
    stopRetry?.();
    state = "connecting";
    const mine = createConnection({
      serverUrl,
      role,
      key,
      openSocket,
      clock,
      onOnline() {
        state = "online";
        toldOffline = false;
        backoff.reset();
        tell({ type: "online" });
        for (const { online } of waiting) online(mine);
      },
      onMessage: (message) => tell({ type: "message", message }),
      onFrame: (bytes) => tell({ type: "frame", bytes }),
      onLost,
    });
    connection = mine;
  }

  function onLost(code: number): void {
    connection = undefined;
    if (disposed || FINAL_CODES.has(code)) return finish(code);
    state = "offline";
    stopRetry = clock.setTimeout(connect, backoff.next());
    if (toldOffline) return;
    toldOffline = true;
    tell({ type: "offline" });
  }

  function finish(code: number): void {
    stopRetry?.();
    state = "closed";
    toldOffline = false;
    for (const { closed } of waiting) closed();
    tell({ type: "closed", code });
  }

  function whenOnline(): Promise<Connection> {
    if (state === "online" && connection) return Promise.resolve(connection);
    if (state === "closed")
      return Promise.reject(new AppError("UNAVAILABLE", "the connection is closed"));
    return new Promise((resolve, reject) => {
      const stopTimer = clock.setTimeout(() => waiter.closed(), WAIT_ONLINE_MS);
      const waiter = {
        online(ready: Connection) {
          stopTimer();
          waiting.delete(waiter);
          resolve(ready);
        },
        closed() {
          stopTimer();
          waiting.delete(waiter);
          reject(new AppError("UNAVAILABLE", "not connected"));
        },
      };
      waiting.add(waiter);
    });
  }

  connect();

  return {
    get state() {
      return state;
    },
    async request(type, body) {
      return (await whenOnline()).ask(type, body);
    },
    sendFrame(bytes) {
      connection?.sendFrame(bytes);
    },
    get bufferedBytes() {
      return connection?.bufferedBytes ?? 0;
    },
    listen: listeners.add,
    reconnect() {
      if (disposed || state === "connecting") return;
      if (connection && clock.now() - connection.heardAt < FRESH_MS) return;
      if (connection) connection.close(CLOSE.SILENT);
      if (!disposed) connect();
    },
    close() {
      if (disposed) return;
      disposed = true;
      if (connection) connection.close(CLOSE.DONE);
      else finish(CLOSE.DONE);
    },
  };
}
