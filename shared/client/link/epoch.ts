import type { Bytes } from "../../bytes.ts";
import type { LinkKeys } from "../../crypto/handshake.ts";
import { createOpener, createSealer } from "../../crypto/sealed-stream.ts";
import { AppError } from "../../errors.ts";
import type { ContentHash } from "../../ids.ts";
import { type Direction, directionFrom, type End, type Frame } from "../../protocol/frame.ts";
import { createMessageJoiner, type Received } from "../../protocol/message-codec.ts";
import type { PeerMessage } from "../../protocol/peer.ts";
import type { Clock } from "../clock.ts";
import { createFlow } from "./flow.ts";
import { createOutbox } from "./outbox.ts";
import type { Pace } from "./pace.ts";
import { createReceipts } from "./receipts.ts";

export type Delivered<E extends End> = Exclude<Received<E>, { type: `link.${string}` }>;

/** What one handshake opened, until the next: two keys, two counters, one window ([L7]). */
export type Epoch<E extends End> = ReturnType<typeof createEpoch<E>>;

export function createEpoch<E extends End>({
  end,
  number,
  keys,
  known,
  socket,
  pace,
  clock,
  onReady,
  onMessage,
  onSlow,
  onFault,
}: {
  end: E;
  number: number;
  keys: LinkKeys;
  known: ContentHash[];
  socket: { sendFrame(bytes: Bytes): void; readonly bufferedBytes: number };
  pace: Pace;
  clock: Clock;
  onReady: (known: ContentHash[]) => void;
  /** Settles when the message has been worked on. */
  onMessage: (message: Delivered<E>) => Promise<void>;
  onSlow: (slow: boolean) => void;
  onFault: (error: unknown) => void;
}) {
  const inward = OPPOSITE[end];
  const sealer = createSealer({ key: keys.seal, direction: directionFrom(end), epoch: number });
  const opener = createOpener({ key: keys.open, direction: inward, epoch: number });
  const joiner = createMessageJoiner(end);
  const flow = createFlow(clock, onSlow);
  const outbox = createOutbox({ sealer, socket, pace, flow, clock, onFault });
  const receipts = createReceipts(clock, (bytes) => sendAside({ type: "link.ack", bytes }));
  let ready = false;
  let silent = false;
  let stopped = false;

  /** A lost acknowledgement or greeting means a lost epoch, which says so by itself. */
  function sendAside(message: PeerMessage): void {
    outbox.send(message).catch((error: unknown) => {
      if (!silent) onFault(error);
    });
  }

  function sort(message: Received<E>): { work: Promise<void>; counts: boolean } {
    if (isDelivered(message)) {
      if (!ready) throw new AppError("FORGED", "link: a message before link.ready");
      return { work: onMessage(message), counts: true };
    }
    return { work: hearOfLink(message), counts: message.type !== "link.ack" };
  }

  function hearOfLink(message: PeerMessage): Promise<void> {
    if (message.type === "link.ready" && !ready) {
      ready = true;
      onReady(message.known);
    } else if (message.type === "link.ack" && ready) {
      flow.acknowledge(message.bytes);
      outbox.wake();
    } else throw new AppError("FORGED", "link: link.ready twice, or an ack before it");
    return Promise.resolve();
  }

  function silence(error: AppError): void {
    silent = true;
    receipts.stop();
    outbox.stop(error);
  }

  sendAside({ type: "link.ready", known });

  return {
    number,
    /** The peer has opened this epoch. */
    get ready(): boolean {
      return ready;
    },
    /** Other messages than `link.ready` may leave. */
    get open(): boolean {
      return ready && !silent;
    },
    get congested(): boolean {
      return !silent && flow.congested;
    },
    send: outbox.send,
    /** One call at a time. Throws `AppError` FORGED. */
    async hear(frame: Frame, size: number): Promise<void> {
      const message = await joiner.join(await opener.open(frame));
      if (stopped) return;
      const { work, counts } = message ? sort(message) : { work: Promise.resolve(), counts: true };
      receipts.add(size, work, counts);
    },
    /** Nothing leaves any more; what came before may still be heard. */
    silence,
    stop(error: AppError): void {
      stopped = true;
      silence(error);
    },
  };
}

const OPPOSITE: Record<End, Direction> = {
  beneficiary: directionFrom("helper"),
  helper: directionFrom("beneficiary"),
};

function isDelivered<E extends End>(message: Received<E>): message is Delivered<E> {
  return message.type !== "link.ready" && message.type !== "link.ack";
}
