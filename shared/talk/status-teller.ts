import type { Clock } from "../client/clock.ts";
import { VOICE_STATUS_MS } from "../protocol/limits.ts";
import type { VoiceStatus } from "../protocol/peer.ts";

/** A voice that is off for no longer than this is about to begin: nothing is said of it. */
const OFF_MS = 3_000;

/** [A7] Says how the voice is when that changes, at most once a second, and the last word always. */
export function createStatusTeller(options: { clock: Clock; send: (status: VoiceStatus) => void }) {
  let said = "";
  let next: VoiceStatus | undefined;
  let stopTimer: (() => void) | undefined;
  let stopOff: (() => void) | undefined;

  function say(): void {
    const status = next;
    if (!status || JSON.stringify(status) === said) return;
    said = JSON.stringify(status);
    stopTimer = options.clock.setTimeout(() => {
      stopTimer = undefined;
      say();
    }, VOICE_STATUS_MS);
    options.send(status);
  }

  function take(status: VoiceStatus): void {
    next = status;
    if (!stopTimer) say();
  }

  return {
    tell(status: VoiceStatus): void {
      stopOff?.();
      if (status.state !== "off") return take(status);
      // What it was before is true no longer, and a link that opens now is not to hear it.
      next = undefined;
      stopOff = options.clock.setTimeout(() => take(status), OFF_MS);
    },
    /** Each time that the link opens: the other end may be another one. */
    again(): void {
      said = "";
      if (!stopTimer) say();
    },
    stop(): void {
      stopTimer?.();
      stopOff?.();
      next = undefined;
    },
  };
}
