import type { Bytes } from "../../bytes.ts";
import { createNonce } from "../../ids.ts";
import { type ClientMessage, clientMessageSchema } from "../../protocol/control.ts";
import type { WebSocketLike } from "../server-socket.ts";

/** One WebSocket that a test holds by the server's end. */
export type FakeSocket = WebSocketLike & {
  url: string;
  /** What the client sent, parsed, and its binary frames. */
  received: ClientMessage[];
  frames: Bytes[];
  /** The code with which the client closed. */
  closedWith: number | undefined;
  say: (message: unknown) => void;
  sayBytes: (bytes: Bytes) => void;
  hangUp: (code: number) => void;
};

export function createFakeServer(): {
  sockets: FakeSocket[];
  openSocket: (url: string) => FakeSocket;
} {
  const sockets: FakeSocket[] = [];
  return {
    sockets,
    openSocket(url) {
      const socket = createFakeSocket(url);
      sockets.push(socket);
      return socket;
    },
  };
}

export function createGreeting(origin: string): {
  type: "server.hello";
  version: number;
  nonce: string;
  origin: string;
} {
  return { type: "server.hello", version: 1, nonce: createNonce(), origin };
}

function createFakeSocket(url: string): FakeSocket {
  const listeners = new Map<string, (event: { data: unknown; code: number }) => void>();
  const socket: FakeSocket = {
    url,
    binaryType: "blob",
    bufferedAmount: 0,
    received: [],
    frames: [],
    closedWith: undefined,
    send(data) {
      if (typeof data === "string")
        socket.received.push(clientMessageSchema.parse(JSON.parse(data)));
      else socket.frames.push(data);
    },
    close(code) {
      socket.closedWith = code;
      queueMicrotask(() => socket.hangUp(code ?? 1005));
    },
    addEventListener(type: string, listener: (event: { data: unknown; code: number }) => void) {
      listeners.set(type, listener);
    },
    say(message) {
      const data = typeof message === "string" ? message : JSON.stringify(message);
      listeners.get("message")?.({ data, code: 0 });
    },
    sayBytes(bytes) {
      listeners.get("message")?.({ data: bytes.slice().buffer, code: 0 });
    },
    hangUp(code) {
      listeners.get("close")?.({ data: undefined, code });
    },
  };
  return socket;
}
