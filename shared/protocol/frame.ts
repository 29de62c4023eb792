import { type Bytes, concatBytes } from "../bytes.ts";
import { AppError } from "../errors.ts";
import { MAX_FRAME_BYTES, PROTOCOL_VERSION } from "./limits.ts";

/** [L1] All that a relay can read of a frame. */
export const HEADER_BYTES = 14;
/** [L1] Epoch 0 carries the handshake: signed, not sealed. */
export const HANDSHAKE_EPOCH = 0;
export const MAX_EPOCH = 0xffff_ffff;

export const DIRECTION = { TO_HELPER: 0, TO_BENEFICIARY: 1 } as const;
export type Direction = (typeof DIRECTION)[keyof typeof DIRECTION];
export type End = "beneficiary" | "helper";

export type FrameHeader = { direction: Direction; epoch: number; sequence: number };
export type Frame = FrameHeader & { header: Bytes; payload: Bytes };

/** The direction of what this end sends. */
export function directionFrom(end: End): Direction {
  return end === "beneficiary" ? DIRECTION.TO_HELPER : DIRECTION.TO_BENEFICIARY;
}

export function encodeHeader({ direction, epoch, sequence }: FrameHeader): Bytes {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint8(0, PROTOCOL_VERSION);
  view.setUint8(1, direction);
  view.setUint32(2, epoch);
  view.setBigUint64(6, BigInt(sequence));
  return header;
}

export function encodeFrame(header: FrameHeader, payload: Uint8Array): Bytes {
  return concatBytes(encodeHeader(header), payload);
}

/** Throws `AppError`: TOO_LARGE, VERSION, or BAD_MESSAGE for any other header than `encodeHeader`'s. */
export function decodeFrame(bytes: Bytes): Frame {
  if (bytes.length > MAX_FRAME_BYTES) throw new AppError("TOO_LARGE", "frame: above the limit");
  if (bytes.length <= HEADER_BYTES) throw new AppError("BAD_MESSAGE", "frame: cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== PROTOCOL_VERSION) throw new AppError("VERSION", "frame: other version");
  const direction = view.getUint8(1);
  if (direction !== DIRECTION.TO_HELPER && direction !== DIRECTION.TO_BENEFICIARY)
    throw new AppError("BAD_MESSAGE", "frame: no such direction");
  const sequence = Number(view.getBigUint64(6));
  if (!Number.isSafeInteger(sequence)) throw new AppError("BAD_MESSAGE", "frame: sequence too far");
  return {
    direction,
    epoch: view.getUint32(2),
    sequence,
    header: bytes.slice(0, HEADER_BYTES),
    payload: bytes.slice(HEADER_BYTES),
  };
}
