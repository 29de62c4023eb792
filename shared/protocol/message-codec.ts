import type { z } from "zod";

import { type Bytes, concatBytes, fromUtf8, utf8 } from "../bytes.ts";
import { AppError } from "../errors.ts";
import { deflate, inflate } from "./compression.ts";
import type { End } from "./frame.ts";
import {
  MAX_HELPER_MESSAGE_BYTES,
  MAX_HELPER_READY_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_PAYLOAD_BYTES,
} from "./limits.ts";
import { beneficiaryMessageSchema, helperMessageSchema, type PeerMessage } from "./peer.ts";

/**
 * [L5] Messages ↔ payloads, and the only place that parses what a peer sent. A message is JSON,
 * deflated where that is smaller, cut into payloads whose first byte holds flags. A message of one
 * payload may come between the payloads of a longer one, so that small ones need not wait.
 */
const FLAG = { FIRST: 1, LAST: 2, COMPRESSED: 4 } as const;
const CHUNK_BYTES = MAX_PAYLOAD_BYTES - 1;
/** Below, deflate wins nothing and costs a turn. */
const COMPRESS_FROM_BYTES = 256;

const receivedSchemas = { beneficiary: helperMessageSchema, helper: beneficiaryMessageSchema };

export type Received<E extends End> = z.infer<(typeof receivedSchemas)[E]>;
export type Sent<E extends End> = Received<Exclude<End, E>>;

/** Reads the message before it returns: what the caller changes later does not cross. */
export function encodeMessage(message: PeerMessage): Promise<Bytes[]> {
  const plain = utf8(JSON.stringify(message));
  return cutPlain(plain);
}

async function cutPlain(plain: Bytes): Promise<Bytes[]> {
  if (plain.length > MAX_MESSAGE_BYTES) throw new AppError("TOO_LARGE", "message: too long");
  const deflated = plain.length < COMPRESS_FROM_BYTES ? plain : await deflate(plain);
  const compressed = deflated.length < plain.length;
  const body = compressed ? deflated : plain;
  const payloads: Bytes[] = [];
  for (let at = 0; at < body.length; at += CHUNK_BYTES) {
    const flags =
      (at === 0 ? FLAG.FIRST : 0) |
      (at + CHUNK_BYTES >= body.length ? FLAG.LAST : 0) |
      (at === 0 && compressed ? FLAG.COMPRESSED : 0);
    payloads.push(concatBytes(Uint8Array.of(flags), body.subarray(at, at + CHUNK_BYTES)));
  }
  return payloads;
}

/** What `end` receives, put together again. One epoch has one joiner. */
export type MessageJoiner<E extends End> = {
  /**
   * The message that this payload completes. Throws `AppError` FORGED for anything that
   * `encodeMessage` would not have cut, and for a message that is not in the direction's list.
   */
  join: (payload: Bytes) => Promise<Received<E> | undefined>;
};

export function createMessageJoiner<E extends End>(end: E): MessageJoiner<E> {
  let pending: { parts: Bytes[]; size: number; compressed: boolean } | undefined;
  let begun = false;

  function limit(): number {
    if (end === "helper") return MAX_MESSAGE_BYTES;
    return begun ? MAX_HELPER_MESSAGE_BYTES : MAX_HELPER_READY_BYTES;
  }

  async function read(body: Bytes, compressed: boolean): Promise<Received<E>> {
    const most = limit();
    begun = true;
    return await parse(end, body, compressed, most);
  }

  return {
    async join(payload) {
      const flags = payload[0];
      const part = payload.subarray(1);
      if (flags === undefined || flags > 7 || part.length === 0) throw forged("payload: flags");
      const first = (flags & FLAG.FIRST) !== 0;
      const last = (flags & FLAG.LAST) !== 0;
      const compressed = (flags & FLAG.COMPRESSED) !== 0;
      if (!last && part.length !== CHUNK_BYTES) throw forged("payload: not full");
      if (first && last) return read(part, compressed);
      if (first) {
        if (pending) throw forged("payload: begins in another message");
        pending = { parts: [part], size: part.length, compressed };
        return undefined;
      }
      if (!pending || compressed) throw forged("payload: continues nothing");
      pending.parts.push(part);
      pending.size += part.length;
      if (pending.size > limit()) throw forged("message: above the limit");
      if (!last) return undefined;
      const whole = pending;
      pending = undefined;
      return read(concatBytes(...whole.parts), whole.compressed);
    },
  };
}

async function parse<E extends End>(
  end: E,
  body: Bytes,
  compressed: boolean,
  limit: number,
): Promise<Received<E>> {
  if (body.length > limit) throw forged("message: above the limit");
  const message = parseJson(compressed ? await inflate(body, limit) : body);
  if (!isReceived(end, message)) throw forged("message: not in the list");
  return message;
}

function parseJson(plain: Bytes): unknown {
  try {
    return JSON.parse(fromUtf8(plain));
  } catch (cause) {
    throw new AppError("FORGED", "message: not JSON", { cause });
  }
}

function isReceived<E extends End>(end: E, message: unknown): message is Received<E> {
  return receivedSchemas[end].safeParse(message).success;
}

function forged(message: string): AppError {
  return new AppError("FORGED", message);
}
