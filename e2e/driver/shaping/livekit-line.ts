/** The voice server speaks compressed to whoever offers it; the same length, and nobody knows it. */
const OFFER = Buffer.from("Sec-WebSocket-Extensions:");
const NO_OFFER = Buffer.from("Sec-WebSocket-Unextended:");

/** A WebSocket without compression: its handshake is the first thing that passes. */
export function withoutCompression(): (part: Buffer) => Buffer {
  let first = true;
  return (part) => {
    const at = first ? part.indexOf(OFFER) : -1;
    first = false;
    if (at >= 0) NO_OFFER.copy(part, at);
    return part;
  };
}

/**
 * In what the voice server says of where its media is, another port. It has as many digits, so that
 * no length around it changes; messages to a browser are not masked.
 */
export function withMediaPort(own: number, other: number): () => (part: Buffer) => Buffer {
  const from = Buffer.from(` ${own} typ host`);
  const to = Buffer.from(` ${other} typ host`);
  if (from.length !== to.length) throw new Error(`${own} and ${other} are not as long`);
  return () => {
    let kept = Buffer.alloc(0);
    return (part) => {
      const all = Buffer.concat([kept, part]);
      for (let at = all.indexOf(from); at >= 0; at = all.indexOf(from, at)) to.copy(all, at);
      const cut = cutBegin(all, from);
      kept = all.subarray(all.length - cut);
      return all.subarray(0, all.length - cut);
    };
  };
}

/** Fewer than that would keep back the end of messages that only happen to end so. */
const LEAST_CUT = 4;

/** How much of `wanted` the part's last bytes begin. */
function cutBegin(part: Buffer, wanted: Buffer): number {
  for (let length = wanted.length - 1; length >= LEAST_CUT; length -= 1)
    if (part.subarray(-length).equals(wanted.subarray(0, length))) return length;
  return 0;
}
