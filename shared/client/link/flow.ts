import { AppError } from "../../errors.ts";
import { WINDOW_BYTES, WINDOW_MS } from "../../protocol/limits.ts";
import type { Clock } from "../clock.ts";

/** An acknowledgement is answered by none; a bulk message (key frame, asset) is outside the window of bytes. */
export type Weight = "increment" | "bulk" | "acknowledgement";

/** A message that waits for its turn. */
export type Place = {
  /** What it will put on the way. */
  measure(bytes: number): void;
  /** Its last frame has left. */
  leave(): void;
};

type Unacknowledged = { upTo: number; bytes: number; weight: Weight; since: number };

/** [L6] What of an epoch the peer has not worked on yet. */
export type Flow = ReturnType<typeof createFlow>;

export function createFlow(clock: Clock, onSlow: (slow: boolean) => void) {
  /** In the order of sending. */
  let sent: Unacknowledged[] = [];
  let sentBytes = 0;
  let acknowledgedBytes = 0;
  /** Increments that wait for their turn, oldest first. */
  const waiting = new Set<{ since: number; bytes: number }>();
  /**
   * When a key frame or an asset last got on. What waits behind it is not late by that: on a thin
   * line, another key frame in its place would be later still, and the next one after that.
   */
  let bulkMovedAt = -Infinity;
  let queued = 0;
  let congested = false;
  let stopTimer: (() => void) | undefined;

  function oldest(): number {
    const [first] = waiting;
    return sent.reduce((least, { since }) => Math.min(least, since), first?.since ?? Infinity);
  }

  function windowBytes(): number {
    const ahead = [...waiting].reduce((sum, { bytes }) => sum + bytes, 0);
    return sent.reduce(
      (sum, { bytes, weight }) => sum + (weight === "increment" ? bytes : 0),
      ahead,
    );
  }

  function evaluate(): void {
    stopTimer?.();
    stopTimer = undefined;
    const age = clock.now() - Math.max(oldest(), bulkMovedAt);
    if (!congested && (windowBytes() > WINDOW_BYTES || age > WINDOW_MS)) {
      congested = true;
      onSlow(true);
    } else if (congested && sent.length === 0 && queued === 0) {
      congested = false;
      onSlow(false);
    }
    if (!congested && oldest() < Infinity)
      stopTimer = clock.setTimeout(evaluate, Math.max(1, WINDOW_MS - age + 1));
  }

  return {
    get congested(): boolean {
      return congested;
    },
    get unacknowledgedBytes(): number {
      return sentBytes - acknowledgedBytes;
    },
    queue(weight: Weight): Place {
      if (weight === "acknowledgement") return { measure: () => undefined, leave: () => undefined };
      const entry = { since: clock.now(), bytes: 0 };
      if (weight === "increment") waiting.add(entry);
      queued += 1;
      evaluate();
      return {
        measure(bytes) {
          entry.bytes = bytes;
          evaluate();
        },
        leave() {
          waiting.delete(entry);
          queued -= 1;
        },
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
      if (sent.some((entry) => entry.weight === "bulk" && entry.upTo <= upTo))
        bulkMovedAt = clock.now();
      sent = sent.filter((entry) => entry.upTo > upTo);
      evaluate();
    },
    stop(): void {
      stopTimer?.();
    },
  };
}
