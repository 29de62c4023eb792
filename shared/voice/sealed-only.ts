/** What sealing adds to a frame: AES-GCM's tag, the nonce, and two bytes that say how long it is and which key. */
const SEAL_BYTES = 16 + 12 + 2;

/** The part of an encoded frame that is looked at. */
type Frame = { readonly data: ArrayBuffer };
type Streams = { readable: ReadableStream<Frame>; writable: WritableStream<Frame> };

/**
 * [A5] The two ends of a sender's frames, for somebody who seals what is between them: a frame that
 * comes out as it went in is dropped. An empty one says nothing, and passes.
 */
function sealedOnly({ readable, writable }: Streams): Streams {
  const lengths = new WeakMap<Frame, number>();
  const before = new TransformStream<Frame, Frame>({
    transform(frame, out) {
      lengths.set(frame, frame.data.byteLength);
      out.enqueue(frame);
    },
  });
  const after = new TransformStream<Frame, Frame>({
    transform(frame, out) {
      const grown = frame.data.byteLength - (lengths.get(frame) ?? 0);
      if (frame.data.byteLength === 0 || grown === SEAL_BYTES) out.enqueue(frame);
    },
  });
  // The sender has gone: whoever seals sees it, since its own stream breaks with this one.
  after.readable.pipeTo(writable).catch(() => undefined);
  return { readable: readable.pipeThrough(before), writable: after.writable };
}

type Transform = { transformer: Streams & { options: { kind: "encode" | "decode" } } };

/** LiveKit's worker, as far as it is listened to. */
export type FramesScope = {
  onmessage: ((event: { data: unknown }) => void) | null;
  onrtctransform?: ((event: Transform) => void) | null;
};

/**
 * [A5] Stands between LiveKit's worker and what it is given, on both ways that a browser has: nobody's
 * frames are in clear, whatever the voice server says, and nothing leaves that was not sealed.
 */
export function holdToSeal(scope: FramesScope): void {
  const { onmessage, onrtctransform } = scope;
  // Instead of LiveKit's, not beside it.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  scope.onmessage = ({ data }) => onmessage?.({ data: held(data) });
  if (!onrtctransform) return;
  scope.onrtctransform = ({ transformer }) => {
    const { options } = transformer;
    const streams = options.kind === "encode" ? sealedOnly(transformer) : transformer;
    onrtctransform({
      transformer: { options, readable: streams.readable, writable: streams.writable },
    });
  };
}

type Message =
  | { kind: "enable"; data: { enabled: boolean } }
  | {
      kind: "encode";
      data: { readableStream: ReadableStream<Frame>; writableStream: WritableStream<Frame> };
    };

function held(message: unknown): unknown {
  if (!isHeld(message)) return message;
  if (message.kind === "enable") return { ...message, data: { ...message.data, enabled: true } };
  const { readableStream, writableStream } = message.data;
  const streams = sealedOnly({ readable: readableStream, writable: writableStream });
  return {
    ...message,
    data: {
      ...message.data,
      readableStream: streams.readable,
      writableStream: streams.writable,
    },
  };
}

/** From our own page, by LiveKit's own code: the kind is enough. */
function isHeld(message: unknown): message is Message {
  return (
    typeof message === "object" &&
    message !== null &&
    "kind" in message &&
    (message.kind === "enable" || message.kind === "encode")
  );
}
