import type { Bytes } from "../bytes.ts";
import { type DeviceKey, deviceIdOf } from "../crypto/device-key.ts";
import type { LinkContext } from "../crypto/handshake.ts";
import { AppError, errorRow } from "../errors.ts";
import type { ContentHash, DeviceId, GrantId, SessionId } from "../ids.ts";
import {
  decodeFrame,
  directionFrom,
  encodeFrame,
  type End,
  type Frame,
  HANDSHAKE_EPOCH,
} from "../protocol/frame.ts";
import type { Sent } from "../protocol/message-codec.ts";
import type { Clock } from "./clock.ts";
import { createEpoch, type Delivered, type Epoch } from "./link/epoch.ts";
import { createAnswerer, createGreeter } from "./link/handshakes.ts";
import { createPace } from "./link/pace.ts";
import { createListeners } from "./listeners.ts";
import type { ServerSocket, SocketEvent } from "./server-socket.ts";

const GREET_APART_MS = 250;
const GREET_AGAIN_MS = 5_000;
const GREET_AGAIN_AT_MOST_MS = 20_000;
const JOIN_AGAIN_MS = 1_000;
/** Serves no purpose to say more: the peer takes no longer list. */
const MAX_KNOWN = 4_000;

export type LinkEvent<In> =
  /** The key lock is open. `known`: assets that the peer still holds. A new epoch is never slow. */
  | { type: "open"; known: ContentHash[] }
  | { type: "lost" }
  | { type: "message"; message: In }
  /** For good. `reason` is for logs. The owner ends the session. */
  | { type: "forged"; reason: string }
  | { type: "slow"; slow: boolean };

export type Incoming<E extends End> = Delivered<E>;
export type Outgoing<E extends End> = Exclude<Sent<E>, { type: `link.${string}` }>;

export type Link<E extends End> = {
  /** Joins the relay, and again after each reconnection. */
  start: () => void;
  /**
   * In order. Resolves when it is with the socket. Rejects with `AppError`: UNAVAILABLE when the
   * link is not open or was lost meanwhile, TOO_LARGE, or FORGED after a forgery.
   */
  send: (message: Outgoing<E>) => Promise<void>;
  readonly open: boolean;
  /** [L6] The peer lags behind: send no increments. */
  readonly congested: boolean;
  /** A message is acknowledged when the promises that its listeners return have settled. */
  listen: (listener: (event: LinkEvent<Incoming<E>>) => unknown) => () => void;
  close: () => void;
};

/** What the link needs of a `ServerSocket`. */
export type LinkSocket = Pick<ServerSocket, "state" | "sendFrame" | "bufferedBytes" | "listen"> & {
  request: (type: "relay.join", body: { session: SessionId }) => Promise<unknown>;
};

/**
 * [L1]–[L7] One session's sealed channel, over as many connections and handshakes as it takes.
 * Whatever arrives is worked on strictly one after the other; the first thing that does not verify
 * ends the link.
 */
export function createLink<E extends End>({
  end,
  socket,
  session,
  grant,
  key,
  peer,
  known = () => [],
  clock,
}: {
  end: E;
  socket: LinkSocket;
  session: SessionId;
  grant: GrantId;
  key: DeviceKey;
  /** As pinned at pairing. */
  peer: { id: DeviceId; publicKey: string };
  /** The assets that this end still holds: the console's. */
  known?: () => ContentHash[];
  clock: Clock;
}): Link<E> {
  const link: LinkContext =
    end === "beneficiary"
      ? { session, grant, beneficiary: key.id, helper: peer.id }
      : { session, grant, beneficiary: peer.id, helper: key.id };
  const pinned = { key, peerKey: peer.publicKey, link };
  const handshakes = end === "helper" ? createGreeter(pinned) : createAnswerer(pinned);
  const listeners = createListeners<LinkEvent<Incoming<E>>>();
  const pace = createPace(clock);
  let epoch: Epoch<E> | undefined;
  let turn: Promise<void> = Promise.resolve();
  let ended: AppError | undefined;
  let stopListening: (() => void) | undefined;
  let joins = 0;
  /** The relay has let us in. Before, a frame would be taken for a fault. */
  let joined = false;
  let greetedAt = -Infinity;
  /** The peer's connection may have changed since the last answer. */
  let unanswered = true;
  let stopJoinTimer: (() => void) | undefined;
  let stopGreetTimer: (() => void) | undefined;

  function inTurn(work: () => void | Promise<void>): void {
    turn = turn.then(() => (ended ? undefined : work())).catch(fail);
  }

  function hearSocket(event: SocketEvent): void {
    switch (event.type) {
      case "online":
        void join();
        return;
      case "offline":
      case "closed":
        joins += 1;
        epoch?.silence(lost());
        return inTurn(drop);
      case "frame":
        return inTurn(() => hearFrame(event.bytes));
      case "message":
        if (event.message.type === "relay.peer" && event.message.session === session)
          hearOfPeer(event.message.present);
    }
  }

  async function join(): Promise<void> {
    stopJoinTimer?.();
    joins += 1;
    joined = false;
    const mine = joins;
    try {
      await socket.request("relay.join", { session });
      if (mine !== joins || ended) return;
      joined = true;
      greet();
    } catch (error) {
      if (mine !== joins || ended) return;
      if (error instanceof AppError && errorRow(error.code).retry)
        stopJoinTimer = clock.setTimeout(() => void join(), JOIN_AGAIN_MS);
      else inTurn(() => tell({ type: "lost" }));
    }
  }

  function hearOfPeer(present: boolean): void {
    if (!present) return inTurn(drop);
    // In turn: an answer that came before this word is of the peer's connection before.
    return inTurn(() => {
      unanswered = true;
      if (joined) greet();
    });
  }

  /** The end that answers has nothing to say here. */
  function greet(againMs = GREET_AGAIN_MS): void {
    if (end !== "helper") return;
    stopGreetTimer?.();
    const wait = greetedAt + GREET_APART_MS - clock.now();
    if (wait > 0) {
      // Two that join at once hear of each other after the first hello: its answer is enough.
      stopGreetTimer = clock.setTimeout(
        () => (unanswered || !epoch ? greet(againMs) : watchGreeting(againMs)),
        wait,
      );
      return;
    }
    greetedAt = clock.now();
    inTurn(async () => {
      drop();
      const hello = await handshakes.begin();
      if (hello && !ended) sendHandshake(hello);
    });
    watchGreeting(againMs);
  }

  function watchGreeting(againMs: number): void {
    stopGreetTimer = clock.setTimeout(() => {
      if (!ended && !epoch?.ready && socket.state === "online")
        greet(Math.min(againMs * 2, GREET_AGAIN_AT_MOST_MS));
    }, againMs);
  }

  async function hearFrame(bytes: Bytes): Promise<void> {
    const frame = decodeFrame(bytes);
    if (frame.direction === directionFrom(end))
      throw new AppError("FORGED", "frame: our own direction");
    if (frame.epoch === HANDSHAKE_EPOCH) return hearHandshake(frame);
    // Between two handshakes, and from the epoch before, nothing is opened.
    if (!epoch || frame.epoch < epoch.number) return;
    if (frame.epoch > epoch.number) throw new AppError("FORGED", "frame: no such epoch yet");
    await epoch.hear(frame, bytes.length);
  }

  async function hearHandshake(frame: Frame): Promise<void> {
    if (frame.sequence !== 0) throw new AppError("FORGED", "handshake: out of order");
    const opened = await handshakes.hear(frame.payload, epoch !== undefined);
    if (!opened || ended) return;
    drop();
    unanswered = false;
    if (opened.reply) sendHandshake(opened.reply);
    epoch = createEpoch<E>({
      end,
      number: opened.epoch,
      keys: opened.keys,
      known: known().slice(-MAX_KNOWN),
      socket,
      pace,
      clock,
      onReady: (theirs) => tell({ type: "open", known: theirs }),
      onMessage: (message) => listeners.emit({ type: "message", message }),
      onSlow: (slow) => tell({ type: "slow", slow }),
      onFault: fail,
    });
  }

  function sendHandshake(payload: Bytes): void {
    const header = { direction: directionFrom(end), epoch: HANDSHAKE_EPOCH, sequence: 0 };
    const frame = encodeFrame(header, payload);
    pace.take(frame.length, 0);
    socket.sendFrame(frame);
  }

  /** Back to before the handshake. */
  function drop(): void {
    const wasOpen = epoch?.ready === true;
    epoch?.stop(lost());
    epoch = undefined;
    handshakes.forget();
    if (wasOpen) tell({ type: "lost" });
  }

  function fail(error: unknown): void {
    if (ended) return;
    finish(new AppError("FORGED", "the link was ended by a forgery", { cause: error }));
    tell({
      type: "forged",
      reason: error instanceof AppError ? error.message : "a fault of our own",
    });
  }

  function finish(error: AppError): void {
    ended = error;
    stopJoinTimer?.();
    stopGreetTimer?.();
    stopListening?.();
    epoch?.stop(error);
    epoch = undefined;
  }

  function tell(event: LinkEvent<Incoming<E>>): void {
    void listeners.emit(event);
  }

  return {
    start() {
      if (ended || stopListening) return;
      stopListening = socket.listen(hearSocket);
      inTurn(async () => {
        if ((await deviceIdOf(peer.publicKey)) !== peer.id)
          throw new AppError("KEY_CHANGED", "link: the pinned key is not that device's");
      });
      if (socket.state === "online") void join();
    },
    send(message) {
      if (ended) return Promise.reject(ended);
      return epoch?.open ? epoch.send(message) : Promise.reject(lost());
    },
    get open() {
      return epoch?.open ?? false;
    },
    get congested() {
      return epoch?.congested ?? false;
    },
    listen: listeners.add,
    close() {
      if (!ended) finish(lost());
    },
  };
}

function lost(): AppError {
  return new AppError("UNAVAILABLE", "the link is not open");
}
