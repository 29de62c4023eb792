import type { ServerSocket } from "../../shared/client/server-socket.ts";
import { AppError, assertNever, errorRow } from "../../shared/errors.ts";
import type { OutboxStore, Unsent } from "../store/outbox-store.ts";

export type Outbox = ReturnType<typeof createOutbox>;

/** [S5] Done here first, then stored, then sent: now, at the next connection, or at the next start. */
export function createOutbox(options: {
  store: OutboxStore;
  use: () => Promise<ServerSocket>;
  settled: () => void;
}) {
  let waiting = 0;
  let flushing: Promise<void> | undefined;

  async function sendAll(): Promise<void> {
    const unsent = await options.store.list();
    waiting = unsent.length;
    for (const one of unsent) {
      const became = await send(one);
      if (became === "too-many") continue;
      if (became === "later") break;
      await options.store.sent(one);
      waiting -= 1;
    }
  }

  /**
   * What the server refuses for good is done with. Too many of one matter hold up no other, least of all
   * an end.
   */
  async function send(one: Unsent): Promise<"done" | "later" | "too-many"> {
    try {
      await say(await options.use(), one);
      return "done";
    } catch (error) {
      if (!(error instanceof AppError)) return "later";
      if (error.code === "TOO_MANY") return "too-many";
      return errorRow(error.code).retry ? "later" : "done";
    }
  }

  return {
    async add(one: Unsent): Promise<void> {
      waiting += 1;
      await options.store.add(one);
      await flushing;
      await this.flush();
    },
    flush(): Promise<void> {
      flushing ??= sendAll().finally(() => {
        flushing = undefined;
        options.settled();
      });
      return flushing;
    },
    /** At the host's start: a connection is made only when there is something to say. */
    async resume(): Promise<void> {
      if ((await options.store.list()).length > 0) await this.flush();
    },
    get waiting(): boolean {
      return waiting > 0;
    },
  };
}

function say(socket: ServerSocket, one: Unsent): Promise<unknown> {
  switch (one.type) {
    case "session.end":
      return socket.request(one.type, { session: one.session, reason: one.reason });
    case "pairing.end":
      return socket.request(one.type, { pairing: one.pairing, block: one.block });
    case "pairing.pause":
      return socket.request(one.type, { pairing: one.pairing, paused: one.paused });
    case "pairing.unblock":
      return socket.request(one.type, { helper: one.helper });
    case "trust.name":
      return socket.request(one.type, { pairing: one.pairing });
    default:
      return assertNever(one);
  }
}
