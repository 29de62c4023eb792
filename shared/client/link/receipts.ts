import type { Clock } from "../clock.ts";

/** Often enough for the peer's window to move, seldom enough to cost nothing. */
const EVERY_BYTES = 64 * 1024;
const EVERY_MS = 100;

/** [L6] Says to the peer how far we have worked, cumulatively. */
export function createReceipts(clock: Clock, acknowledge: (bytes: number) => void) {
  let received = 0;
  let worked = 0;
  let told = 0;
  let due = false;
  let chain: Promise<void> = Promise.resolve();
  let stopTimer: (() => void) | undefined;
  let stopped = false;

  function tell(): void {
    stopTimer?.();
    stopTimer = undefined;
    due = false;
    told = worked;
    acknowledge(worked);
  }

  function note(upTo: number, counts: boolean): void {
    if (stopped) return;
    worked = upTo;
    due ||= counts;
    if (!due) return;
    if (worked - told >= EVERY_BYTES) tell();
    else stopTimer ??= clock.setTimeout(tell, EVERY_MS);
  }

  return {
    /**
     * A frame of `bytes` was opened, in order; `work` settles when all that it led to is done.
     * An acknowledgement is itself acknowledged only along with other frames.
     */
    add(bytes: number, work: Promise<unknown>, counts: boolean): void {
      received += bytes;
      const upTo = received;
      chain = Promise.all([chain, work]).then(() => note(upTo, counts));
    },
    stop(): void {
      stopped = true;
      stopTimer?.();
    },
  };
}
