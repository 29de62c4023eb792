import { type Bytes, concatBytes } from "../bytes.ts";
import { AppError } from "../errors.ts";

/** Inflating one slice cannot give more than about 4 MiB before the bound is looked at again. */
const SLICE_BYTES = 4096;

export function deflate(bytes: Bytes): Promise<Bytes> {
  return pass(new CompressionStream("deflate-raw"), bytes, bytes.length || 1, Infinity);
}

/** Throws `AppError` FORGED as soon as more than `limit` bytes come out, or for what is not deflate. */
export async function inflate(bytes: Bytes, limit: number): Promise<Bytes> {
  try {
    return await pass(new DecompressionStream("deflate-raw"), bytes, SLICE_BYTES, limit);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("FORGED", "compression: not deflate", { cause });
  }
}

async function pass(
  stream: CompressionStream | DecompressionStream,
  bytes: Bytes,
  slice: number,
  limit: number,
): Promise<Bytes> {
  const reader = stream.readable.getReader();
  const written = write(stream.writable.getWriter(), bytes, slice);
  // The reader meets the same fault; without this, it would also be an unhandled rejection.
  written.catch(() => undefined);
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new AppError("FORGED", "compression: above the limit");
    }
    parts.push(value);
  }
  await written;
  return concatBytes(...parts);
}

async function write(
  writer: WritableStreamDefaultWriter<BufferSource>,
  bytes: Bytes,
  slice: number,
): Promise<void> {
  for (let at = 0; at < bytes.length; at += slice) {
    await writer.ready;
    await writer.write(bytes.subarray(at, at + slice));
  }
  await writer.close();
}
