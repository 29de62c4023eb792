import { AppError, type ErrorCode } from "../../errors.ts";
import {
  type ClientMessage,
  clientMessageSchema,
  type ClientMessageType,
  replySchemas,
  type Reply,
} from "../../protocol/control.ts";
import type { Clock } from "../clock.ts";

const ANSWER_MS = 15_000;

export type RequestBody<T extends ClientMessageType> = Omit<
  Extract<ClientMessage, { type: T }>,
  "id" | "type"
>;

/** `settle` says whether the reply was in form. */
type Waiting = { settle: (data: unknown) => boolean; fail: (error: AppError) => void };

/** [C3] The requests on one socket: each has an id and gets one answer. */
export function createRequests(clock: Clock) {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;

  return {
    /** `send` gets the whole message. Rejects with `AppError`; BAD_MESSAGE when the reply is not in form. */
    ask<T extends ClientMessageType>(
      type: T,
      body: RequestBody<T>,
      send: (message: ClientMessage) => void,
    ): Promise<Reply<T>> {
      const id = nextId;
      nextId += 1;
      return new Promise((resolve, reject) => {
        const stopTimer = clock.setTimeout(
          () => fail(new AppError("UNAVAILABLE", `${type}: no answer`)),
          ANSWER_MS,
        );
        function fail(error: AppError): void {
          stopTimer();
          waiting.delete(id);
          reject(error);
        }
        waiting.set(id, {
          fail,
          settle(data) {
            if (!isReply(type, data)) {
              fail(new AppError("BAD_MESSAGE", `${type}: the reply is not in form`));
              return false;
            }
            stopTimer();
            waiting.delete(id);
            resolve(data);
            return true;
          },
        });
        try {
          send(clientMessageSchema.parse({ ...body, id, type }));
        } catch (cause) {
          fail(
            cause instanceof AppError
              ? cause
              : new AppError("BAD_MESSAGE", `${type}: not in form`, { cause }),
          );
        }
      });
    },
    /** `false` when the reply is not in form. One that nobody waits for any more is. */
    done(id: number, data: unknown): boolean {
      return waiting.get(id)?.settle(data) ?? true;
    },
    failed(id: number, code: ErrorCode, request: string): void {
      waiting.get(id)?.fail(new AppError(code, `refused by the server: ${request}`));
    },
    /** The socket is gone: nothing will be answered. */
    abandon(): void {
      for (const { fail } of waiting.values())
        fail(new AppError("UNAVAILABLE", "the connection was lost"));
    },
  };
}

function isReply<T extends ClientMessageType>(type: T, data: unknown): data is Reply<T> {
  return replySchemas[type].safeParse(data).success;
}
