import { WebSocket } from "ws";

import { createDeviceKey, type DeviceKey } from "../../shared/crypto/device-key.ts";
import { signProof } from "../../shared/crypto/proof.ts";
import { type ServerMessage, serverMessageSchema } from "../../shared/protocol/control.ts";

const WAIT_MS = 10_000;

export interface RawClient {
  key: DeviceKey;
  /** Every control message so far. */
  messages: ServerMessage[];
  frames: Buffer[];
  /** When the last frame came, by `performance.now()`; 0 before the first. */
  lastFrameAt(): number;
  /** As given: text as it stands, bytes as a binary frame. */
  send(data: string | Uint8Array): void;
  ask(body: Record<string, unknown>): Promise<ServerMessage>;
  next(type: ServerMessage["type"]): Promise<ServerMessage>;
  /** The code with which the server closed the socket. */
  closed: Promise<number>;
  prove(
    change?: Partial<{ nonce: string; origin: string; role: "helper"; signature: string }>,
  ): Promise<ServerMessage>;
  close(): void;
}

async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing came`)), WAIT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A client of our own making, that may say anything: what a hostile program would be. */
export async function connectRaw(
  serverUrl: string,
  options: { key?: DeviceKey; headers?: Record<string, string> } = {},
): Promise<RawClient> {
  const key = options.key ?? (await createDeviceKey());
  const socket = new WebSocket(`${serverUrl.replace(/^http/, "ws")}/ws`, {
    headers: options.headers ?? {},
  });
  const messages: ServerMessage[] = [];
  const frames: Buffer[] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => {
    socket.on("close", resolve);
  });
  let id = 0;
  let lastFrameAt = 0;
  socket.on("error", () => undefined);
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) {
      frames.push(data);
      lastFrameAt = performance.now();
    } else messages.push(serverMessageSchema.parse(JSON.parse(data.toString("utf8"))));
    for (const look of waiting) look();
  });

  async function find(test: (message: ServerMessage) => boolean, what: string) {
    const found = new Promise<ServerMessage>((resolve) => {
      const look = () => {
        const message = messages.find(test);
        if (!message) return;
        waiting.delete(look);
        resolve(message);
      };
      waiting.add(look);
      look();
    });
    return await within(found, what);
  }

  const client: RawClient = {
    key,
    messages,
    frames,
    lastFrameAt: () => lastFrameAt,
    send: (data) => socket.send(data),
    ask: async (body) => {
      id += 1;
      const mine = id;
      socket.send(JSON.stringify({ id: mine, ...body }));
      return await find((m) => "re" in m && m.re === mine, `answer to ${String(body["type"])}`);
    },
    next: (type) => find((message) => message.type === type, type),
    closed,
    prove: async (change = {}) => {
      const hello = await client.next("server.hello");
      if (hello.type !== "server.hello") throw new Error("no hello");
      const role = change.role ?? "beneficiary";
      const signature =
        change.signature ??
        (await signProof(key, {
          nonce: change.nonce ?? hello.nonce,
          origin: change.origin ?? hello.origin,
          role,
        }));
      return await client.ask({ type: "device.prove", role, key: key.publicKey, signature });
    },
    close: () => socket.terminate(),
  };

  await client.next("server.hello");
  return client;
}
