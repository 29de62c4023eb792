import type { ServerSocket, SocketEvent } from "../../../shared/client/server-socket.ts";
import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import type { ClientMessageType, ServerMessage } from "../../../shared/protocol/control.ts";

type Answers = Partial<Record<ClientMessageType, unknown>>;

export type FakeServer = {
  socket: ServerSocket;
  /** Every request, in order. */
  readonly asked: { type: ClientMessageType; body: unknown }[];
  readonly types: ClientMessageType[];
  /** An `ErrorCode` string refuses; a function is called with the body. */
  answers: Answers;
  tell(message: ServerMessage): void;
  emit(event: SocketEvent): void;
  state: ServerSocket["state"];
};

export function createFakeServer(answers: Answers): FakeServer {
  const asked: FakeServer["asked"] = [];
  const listeners = new Set<(event: SocketEvent) => void>();
  const emit = (event: SocketEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const server: FakeServer = {
    asked,
    answers,
    state: "online",
    get types() {
      return asked.map(({ type }) => type);
    },
    emit,
    tell: (message) => emit({ type: "message", message }),
    socket: {
      get state() {
        return server.state;
      },
      request(type, body) {
        if (server.state !== "online")
          return Promise.reject(new AppError("UNAVAILABLE", "fake: offline"));
        asked.push({ type, body });
        const given = server.answers[type];
        const answer: unknown =
          typeof given === "function" ? (async () => await given(body))() : given;
        if (answer instanceof AppError) return Promise.reject(answer);
        if (typeof answer === "function") return Promise.resolve(answer(body));
        // The test gives what this type's reply is.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        return Promise.resolve((answer ?? {}) as never);
      },
      sendFrame: () => undefined,
      bufferedBytes: 0,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      reconnect() {
        server.state = "online";
      },
      close: () => undefined,
    },
  };
  return server;
}

export const refused = (code: ErrorCode): AppError => new AppError(code, "fake: refused");
