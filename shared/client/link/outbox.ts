import type { Bytes } from "../../bytes.ts";
import type { Sealer } from "../../crypto/sealed-stream.ts";
import type { AppError } from "../../errors.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import type { PeerMessage } from "../../protocol/peer.ts";
import type { Clock } from "../clock.ts";
import type { Flow, Place, Weight } from "./flow.ts";
import type { Pace } from "./pace.ts";

/** Header and tag. */
const SEAL_BYTES = 30;
/** What is urgent finds that much of the pace left, and that little before it in the socket. */
const RESERVE_BYTES = 64 * 1024;
const MAX_BUFFERED_BYTES = 256 * 1024;
const BUFFER_POLL_MS = 15;
/** [R6] Far below what the relay queues for a slow receiver. */
const MAX_UNACKNOWLEDGED_BYTES = 2 * 1024 * 1024;

/** Short, of one payload, and good in any order: they overtake the rest. */
const URGENT: ReadonlySet<PeerMessage["type"]> = new Set([
  "link.ack",
  "guide.pointer",
  "guide.state",
  "session.ended",
]);

type Item = {
  payloads?: Bytes[];
  next: number;
  weight: Weight;
  queuedAt: number;
  place: Place;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/** Sends one epoch's messages: in order, sealed one after the other, at the relay's pace. */
export function createOutbox({
  sealer,
  socket,
  pace,
  flow,
  clock,
  onFault,
}: {
  sealer: Sealer;
  socket: { sendFrame(bytes: Bytes): void; readonly bufferedBytes: number };
  pace: Pace;
  flow: Flow;
  clock: Clock;
  /** Nothing more can be sealed in this epoch. */
  onFault: (error: unknown) => void;
}) {
  const urgent: Item[] = [];
  const ordered: Item[] = [];
  /** The very first message (`link.ready`) has left: only then may anything overtake. */
  let begun = false;
  let pumping = false;
  let stopped: AppError | undefined;
  let stopTimer: (() => void) | undefined;

  function wakeIn(ms: number): void {
    stopTimer?.();
    stopTimer = clock.setTimeout(pump, ms);
  }

  /** The lane whose first message may send its next payload now. */
  function nextLane(): Item[] | undefined {
    if (stopped) return undefined;
    const [hurried] = urgent;
    if (begun && hurried?.payloads) return mayLeave(hurried, 0) ? urgent : undefined;
    const [first] = ordered;
    if (!first?.payloads) return undefined;
    // An acknowledgement wakes us.
    if (flow.unacknowledgedBytes > MAX_UNACKNOWLEDGED_BYTES) return undefined;
    if (socket.bufferedBytes > MAX_BUFFERED_BYTES) {
      wakeIn(BUFFER_POLL_MS);
      return undefined;
    }
    return mayLeave(first, RESERVE_BYTES) ? ordered : undefined;
  }

  function mayLeave({ payloads, next }: Item, reserve: number): boolean {
    const wait = pace.take((payloads?.[next]?.length ?? 0) + SEAL_BYTES, reserve);
    if (wait > 0) wakeIn(wait);
    return wait === 0;
  }

  async function sendNext(lane: Item[]): Promise<void> {
    const [item] = lane;
    const payload = item?.payloads?.[item.next];
    if (!item || !payload) return;
    const frame = await sealer.seal(payload);
    if (stopped) return;
    socket.sendFrame(frame);
    flow.sent(frame.length, item.weight, item.queuedAt);
    item.next += 1;
    if (item.next < (item.payloads?.length ?? 0)) return;
    lane.shift();
    begun = true;
    item.place.leave();
    item.resolve();
  }

  async function drain(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      for (let lane = nextLane(); lane; lane = nextLane()) await sendNext(lane);
    } catch (error) {
      onFault(error);
    } finally {
      pumping = false;
    }
  }

  function pump(): void {
    void drain();
  }

  async function encode(item: Item, lane: Item[], encoded: Promise<Bytes[]>): Promise<void> {
    try {
      const payloads = await encoded;
      item.payloads = payloads;
      item.place.measure(payloads.reduce((sum, { length }) => sum + length + SEAL_BYTES, 0));
    } catch (error) {
      lane.splice(lane.indexOf(item), 1);
      item.place.leave();
      item.reject(error);
    }
    pump();
  }

  return {
    /** Resolves when the last frame is with the socket; rejects with `AppError` when it won't be. */
    send: (message: PeerMessage): Promise<void> => {
      if (stopped) return Promise.reject(stopped);
      const encoded = encodeMessage(message);
      return new Promise((resolve, reject) => {
        const weight = weightOf(message);
        const lane = URGENT.has(message.type) ? urgent : ordered;
        const place = flow.queue(weight);
        const item: Item = { next: 0, weight, queuedAt: clock.now(), place, resolve, reject };
        lane.push(item);
        void encode(item, lane, encoded);
      });
    },
    /** The flow has moved. */
    wake: pump,
    stop(error: AppError): void {
      if (stopped) return;
      stopped = error;
      stopTimer?.();
      flow.stop();
      for (const item of [...urgent, ...ordered]) item.reject(error);
    },
  };
}

function weightOf(message: PeerMessage): Weight {
  if (message.type === "link.ack") return "acknowledgement";
  const bulk = message.type === "asset.data" || (message.type === "mirror.events" && message.key);
  return bulk ? "bulk" : "increment";
}
