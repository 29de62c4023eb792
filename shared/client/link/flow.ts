import { AppError } from "../../errors.ts";
import { WINDOW_BYTES, WINDOW_MS } from "../../protocol/limits.ts";
import type { Clock } from "../clock.ts";

/** An acknowledgement is answered by none; a bulk message (key frame, asset) is outside the window of bytes. */
export type Weight = "increment" | "bulk" | "acknowledgement";

type Unacknowledged = { upTo: number; bytes: number; weight: Weight; since: number };

/** [L6] What of an epoch the peer has not worked on yet. */
export type Flow = ReturnType<typeof createFlow>;

export function createFlow(clock: Clock, onSlow: (slow: boolean) => void) {
  /** In the order of sending. */
  let sent: Unacknowledged[] = [];
  let sentBytes = 0;
  let acknowledgedBytes = 0;
  /** Increments that wait for their turn, oldest first. */
  const waiting = new Set<{ since: number }>();
  let queued = 0;
  let congested = false;
  let stopTimer: (() => void) | undefined;

  function oldest(): number {
    const [first] = waiting;
    return sent.reduce((least, { since }) => Math.min(least, since), first?.since ?? Infinity);
  }

  function windowBytes(): number {
    return sent.reduce((sum, { bytes, weight }) => sum + (weight === "increment" ? bytes : 0), 0);
  }

  function evaluate(): void {
    stopTimer?.();
    stopTimer = undefined;
    const age = clock.now() - oldest();
    if (!congested && (windowBytes() > WINDOW_BYTES || age > WINDOW_MS)) {
      congested = true;
      onSlow(true);
    } else if (congested && sent.length === 0 && queued === 0) {
      congested = false;
      onSlow(false);
    }
    if (!congested && age > -Infinity)
      stopTimer = clock.setTimeout(evaluate, Math.max(1, WINDOW_MS - age + 1));
  }

  return {
    get congested(): boolean {
      return congested;
    },
    get unacknowledgedBytes(): number {
      return sentBytes - acknowledgedBytes;
    },
    /** A message waits for its turn; the returned function says that its last frame has left. */
    queue(weight: Weight): () => void {
      if (weight === "acknowledgement") return () => undefined;
      const entry = { since: clock.now() };
      if (weight === "increment") waiting.add(entry);
      queued += 1;
      evaluate();
      return () => {
        waiting.delete(entry);
        queued -= 1;
      };
    },
    /** `queuedAt`: an increment grows old from then on; a bulk one only from its own frame's leaving. */
    sent(bytes: number, weight: Weight, queuedAt: number): void {
      sentBytes += bytes;
      if (weight === "acknowledgement") return;
      const since = weight === "increment" ? queuedAt : clock.now();
      sent.push({ upTo: sentBytes, bytes, weight, since });
      evaluate();
    },
    /** Throws `AppError` FORGED for bytes that never left, or that come back. */
    acknowledge(upTo: number): void {
      if (upTo > sentBytes || upTo < acknowledgedBytes)
        throw new AppError("FORGED", "ack: bytes that we did not send");
      acknowledgedBytes = upTo;
      sent = sent.filter((entry) => entry.upTo > upTo);
      evaluate();
    },
    stop(): void {
      stopTimer?.();
    },
  };
}
