import type { SessionId } from "../../shared/ids.ts";
import {
  framesTopic,
  parseWord,
  publishWord,
  sessionTopic,
  tellSession,
  type End,
} from "../bus/word.ts";
import type { Context } from "../context.ts";
import { errorFields } from "../log.ts";

/** What a room asks of the socket that is in it. */
export interface Member {
  /** Identifies the connection on all nodes. */
  id: string;
  deliver(frame: Uint8Array): void;
  onPeer(present: boolean): void;
  onReplaced(): void;
  onOver(): void;
  onBusLost(): void;
}

/** One end's place in the relay of a session. It knows no socket and cannot open a frame. */
export interface Room {
  session: SessionId;
  end: End;
  forward(frame: Uint8Array): void;
  /** Asks the bus again: a node that died could not say that its end has left. */
  checkPeer(): Promise<boolean>;
  leave(): Promise<void>;
}

export async function joinRoom(
  ctx: Context,
  place: { session: SessionId; end: End },
  member: Member,
): Promise<Room> {
  const { session, end } = place;
  const other: End = end === "helper" ? "beneficiary" : "helper";
  const { bus } = ctx;
  let here = true;
  let replaced = false;
  let peer: boolean | undefined;

  function setPeer(present: boolean): void {
    const changed = peer !== present;
    peer = present;
    if (here && changed) member.onPeer(present);
  }

  function onWord(payload: Uint8Array): void {
    if (!here) return;
    let word;
    try {
      word = parseWord(payload);
    } catch (error) {
      ctx.log.warn(errorFields(error), "a word of the bus is not in form");
      return;
    }
    if (word.to !== "session") return;
    switch (word.word.type) {
      case "over":
        member.onOver();
        return;
      case "left":
        if (word.word.end === other) setPeer(false);
        return;
      case "joined":
        if (word.word.end === other) {
          // A peer that comes back without having left is a new connection: the link starts anew.
          peer = undefined;
          setPeer(true);
        } else if (word.word.connection !== member.id) {
          replaced = true;
          member.onReplaced();
        }
    }
  }

  const stopWords = await bus.subscribe(sessionTopic(session), onWord);
  const stopFrames = await bus.subscribe(framesTopic(session, end), (frame) => {
    if (here) member.deliver(frame);
  });
  await publishWord(bus, tellSession(session, { type: "joined", end, connection: member.id }));
  peer = (await bus.listeners(framesTopic(session, other))) > 0;

  return {
    session,
    end,
    forward(frame) {
      bus.publish(framesTopic(session, other), frame).catch(() => {
        if (here) member.onBusLost();
      });
    },
    async checkPeer() {
      setPeer((await bus.listeners(framesTopic(session, other))) > 0);
      return peer === true;
    },
    async leave() {
      if (!here) return;
      here = false;
      const stopping = Promise.all([stopFrames(), stopWords()]);
      // The end has a newer socket: it has not left.
      if (!replaced) await publishWord(bus, tellSession(session, { type: "left", end }));
      await stopping;
    },
  };
}
