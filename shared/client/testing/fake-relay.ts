import type { Bytes } from "../../bytes.ts";
import { createDeviceKey, type DeviceKey } from "../../crypto/device-key.ts";
import {
  type ContentHash,
  createSessionId,
  type GrantId,
  grantIdSchema,
  type SessionId,
} from "../../ids.ts";
import type { End } from "../../protocol/frame.ts";
import { createLink, type Incoming, type Link, type LinkEvent, type LinkSocket } from "../link.ts";
import type { SocketEvent } from "../server-socket.ts";
import { createFakeClock, type FakeClock, until } from "./fake-clock.ts";

/** One end's place in the relay. A test may read, hold back, alter or invent what goes through. */
export type Side = {
  socket: LinkSocket;
  /** Every frame that this end sent, in order. */
  sent: Bytes[];
  /** What becomes of a frame of this end: the frames that the other end gets for it. */
  route: (frame: Bytes) => Bytes[];
  /** Straight to this end, as though the relay had sent it. */
  hear: (event: SocketEvent) => void;
  buffered: number;
  connect: () => void;
  disconnect: () => void;
};

function createFakeRelay(session: SessionId): Record<End, Side> {
  const joined: Record<End, boolean> = { beneficiary: false, helper: false };

  function createSide(end: End, other: () => Side): Side {
    const listeners = new Set<(event: SocketEvent) => void>();
    const otherEnd = end === "helper" ? "beneficiary" : "helper";
    let state: LinkSocket["state"] = "offline";

    const side: Side = {
      sent: [],
      buffered: 0,
      route: (frame) => [frame],
      hear(event) {
        for (const listener of listeners) listener(event);
      },
      connect() {
        state = "online";
        side.hear({ type: "online" });
      },
      disconnect() {
        state = "offline";
        if (joined[end]) tellPeer(false);
        joined[end] = false;
        side.hear({ type: "offline" });
      },
      socket: {
        get state() {
          return state;
        },
        get bufferedBytes() {
          return side.buffered;
        },
        listen(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        request: () => {
          joined[end] = true;
          tellPeer(true);
          return Promise.resolve({ peer: joined[otherEnd] });
        },
        sendFrame(bytes) {
          if (state !== "online") return;
          side.sent.push(bytes);
          for (const frame of side.route(bytes))
            if (joined[end] && joined[otherEnd]) other().hear({ type: "frame", bytes: frame });
        },
      },
    };

    function tellPeer(present: boolean): void {
      const message = { type: "relay.peer", session, present } as const;
      if (joined[otherEnd]) other().hear({ type: "message", message });
    }
    return side;
  }

  const beneficiary: Side = createSide("beneficiary", () => helper);
  const helper: Side = createSide("helper", () => beneficiary);
  return { beneficiary, helper };
}

export type LinkPair = {
  relay: Record<End, Side>;
  clock: FakeClock;
  session: SessionId;
  grant: GrantId;
  keys: Record<End, DeviceKey>;
  /** What the console says that it holds. */
  known: ContentHash[];
  beneficiary: { link: Link<"beneficiary">; events: LinkEvent<Incoming<"beneficiary">>[] };
  helper: { link: Link<"helper">; events: LinkEvent<Incoming<"helper">>[] };
};

export const GRANT = grantIdSchema.parse("A".repeat(43));

export async function createLinkPair(session = createSessionId()): Promise<LinkPair> {
  const clock = createFakeClock();
  const relay = createFakeRelay(session);
  const keys = { beneficiary: await createDeviceKey(), helper: await createDeviceKey() };
  const known: ContentHash[] = [];
  const shared = { session, grant: GRANT, clock };
  const beneficiary = record(
    createLink({
      ...shared,
      end: "beneficiary",
      socket: relay.beneficiary.socket,
      key: keys.beneficiary,
      peer: keys.helper,
    }),
  );
  const helper = record(
    createLink({
      ...shared,
      end: "helper",
      socket: relay.helper.socket,
      key: keys.helper,
      peer: keys.beneficiary,
      known: () => known,
    }),
  );
  return { relay, clock, session, grant: GRANT, keys, known, beneficiary, helper };
}

function record<E extends End>(link: Link<E>): { link: Link<E>; events: LinkEvent<Incoming<E>>[] } {
  const events: LinkEvent<Incoming<E>>[] = [];
  link.listen((event) => events.push(event));
  return { link, events };
}

/** Both connected and the key lock open at both ends. */
export async function openLinkPair(pair: LinkPair): Promise<void> {
  pair.beneficiary.link.start();
  pair.helper.link.start();
  pair.relay.beneficiary.connect();
  pair.relay.helper.connect();
  await until(() => pair.beneficiary.link.open && pair.helper.link.open, "the link to open");
}

export function messagesOf<In>(events: readonly LinkEvent<In>[]): In[] {
  return events.flatMap((event) => (event.type === "message" ? [event.message] : []));
}
