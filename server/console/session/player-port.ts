import { type FromPlayer, HANDOVER, type ToPlayer } from "../player/port.ts";
import { parseFromPlayer } from "./from-player.ts";

/** How long one batch may wait for the player, or be worked on, before the stream goes on. */
const READY_MS = 10_000;
const WORK_MS = 10_000;

/**
 * The console's end of the port to the player. What the player says comes from a document that
 * rebuilds hostile pages: it is told nothing secret, and can ask for nothing but guidance.
 */
export type PlayerPort = ReturnType<typeof createPlayerPort>;

export function createPlayerPort(listen: (message: FromPlayer) => void) {
  let port: MessagePort | undefined;
  let ready = false;
  let closed = false;
  const waiting = new Set<() => void>();
  let receipt = 0;
  const working = new Map<number, () => void>();

  function hear(event: MessageEvent<unknown>): void {
    const data = parseFromPlayer(event.data);
    if (!data) return;
    if (data.type === "worked") {
      working.get(data.receipt)?.();
      return;
    }
    if (data.type === "ready") ready = true;
    listen(data);
    if (data.type === "ready") for (const go of waiting) go();
  }

  /** The stream may come before the frame is loaded: it waits, and so does the sender. */
  function whenReady(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(go, READY_MS);
      function go(): void {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      }
      waiting.add(go);
    });
  }

  function post(message: ToPlayer, transfer: Transferable[] = []): void {
    if (ready) port?.postMessage(message, transfer);
  }

  return {
    /** Once per load of the frame: a new document gets a new port. */
    attach(frame: Window, playerOrigin: string): void {
      port?.close();
      ready = false;
      for (const done of working.values()) done();
      const channel = new MessageChannel();
      port = channel.port1;
      port.addEventListener("message", hear);
      port.start();
      frame.postMessage(HANDOVER, playerOrigin, [channel.port2]);
    },
    post,
    /** Settles when the player has drawn them: this paces the sender. */
    async events(document: string, key: boolean, events: unknown[]): Promise<void> {
      if (!ready && !closed) await whenReady();
      if (!ready) return;
      receipt += 1;
      const mine = receipt;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, WORK_MS);
        working.set(mine, () => {
          clearTimeout(timer);
          resolve();
        });
        try {
          post({ type: "events", receipt: mine, document, key, json: JSON.stringify(events) });
        } catch {
          // Nested deeper than can be written: no page is, and the rest of the stream goes on.
          working.get(mine)?.();
        }
      });
      working.delete(mine);
    },
    get ready(): boolean {
      return ready;
    },
    close(): void {
      closed = true;
      for (const go of waiting) go();
      port?.close();
      port = undefined;
      ready = false;
      for (const done of working.values()) done();
    },
  };
}
