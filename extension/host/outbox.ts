import type { ServerSocket } from "../../shared/client/server-socket.ts";
import { AppError, errorRow } from "../../shared/errors.ts";
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
      if (!(await send(one))) break;
      await options.store.sent(one);
      waiting -= 1;
    }
  }

  /** `false`: try again later. What the server refuses for good is done with. */
  async function send(one: Unsent): Promise<boolean> {
    try {
      const socket = await options.use();
      await (one.type === "session.end"
        ? socket.request("session.end", { session: one.session, reason: one.reason })
        : socket.request("pairing.end", { pairing: one.pairing, block: one.block }));
      return true;
    } catch (error) {
      return error instanceof AppError && !errorRow(error.code).retry;
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
