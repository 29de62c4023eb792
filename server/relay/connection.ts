import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import { AppError } from "../../shared/errors.ts";
import { createNonce, type AttemptId, type DeviceId } from "../../shared/ids.ts";
import { CLOSE, type CloseCode } from "../../shared/protocol/close-codes.ts";
import {
  clientMessageSchema,
  type ClientMessage,
  type Reply,
  type ServerMessage,
} from "../../shared/protocol/control.ts";
import { MAX_CONTROL_BYTES, PROTOCOL_VERSION, SILENCE_MS } from "../../shared/protocol/limits.ts";
import type { Unsubscribe } from "../bus/bus.ts";
import { deviceTopic, parseWord, publishWords } from "../bus/word.ts";
import type { Context, Outcome } from "../context.ts";
import { codeOf } from "../http/error-handler.ts";
import { errorFields } from "../log.ts";
import { failAttempt } from "../pairings/spoken-attempt.ts";
import { findDevice } from "../people/devices.ts";
import { assertMayJoin } from "../sessions/check-sessions.ts";
import { endSession } from "../sessions/end-session.ts";
import { isFrameOf } from "./frame-header.ts";
import type { Call, Handlers, Request, RequestType } from "./handler.ts";
import { handlers } from "./handlers.ts";
import { checkProof, type Upgrade } from "./prove.ts";
import { createByteBudget } from "./rate.ts";
import { joinRoom, type Room } from "./room.ts";
import { watchSignIn } from "./sign-in-watch.ts";
import { createStatementNonces } from "./statement-nonces.ts";

/** [R6] Above this many queued bytes a receiver is too slow: it connects again and gets a key frame. */
export const MAX_QUEUED_BYTES = 8 * 1024 * 1024;
/** Requests that wait for their turn on one socket. */
const MAX_WAITING = 64;

/** The WebSocket, as far as a connection needs it. */
export interface Socket {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
  ping(): void;
  terminate(): void;
}

/** One socket, from its upgrade to its end. */
export interface Connection {
  readonly room: Room | undefined;
  /** [C5] Under which sign-in a helper's device was proved. */
  readonly signIn: string | undefined;
  /** Which beneficiary's device was proved. */
  readonly beneficiary: DeviceId | undefined;
  onMessage(data: string | Uint8Array): void;
  onPong(): void;
  /** Resolves when nothing of it is left. */
  onClose(): Promise<void>;
  /** Called every 5 s. */
  beat(): void;
  /** [C5] Closes the socket 4401, and ends the session that goes on there. */
  onSignedOut(): void;
  /** [E5] The device was declared lost. Its session is over by then. */
  onRetired(): void;
  close(code: CloseCode): void;
}

type Device = Call["device"];

export function createConnection(ctx: Context, socket: Socket, upgrade: Upgrade): Connection {
  const id = encodeBase64url(randomBytes(12));
  const helloNonce = createNonce();
  const budget = createByteBudget(now());
  const nonces = createStatementNonces(ctx.clock);
  const attempts = new Set<AttemptId>();
  /** [C2] For the device, while its proof is checked: nothing may come before the answer to it. */
  const early: ServerMessage[] = [];
  let device: Device | undefined;
  let paired = false;
  let room: Room | undefined;
  /** When the grant of the room's session ends by itself. */
  let until = 0;
  let signIn: string | undefined;
  let stopHearing: Unsubscribe | undefined;
  let stopWatching: Unsubscribe | undefined;
  let closed = false;
  let waiting = 0;
  let turn = Promise.resolve();
  let heardAt = now();
  const proofTimer = setTimeout(() => close(CLOSE.UNPROVED), ctx.timings.proofMs);

  send({
    type: "server.hello",
    version: PROTOCOL_VERSION,
    nonce: helloNonce,
    origin: ctx.urls.publicUrl,
  });

  function now(): number {
    return ctx.clock.now().getTime();
  }

  function close(code: CloseCode): void {
    if (closed) return;
    closed = true;
    clearTimeout(proofTimer);
    const name = Object.entries(CLOSE).find(([, value]) => value === code)?.[0];
    socket.close(code, name ?? "");
  }

  function send(message: ServerMessage): void {
    if (!closed) push(JSON.stringify(message));
  }

  function push(data: string | Uint8Array): void {
    if (socket.bufferedAmount + data.length > MAX_QUEUED_BYTES) close(CLOSE.RESTART);
    else socket.send(data);
  }

  function onFrame(frame: Uint8Array): void {
    if (!room || !isFrameOf(room.end, frame)) close(CLOSE.BAD_MESSAGE);
    else if (inForce()) room.forward(frame);
  }

  /** [R3] To the millisecond. The round that follows tells both sides why nothing comes any more. */
  function inForce(): boolean {
    return now() < until;
  }

  function onText(text: string): void {
    if (Buffer.byteLength(text) > MAX_CONTROL_BYTES) return close(CLOSE.TOO_LARGE);
    const message = parseControl(text);
    if (!message) return close(CLOSE.BAD_MESSAGE);
    if (waiting >= MAX_WAITING) return close(CLOSE.TOO_MANY);
    waiting += 1;
    const taken = turn.then(() => take(message)).finally(() => (waiting -= 1));
    if (message.type !== "device.prove" && handlers[message.type].aside) void taken;
    else turn = taken;
  }

  async function take(message: ClientMessage): Promise<void> {
    if (closed) return;
    if (message.type === "device.prove") return await prove(message);
    if (!device) return close(CLOSE.UNPROVED);
    const handler = handlers[message.type];
    if (handler.from !== "either" && handler.from !== device.end) return close(CLOSE.BAD_MESSAGE);
    try {
      if (!handler.unpaired) await assertKnown(device);
      const { reply, tell } = await runHandler(device, message);
      send({ type: "done", re: message.id, data: reply });
      await publishWords(ctx, tell);
    } catch (error) {
      fail(message.id, error);
    }
  }

  function runHandler(from: Device, message: Request<RequestType>): Promise<Outcome<object>> {
    const call: Call = {
      ctx,
      connection: id,
      address: upgrade.address,
      device: from,
      nonces,
      attempts,
      join: (session) => join(from, session),
    };
    return run(call, message.type, message);
  }

  function fail(re: number, error: unknown): void {
    const code = codeOf(error);
    const request = encodeBase64url(randomBytes(9));
    const fields = { request, code, ...errorFields(error) };
    if (code === "INTERNAL" || code === "UNAVAILABLE") ctx.log.error(fields, "a request failed");
    else ctx.log.debug(fields, "a request was refused");
    send({ type: "failed", re, code, request });
  }

  async function prove(message: Extract<ClientMessage, { type: "device.prove" }>): Promise<void> {
    if (device) return close(CLOSE.BAD_MESSAGE);
    try {
      const proved = await checkProof(ctx, helloNonce, upgrade, message);
      if (!proved) return close(CLOSE.UNPROVED);
      if (proved === "retired") return close(CLOSE.RETIRED);
      if (proved.device.end === "helper") signIn = upgrade.signIn?.id;
      if (signIn !== undefined) stopWatching = await watchSignIn(ctx, signIn, onSignedOut);
      stopHearing = await ctx.bus.subscribe(deviceTopic(proved.device.id), onWord);
      setPaired(proved.known);
      device = proved.device;
    } catch (error) {
      ctx.log.warn(errorFields(error), "a proof could not be checked");
      return close(error instanceof AppError ? CLOSE.UNPROVED : CLOSE.RESTART);
    }
    clearTimeout(proofTimer);
    send({ type: "done", re: message.id, data: { device: device.id } });
    for (const word of early.splice(0)) send(word);
  }

  function setPaired(known: boolean): void {
    paired = known;
    if (known) upgrade.recognise();
  }

  /** [C5] Looks again each time: the pairing may have been made since, on another socket. */
  async function assertKnown(from: Device): Promise<void> {
    if (!paired) setPaired((await findDevice(ctx.db, from.id)) !== undefined);
    if (!paired) throw new AppError("NOT_FOUND", "device: not paired");
  }

  function onWord(payload: Uint8Array): void {
    try {
      const word = parseWord(payload);
      if (word.to === "retired") return onRetired();
      if (word.to !== "device" || word.except === id) return;
      if (device) send(word.message);
      else early.push(word.message);
    } catch (error) {
      ctx.log.warn(errorFields(error), "a word of the bus is not in form");
    }
  }

  function onRetired(): void {
    close(CLOSE.RETIRED);
  }

  function onSignedOut(): void {
    if (closed) return;
    close(CLOSE.UNPROVED);
    turn = turn.then(leaveSession).catch((error: unknown) => {
      ctx.log.warn(errorFields(error), "a session could not be ended");
    });
  }

  /** The beneficiary is told that the helper has left, and not left to wait for a break to end. */
  async function leaveSession(): Promise<void> {
    if (!device || !room) return;
    const { session } = room;
    const { tell } = await endSession(ctx, device, { session, reason: "left" });
    await publishWords(ctx, tell);
  }

  async function join(from: Device, session: Room["session"]): Promise<{ peer: boolean }> {
    const expiresAt = await assertMayJoin(ctx, from, session);
    if (room?.session === session) return { peer: await room.checkPeer() };
    await room?.leave();
    until = expiresAt.getTime();
    room = await joinRoom(
      ctx,
      { session, end: from.end },
      {
        id,
        deliver: (frame) => {
          if (!closed && inForce()) push(frame);
        },
        onPeer: (present) => send({ type: "relay.peer", session, present }),
        onReplaced: () => close(CLOSE.REPLACED),
        onOver: () => close(CLOSE.OVER),
        onBusLost: () => close(CLOSE.RESTART),
      },
    );
    try {
      // The word of an end that was stored since the check has passed by unheard.
      await assertMayJoin(ctx, from, session);
    } catch (error) {
      await room.leave();
      room = undefined;
      throw error;
    }
    return { peer: await room.checkPeer() };
  }

  return {
    get room() {
      return room;
    },
    get signIn() {
      return closed ? undefined : signIn;
    },
    get beneficiary() {
      return closed || device?.end !== "beneficiary" ? undefined : device.id;
    },
    onSignedOut,
    onRetired,
    onMessage(data) {
      if (closed) return;
      heardAt = now();
      const bytes = typeof data === "string" ? Buffer.byteLength(data) : data.length;
      if (!budget.take(bytes, heardAt)) return close(CLOSE.TOO_MANY);
      if (typeof data === "string") onText(data);
      else onFrame(data);
    },
    onPong() {
      heardAt = now();
    },
    async onClose() {
      closed = true;
      clearTimeout(proofTimer);
      try {
        await turn;
        await Promise.all([room?.leave(), stopHearing?.(), stopWatching?.()]);
        for (const attempt of attempts) await publishWords(ctx, await failAttempt(ctx, attempt));
      } catch (error) {
        ctx.log.warn(errorFields(error), "a connection could not be cleaned up");
      }
    },
    beat() {
      if (closed) return;
      if (now() - heardAt > SILENCE_MS) {
        close(CLOSE.SILENT);
        return socket.terminate();
      }
      socket.ping();
      if (device) send({ type: "beat" });
    },
    close,
  };
}

/** The type parameter ties the message to the handler of its own type. */
function run<T extends RequestType>(
  call: Call,
  type: T,
  message: Request<T>,
): Promise<Outcome<Reply<T>>> {
  const handler: Handlers[T] = handlers[type];
  return handler.run(call, message);
}

function parseControl(text: string): ClientMessage | undefined {
  try {
    return clientMessageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
