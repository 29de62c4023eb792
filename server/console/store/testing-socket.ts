import type { ServerSocket, SocketEvent } from "../../../shared/client/server-socket.ts";
import { AppError } from "../../../shared/errors.ts";
import {
  type ClientMessageType,
  type Reply,
  replySchemas,
  type ServerMessage,
} from "../../../shared/protocol/control.ts";

type Asked = { type: ClientMessageType; body: object };

/** A connection to nowhere, for tests: what is asked is kept, and answers are given by the test. */
export function createTestingSocket(answers: Partial<Record<ClientMessageType, () => unknown>>) {
  const listeners = new Set<(event: SocketEvent) => void>();
  const asked: Asked[] = [];

  const socket: ServerSocket = {
    state: "online",
    bufferedBytes: 0,
    async request(type, body) {
      asked.push({ type, body });
      const data = answers[type]?.() ?? {};
      if (!isReply(type, data)) throw new AppError("BAD_MESSAGE", `${type}: not a reply`);
      return data;
    },
    sendFrame() {},
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reconnect() {},
    close() {},
  };
  return {
    socket,
    asked,
    /** The bodies of one kind of request. */
    askedFor: (type: ClientMessageType) => asked.filter((one) => one.type === type),
    tell(event: SocketEvent) {
      for (const listener of listeners) listener(event);
    },
    say(message: ServerMessage) {
      this.tell({ type: "message", message });
    },
  };
}

function isReply<T extends ClientMessageType>(type: T, data: unknown): data is Reply<T> {
  return replySchemas[type].safeParse(data).success;
}
