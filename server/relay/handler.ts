import type { AttemptId, DeviceId, SessionId } from "../../shared/ids.ts";
import type { ClientMessage, ClientMessageType, Reply } from "../../shared/protocol/control.ts";
import type { End } from "../bus/word.ts";
import type { Context, Outcome } from "../context.ts";

/** What a handler may know of the socket that asks. The device's key is proved by then. */
export interface Call {
  ctx: Context;
  connection: string;
  /** Where the socket comes from, for limits; never logged, never stored as it is. */
  address: string;
  device: { id: DeviceId; publicKey: string; end: End };
  nonces: { give(): string; take(nonce: string): boolean };
  /** Spoken pairings that this socket began or answered: when it closes, they fail. */
  attempts: Set<AttemptId>;
  join: (session: SessionId) => Promise<{ peer: boolean }>;
}

export type RequestType = Exclude<ClientMessageType, "device.prove">;
export type Request<T extends RequestType> = Extract<ClientMessage, { type: T }>;

interface Handler<T extends RequestType> {
  from: End | "either";
  /** [C5] What a beneficiary's device may do before it is paired. */
  unpaired: boolean;
  /** Waits for another server: what comes after it on the same socket does not wait for it. */
  aside?: true;
  run(call: Call, message: Request<T>): Promise<Outcome<Reply<T>>>;
}

export type Handlers = { [T in RequestType]: Handler<T> };
