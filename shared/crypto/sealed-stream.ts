import { type Bytes, concatBytes } from "../bytes.ts";
import { AppError } from "../errors.ts";
import { type Direction, encodeHeader, type Frame } from "../protocol/frame.ts";
import { MAX_PAYLOAD_BYTES } from "../protocol/limits.ts";

/** Far below what AES-GCM allows under one key, and far above what a session of 2 h can send. */
const MAX_FRAMES = 2 ** 32;
const TAG_BYTES = 16;

type Stream = {
  key: CryptoKey;
  direction: Direction;
  epoch: number;
  /** Lowers the bound, never raises it. */
  maxFrames?: number;
};

/** [L3] Seals payloads in the order of the calls. */
export type Sealer = ReturnType<typeof createSealer>;

export function createSealer({ key, direction, epoch, maxFrames = MAX_FRAMES }: Stream) {
  let next = 0;
  return {
    /** Throws `AppError` TOO_MANY when the counter is at its limit. */
    async seal(payload: Bytes): Promise<Bytes> {
      if (payload.length > MAX_PAYLOAD_BYTES) throw new AppError("TOO_LARGE", "payload: too long");
      if (next >= Math.min(maxFrames, MAX_FRAMES))
        throw new AppError("TOO_MANY", "seal: the counter is at its limit");
      const header = encodeHeader({ direction, epoch, sequence: next });
      next += 1;
      const sealed = await crypto.subtle.encrypt(aesGcm(header), key, payload);
      return concatBytes(header, new Uint8Array(sealed));
    },
  };
}

/** [L4] Opens frames in strict order. After the first that is not right, it opens nothing more. */
export function createOpener({ key, direction, epoch, maxFrames = MAX_FRAMES }: Stream) {
  let next = 0;
  let broken = false;

  function refuse(message: string, cause?: unknown): AppError {
    broken = true;
    return new AppError("FORGED", message, { cause });
  }

  return {
    /** Throws `AppError` FORGED. One call at a time. */
    async open(frame: Frame): Promise<Bytes> {
      if (broken) throw refuse("open: a frame before was not right");
      if (frame.direction !== direction) throw refuse("open: the wrong direction");
      if (frame.epoch !== epoch) throw refuse("open: the wrong epoch");
      if (frame.sequence !== next) throw refuse("open: out of order");
      if (next >= Math.min(maxFrames, MAX_FRAMES))
        throw refuse("open: the counter is at its limit");
      if (frame.payload.length > MAX_PAYLOAD_BYTES + TAG_BYTES) throw refuse("open: too long");
      next += 1;
      try {
        return new Uint8Array(
          await crypto.subtle.decrypt(aesGcm(frame.header), key, frame.payload),
        );
      } catch (cause) {
        throw refuse("open: the seal is broken", cause);
      }
    },
  };
}

/** 4 zero bytes and the header's sequence; the key is new for each epoch and direction. */
function aesGcm(header: Bytes): AesGcmParams {
  const iv = concatBytes(new Uint8Array(4), header.subarray(header.length - 8));
  return { name: "AES-GCM", iv, additionalData: header };
}
