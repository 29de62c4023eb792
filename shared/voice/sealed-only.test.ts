import { beforeAll, describe, expect, test, vi } from "vitest";

import type { FramesScope } from "./sealed-only.ts";

type Frame = ReturnType<typeof frame>;
type Streams = { readable: ReadableStream<Frame>; writable: WritableStream<Frame> };
/** What LiveKit's worker was given, by each of the two ways. */
type Give = (options: {
  kind: "encode" | "decode";
  participantIdentity: string;
  trackId: string;
  streams: Streams;
}) => void;

const getMetadata = () => ({ synchronizationSource: 1 });

/** One frame of Opus, as a browser hands it to a worker. */
function frame(bytes: number) {
  return { data: new Uint8Array(bytes).fill(7).buffer, timestamp: 960, getMetadata };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a worker's scope, played by Node's
const scope = globalThis as unknown as FramesScope;

const tell = (kind: string, data: unknown): void => scope.onmessage?.({ data: { kind, data } });

const byMessage: Give = ({ streams, ...data }) =>
  tell(data.kind, {
    ...data,
    readableStream: streams.readable,
    writableStream: streams.writable,
    hasPacketTrailer: false,
  });

const byTransform: Give = ({ streams, ...options }) =>
  scope.onrtctransform?.({ transformer: { ...streams, options } });

let tracks = 0;

/** A sender's frames through LiveKit's own worker. */
function send(give: Give, participantIdentity: string, trackId = `track ${(tracks += 1)}`) {
  const from = new TransformStream<Frame, Frame>();
  const to = new TransformStream<Frame, Frame>();
  give({
    kind: "encode",
    participantIdentity,
    trackId,
    streams: { readable: from.readable, writable: to.writable },
  });
  const [input, output] = [from.writable.getWriter(), to.readable.getReader()];
  return {
    /** The lengths of what left. An empty frame always passes, and marks the end. */
    async out(...lengths: number[]): Promise<number[]> {
      for (const length of [...lengths, 0]) void input.write(frame(length));
      const left: number[] = [];
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- one after another
        const { value } = await output.read();
        if (!value || value.data.byteLength === 0) return left;
        left.push(value.data.byteLength);
      }
    },
  };
}

/** What LiveKit's own shared key provider says of itself. */
const KEY_OPTIONS = {
  sharedKey: true,
  ratchetSalt: "LKFrameEncryptionKey",
  ratchetWindowSize: 0,
  failureTolerance: -1,
  keyringSize: 16,
  keySize: 256,
};

beforeAll(async () => {
  vi.stubGlobal("self", globalThis);
  vi.stubGlobal("onmessage", null);
  vi.stubGlobal("postMessage", () => undefined);
  vi.stubGlobal("RTCTransformEvent", Event);
  await import("./frames-worker.ts");
  tell("init", { keyProviderOptions: KEY_OPTIONS, loglevel: 5 });
  const key = await crypto.subtle.importKey("raw", new Uint8Array(32), "HKDF", false, [
    "deriveBits",
    "deriveKey",
  ]);
  tell("setKey", { isPublisher: false, key, keyIndex: 0, updateCurrentKeyIndex: true });
  tell("enable", { enabled: true, participantIdentity: "helper" });
});

describe.each([
  ["a message", byMessage],
  ["a script transform", byTransform],
])("[A5] a sender given to LiveKit's worker by %s", (way, give) => {
  test("sends what was sealed, which is 30 bytes longer", async () => {
    expect(await send(give, "helper").out(40, 50)).toEqual([70, 80]);
  });

  test("sends nothing under a name that the voice server made up for this end", async () => {
    expect(await send(give, "somebody").out(40, 50)).toEqual([]);
  });

  test("sends nothing in clear after the voice server gave its track's name to another's, and took that away", async () => {
    const trackId = `taken by ${way}`;
    const sender = send(give, "helper", trackId);
    expect(await sender.out(40)).toEqual([70]);
    const theirs = "beneficiary";
    const streams = new TransformStream<Frame, Frame>();
    const nowhere = new TransformStream<Frame, Frame>();
    give({
      kind: "decode",
      participantIdentity: theirs,
      trackId,
      streams: { readable: streams.readable, writable: nowhere.writable },
    });
    tell("removeTransform", { participantIdentity: theirs, trackId });
    // What was on its way may still be sealed.
    expect((await sender.out(40, 50)).filter((length) => length < 70)).toEqual([]);
  });

  test("seals although the voice server says that it sends in clear", async () => {
    tell("enable", { enabled: false, participantIdentity: "helper" });
    expect(await send(give, "helper").out(40)).toEqual([70]);
  });
});
