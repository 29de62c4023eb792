import {
  BURST_BYTES,
  RATE_BYTES_PER_S,
  SMALLEST_COUNTED_BYTES,
} from "../../shared/protocol/limits.ts";

/** [R5] How many bytes one socket may send: a burst, then so much per second. A small frame counts as a larger one. */
export function createByteBudget(now: number): { take(bytes: number, now: number): boolean } {
  let left = BURST_BYTES;
  let at = now;
  return {
    take(bytes, time) {
      left = Math.min(BURST_BYTES, left + (Math.max(0, time - at) / 1000) * RATE_BYTES_PER_S);
      at = time;
      left -= Math.max(bytes, SMALLEST_COUNTED_BYTES);
      return left >= 0;
    },
  };
}
