import { SMALLEST_COUNTED_BYTES } from "../../protocol/limits.ts";
import type { Clock } from "../clock.ts";

/** [R5] Below the relay's 16 MiB at once and 1 MiB/s: what else the socket carries has room. */
const BURST_BYTES = 12 * 1024 * 1024;
const BYTES_PER_MS = (900 * 1024) / 1000;

/** A token bucket. */
export type Pace = ReturnType<typeof createPace>;

export function createPace(clock: Clock) {
  let tokens = BURST_BYTES;
  let filledAt = clock.now();

  return {
    /** Takes and gives 0, or gives the milliseconds to wait. `reserve` is left for what is urgent. */
    take(bytes: number, reserve: number): number {
      const now = clock.now();
      tokens = Math.min(BURST_BYTES, tokens + (now - filledAt) * BYTES_PER_MS);
      filledAt = now;
      const counted = Math.max(bytes, SMALLEST_COUNTED_BYTES);
      const missing = counted + reserve - tokens;
      if (missing > 0) return Math.max(1, Math.ceil(missing / BYTES_PER_MS));
      tokens -= counted;
      return 0;
    },
  };
}
