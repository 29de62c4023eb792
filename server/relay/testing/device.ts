import { WebSocket } from "ws";

import { createDeviceKey, type DeviceKey } from "../../../shared/crypto/device-key.ts";
import { signProof } from "../../../shared/crypto/proof.ts";
import { AppError } from "../../../shared/errors.ts";
import type { DeviceId } from "../../../shared/ids.ts";
import {
  replySchemas,
  serverMessageSchema,
  type ClientMessage,
  type ClientMessageType,
  type Reply,
  type ServerMessage,
} from "../../../shared/protocol/control.ts";

/** A server, as those who come to it know it. */
export interface Reachable {
  url: string;
  context: { urls: { publicUrl: string } };
}

type Role = "beneficiary" | "helper";
type Body<T extends ClientMessageType> = Omit<Extract<ClientMessage, { type: T }>, "id" | "type">;
type Told<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>;

const PATIENCE_MS = 10_000;

/** One WebSocket of a device, without the shared client: a test says exactly what goes over the wire. */
export interface TestSocket {
  raw: WebSocket;
  closed: Promise<number>;
  /** Everything that has come and that no `next` has taken. */
  inbox: ServerMessage[];
  frames: Uint8Array[];
  request<T extends ClientMessageType>(type: T, body: Body<T>): Promise<Reply<T>>;
  /** The next message of this type, whether it has come already or not. */
  next<T extends ServerMessage["type"]>(type: T): Promise<Told<T>>;
  nextFrame(): Promise<Uint8Array>;
  send(data: string | Uint8Array): void;
  close(): Promise<number>;
}

export function openSocket(
  server: Reachable,
  options: { origin?: string; cookie?: string; address?: string; autoPong?: boolean } = {},
): TestSocket {
  const { host } = new URL(server.context.urls.publicUrl);
  const headers: Record<string, string> = { host };
  if (options.origin !== undefined) headers.origin = options.origin;
  if (options.cookie !== undefined) headers.cookie = options.cookie;
  if (options.address !== undefined) headers["x-forwarded-for"] = options.address;
  const raw = new WebSocket(`${server.url.replace("http", "ws")}/ws`, {
    headers,
    autoPong: options.autoPong ?? true,
  });
  const inbox: ServerMessage[] = [];
  const frames: Uint8Array[] = [];
  const wakers = new Set<() => void>();
  let lastId = 0;

  const wake = () => {
    for (const waker of wakers) waker();
  };
  const closed = new Promise<number>((resolve) => {
    raw.on("close", (code) => {
      resolve(code);
      wake();
    });
  });
  raw.on("error", () => {});
  raw.on("message", (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : []);
    if (isBinary) frames.push(new Uint8Array(bytes));
    else {
      const message = serverMessageSchema.parse(JSON.parse(bytes.toString("utf8")));
      if (message.type !== "beat") inbox.push(message);
    }
    wake();
  });

  async function until<T>(what: string, look: () => T | undefined): Promise<T> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() >= end || raw.readyState === WebSocket.CLOSED)
        throw new Error(`${what} never came (state ${raw.readyState})`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - Date.now());
        const waker = () => {
          clearTimeout(timer);
          wakers.delete(waker);
          resolve();
        };
        wakers.add(waker);
      });
    }
  }

  function take<M extends ServerMessage>(match: (message: ServerMessage) => message is M) {
    const at = inbox.findIndex(match);
    const message = at < 0 ? undefined : inbox.splice(at, 1)[0];
    return message && match(message) ? message : undefined;
  }

  return {
    raw,
    closed,
    inbox,
    frames,
    async request(type, body) {
      const id = (lastId += 1);
      raw.send(JSON.stringify({ id, type, ...body }));
      const isAnswer = (message: ServerMessage): message is Told<"done"> | Told<"failed"> =>
        (message.type === "done" || message.type === "failed") && message.re === id;
      const answer = await until(`the answer to ${type}`, () => take(isAnswer));
      if (answer.type === "failed") throw new AppError(answer.code, type);
      return replies[type].parse(answer.data);
    },
    next(type) {
      const isThat = (message: ServerMessage): message is Told<typeof type> =>
        message.type === type;
      return until(type, () => take(isThat));
    },
    nextFrame: () => until("a frame", () => frames.shift()),
    send: (data) => raw.send(data),
    close() {
      raw.close();
      return closed;
    },
  };
}

const replies: { [T in ClientMessageType]: { parse(data: unknown): Reply<T> } } = replySchemas;

export interface TestDevice {
  key: DeviceKey;
  id: DeviceId;
  role: Role;
  /** A helper's sign-in. */
  cookie?: string;
}

export async function createBeneficiary(): Promise<TestDevice> {
  const key = await createDeviceKey();
  return { key, id: key.id, role: "beneficiary" };
}

/** Opens a socket and proves the device's key on it. */
export async function connect(
  server: Reachable,
  device: TestDevice,
  options: { address?: string; autoPong?: boolean } = {},
): Promise<TestSocket> {
  const { publicUrl } = server.context.urls;
  const socket = openSocket(server, {
    ...options,
    ...(device.role === "helper" ? { origin: publicUrl } : {}),
    ...(device.cookie === undefined ? {} : { cookie: device.cookie }),
  });
  const { nonce, origin } = await socket.next("server.hello");
  const { key, role } = device;
  const signature = await signProof(key, { nonce, origin, role });
  await socket.request("device.prove", { role, key: key.publicKey, signature });
  return socket;
}
