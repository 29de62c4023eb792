import { PROTOCOL_VERSION } from "../../shared/protocol/limits.ts";
import type { End } from "../bus/word.ts";

/** [L1] Version, direction, epoch, sequence. */
const HEADER_BYTES = 14;
const DIRECTION: Record<End, number> = { beneficiary: 0, helper: 1 };

/** [R2] All that the relay looks at: the two bytes that say which way a frame goes. */
export function isFrameOf(end: End, frame: Uint8Array): boolean {
  return (
    frame.length >= HEADER_BYTES && frame[0] === PROTOCOL_VERSION && frame[1] === DIRECTION[end]
  );
}
