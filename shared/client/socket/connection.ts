import { type Bytes, utf8 } from "../../bytes.ts";
import type { DeviceKey } from "../../crypto/device-key.ts";
import { signProof } from "../../crypto/proof.ts";
import { AppError } from "../../errors.ts";
import { CLOSE } from "../../protocol/close-codes.ts";
import {
  type ClientMessage,
  type ClientMessageType,
  type Reply,
  type ServerMessage,
  serverMessageSchema,
} from "../../protocol/control.ts";
import { MAX_CONTROL_BYTES, PROTOCOL_VERSION, SILENCE_MS } from "../../protocol/limits.ts";
import type { Clock } from "../clock.ts";
import { createRequests, type RequestBody } from "./requests.ts";
import type { WebSocketLike } from "./web-socket.ts";

export type Role = "beneficiary" | "helper";

/** One WebSocket from its opening to its loss ([C1], [C2], [C4]). It never comes back. */
export type Connection = ReturnType<typeof createConnection>;

export function createConnection({
  serverUrl,
  role,
  key,
  openSocket,
  clock,
  onOnline,
  onMessage,
  onFrame,
  onLost,
}: {
  serverUrl: string;
  role: Role;
  key: DeviceKey;
  openSocket: (url: string) => WebSocketLike;
  clock: Clock;
  onOnline: () => void;
  onMessage: (message: ServerMessage) => void;
  onFrame: (bytes: Bytes) => void;
  /** Once, and the last that this connection says. */
  onLost: (code: number) => void;
}) {
  const { origin } = new URL(serverUrl);
  const socket = openSocket(`${origin.replace(/^http/, "ws")}/ws`);
  socket.binaryType = "arraybuffer";
  const requests = createRequests(clock);
  let stage: "greeting" | "proving" | "online" | "lost" = "greeting";
  let heardAt = clock.now();
  let stopSilence = watchSilence();

  socket.addEventListener("message", ({ data }) => {
    if (stage === "lost") return;
    heardAt = clock.now();
    stopSilence();
    stopSilence = watchSilence();
    if (typeof data === "string") hearText(data);
    else if (data instanceof ArrayBuffer && stage === "online") onFrame(new Uint8Array(data));
    else drop(CLOSE.BAD_MESSAGE);
  });
  socket.addEventListener("close", ({ code }) => lose(code));
  // A "close" event follows every "error": it alone counts.
  socket.addEventListener("error", () => undefined);

  function watchSilence(): () => void {
    return clock.setTimeout(() => drop(CLOSE.SILENT), SILENCE_MS);
  }

  function lose(code: number): void {
    if (stage === "lost") return;
    stage = "lost";
    stopSilence();
    requests.abandon();
    onLost(code);
  }

  function drop(code: number): void {
    if (stage === "lost") return;
    socket.close(code);
    lose(code);
  }

  function hearText(text: string): void {
    const message = parseServerMessage(text);
    if (!message) return drop(CLOSE.BAD_MESSAGE);
    if (stage === "greeting") {
      if (message.type === "server.hello") prove(message).catch(() => drop(CLOSE.UNPROVED));
      else drop(CLOSE.BAD_MESSAGE);
      return;
    }
    if (message.type === "beat") return;
    if (message.type === "failed")
      return requests.failed(message.re, message.code, message.request);
    if (message.type === "done") {
      if (!requests.done(message.re, message.data)) drop(CLOSE.BAD_MESSAGE);
    } else if (message.type !== "server.hello" && stage === "online") onMessage(message);
    else drop(CLOSE.BAD_MESSAGE);
  }

  async function prove(hello: Extract<ServerMessage, { type: "server.hello" }>): Promise<void> {
    if (hello.version !== PROTOCOL_VERSION) return drop(CLOSE.VERSION);
    // A proof made for one server is never handed to another that stands in between.
    if (hello.origin !== origin) return drop(CLOSE.FORGED);
    stage = "proving";
    const signature = await signProof(key, { nonce: hello.nonce, origin, role });
    const { device } = await ask("device.prove", { role, key: key.publicKey, signature });
    if (device !== key.id) return drop(CLOSE.BAD_MESSAGE);
    if (stage !== "proving") return;
    stage = "online";
    onOnline();
  }

  function ask<T extends ClientMessageType>(type: T, body: RequestBody<T>): Promise<Reply<T>> {
    return requests.ask(type, body, sendControl);
  }

  function sendControl(message: ClientMessage): void {
    if (stage === "lost") throw new AppError("UNAVAILABLE", "the connection was lost");
    const text = JSON.stringify(message);
    if (utf8(text).length > MAX_CONTROL_BYTES)
      throw new AppError("TOO_LARGE", "control message: above the limit");
    socket.send(text);
  }

  return {
    ask,
    sendFrame(bytes: Bytes): void {
      if (stage === "online") socket.send(bytes);
    },
    get bufferedBytes(): number {
      return socket.bufferedAmount;
    },
    /** When the server was last heard. */
    get heardAt(): number {
      return heardAt;
    },
    close: drop,
  };
}

function parseServerMessage(text: string): ServerMessage | undefined {
  if (utf8(text).length > MAX_CONTROL_BYTES) return undefined;
  try {
    return serverMessageSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
