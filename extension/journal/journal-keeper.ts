import type { ServerSocket } from "../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../shared/crypto/device-key.ts";
import { AppError, errorRow } from "../../shared/errors.ts";
import type { JournalFault } from "../../shared/journal/chain.ts";
import type { JournalHead, JournalRow } from "../../shared/journal/row.ts";
import { type SignedHead, signHead } from "../../shared/journal/signed-head.ts";
import type { JournalStore } from "../store/journal-store.ts";
import { faultAgainst, readOn } from "./read-on.ts";

export type JournalRead = {
  rows: JournalRow[];
  fault?: JournalFault;
  /** [J7] Whom to write to. */
  contact: string | null;
  signed?: SignedHead;
};

export type JournalKeeper = ReturnType<typeof createJournalKeeper>;

/** [J5] The journal, as far as this device watches over it: read, compared, signed. */
export function createJournalKeeper(options: {
  store: JournalStore;
  key: () => Promise<DeviceKey>;
  use: () => Promise<ServerSocket>;
  /** The server has not heard of everything yet: what would be signed is not the end. */
  unsent: () => boolean;
  changed: () => void;
}) {
  const { store } = options;
  let state: "none" | "kept" | "broken" = "none";
  let busy = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: two that read at once would each keep a head of their own. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    busy += 1;
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      busy -= 1;
      await refresh();
    }
  }

  async function refresh(): Promise<void> {
    const record = await store.load();
    state = record.fault ? "broken" : record.head ? "kept" : "none";
    options.changed();
  }

  /** Reads what follows the head that is kept. What does not extend it leaves that head as it is. */
  async function followOn(): Promise<void> {
    const [socket, key] = [await options.use(), await options.key()];
    const { head: before } = await store.load();
    const { head, fault: found } = await readOn(socket, key.id, before);
    if (found) return store.change((record) => ({ ...record, fault: found }));
    await store.change((record) => ({ ...record, head: head ?? record.head, fault: undefined }));
    await signIfDue(socket, key, head);
  }

  async function signIfDue(
    socket: ServerSocket,
    key: DeviceKey,
    head: JournalHead | undefined,
  ): Promise<void> {
    if (!(await store.load()).due || !head || options.unsent()) return;
    const signed = await signHead(key, head);
    await socket.request("journal.sign", { head: signed });
    await store.change((record) => ({ ...record, signed, due: false }));
  }

  /** [S6] The server closes the socket of a session that is over: perhaps in the middle of this. */
  async function followTwice(): Promise<void> {
    try {
      await followOn();
    } catch (error) {
      if (!(error instanceof AppError) || !errorRow(error.code).retry) throw error;
      await followOn();
    }
  }

  const markDue = (): Promise<void> => store.change((record) => ({ ...record, due: true }));

  return {
    get state(): "none" | "kept" | "broken" {
      return state;
    },
    get busy(): boolean {
      return busy > 0;
    },
    /** At the host's start. */
    load: refresh,
    /** `sent`: the server has heard of the end, or will later. */
    async sessionOver(sent: Promise<unknown>): Promise<void> {
      await markDue();
      await sent.catch(() => undefined);
      // Again: a signature that was under way meanwhile is of before.
      await inTurn(() => markDue().then(followTwice));
    },
    /** After each connection, and at the start: one is made only when there is something to sign. */
    async online(): Promise<void> {
      if ((await store.load()).due) await this.follow();
    },
    follow: (): Promise<void> => inTurn(followOn),

    /** From the first row on, for the person to read. */
    read: (): Promise<JournalRead> =>
      inTurn(async () => {
        const [socket, key] = [await options.use(), await options.key()];
        const { head: before } = await store.load();
        const read = await readOn(socket, key.id, undefined);
        const found = read.fault ?? (before && faultAgainst(before, read.rows));
        await store.change((record) => ({
          ...record,
          head: found ? record.head : (read.head ?? record.head),
          fault: found,
        }));
        // The person reads all the same.
        if (!found) await signIfDue(socket, key, read.head).catch(() => undefined);
        const { signed } = await store.load();
        return {
          rows: read.rows,
          contact: read.contact,
          ...(found ? { fault: found } : {}),
          ...(signed ? { signed } : {}),
        };
      }),

    /** [J7] Contested already is contested. */
    async contest(row: number): Promise<void> {
      try {
        await (await options.use()).request("journal.contest", { row });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "CONFLICT") throw error;
      }
    },
  };
}
