import { expect, test } from "vitest";

import { createDeviceKey } from "../crypto/device-key.ts";
import { verifyProof } from "../crypto/proof.ts";
import { AppError } from "../errors.ts";
import { createInvitationId, createSessionId } from "../ids.ts";
import { CLOSE } from "../protocol/close-codes.ts";
import { createServerSocket, type SocketEvent } from "./server-socket.ts";
import { createFakeClock, settle, until } from "./testing/fake-clock.ts";
import { createFakeServer, createGreeting, type FakeSocket } from "./testing/fake-server.ts";

const ORIGIN = "https://epaule.example";

async function createClient(random = () => 1) {
  const key = await createDeviceKey();
  const clock = createFakeClock();
  const { sockets, openSocket } = createFakeServer();
  const socket = createServerSocket({
    serverUrl: ORIGIN,
    role: "beneficiary",
    key,
    openSocket,
    clock,
    random,
  });
  const events: SocketEvent[] = [];
  socket.listen((event) => events.push(event));
  return { key, clock, sockets, socket, events };
}

type Client = Awaited<ReturnType<typeof createClient>>;

function last({ sockets }: Client): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
}

/** The server greets, and accepts the proof. */
async function accept(client: Client): Promise<FakeSocket> {
  const server = last(client);
  const isProof = () => server.received.at(-1)?.type === "device.prove";
  server.say(createGreeting(ORIGIN));
  await until(isProof, "the proof");
  const proof = server.received.at(-1);
  server.say({ type: "done", re: proof?.id, data: { device: client.key.id } });
  await until(() => client.socket.state === "online", "the client");
  await settle();
  return server;
}

test("[C1] the device proves its key over the server's nonce and origin, and is online", async () => {
  const client = await createClient();
  expect(client.socket.state).toBe("connecting");
  const server = last(client);
  expect(server.url).toBe("wss://epaule.example/ws");
  const greeting = createGreeting(ORIGIN);
  server.say(greeting);
  await settle();
  expect(server.received).toHaveLength(1);
  const [proof] = server.received;
  if (proof?.type !== "device.prove") throw new Error("not a proof");
  const signed = { nonce: greeting.nonce, origin: ORIGIN, role: "beneficiary" } as const;
  expect(await verifyProof(client.key.publicKey, proof.signature, signed)).toBe(true);
  expect(client.socket.state).toBe("connecting");
  server.say({ type: "done", re: proof.id, data: { device: client.key.id } });
  await settle();
  expect(client.socket.state).toBe("online");
  expect(client.events).toEqual([{ type: "online" }]);
});

test("[C1] a server that says another origin gets no proof, and is not asked again", async () => {
  const client = await createClient();
  const server = last(client);
  server.say(createGreeting("https://elsewhere.example"));
  await settle();
  expect(server.received).toEqual([]);
  expect(client.events).toEqual([{ type: "closed", code: CLOSE.FORGED }]);
  await client.clock.advance(60_000);
  expect(client.sockets).toHaveLength(1);
});

test("[C1] another version closes 4426, and nobody comes back by themselves", async () => {
  const client = await createClient();
  last(client).say({ ...createGreeting(ORIGIN), version: 2 });
  await settle();
  expect(last(client).closedWith).toBe(CLOSE.VERSION);
  expect(client.socket.state).toBe("closed");
});

test("[C1] a proof that is refused is not taken for an end: the client comes back", async () => {
  const client = await createClient();
  last(client).say(createGreeting(ORIGIN));
  await settle();
  last(client).hangUp(CLOSE.UNPROVED);
  expect(client.socket.state).toBe("offline");
  await client.clock.advance(250);
  expect(client.sockets).toHaveLength(2);
});

test.each([
  ["no JSON", "{"],
  ["an unknown type", { type: "surprise" }],
  ["one field too many", { type: "beat", more: 1 }],
  ["a second hello", createGreeting(ORIGIN)],
  ["more than 16 KiB", JSON.stringify({ type: "beat" }) + " ".repeat(16_384)],
  ["a reply that is not in form", { type: "done", re: 1, data: { nonce: 3 } }],
])("[C2] %s closes 4400 for good", async (_, message) => {
  const client = await createClient();
  const server = await accept(client);
  const asked = client.socket.request("session.nonce", {});
  asked.catch(() => undefined);
  await settle();
  server.say(message);
  await settle();
  expect(server.closedWith).toBe(CLOSE.BAD_MESSAGE);
  expect(client.socket.state).toBe("closed");
  await expect(asked).rejects.toHaveProperty("code");
});

test("[C2] before the proof is accepted, anything but the answer to it closes 4400", async () => {
  for (const message of [
    { type: "beat" },
    { type: "session.over", session: createSessionId(), reason: "left" },
  ]) {
    const client = await createClient();
    last(client).say(message);
    await settle();
    expect(last(client).closedWith).toBe(CLOSE.BAD_MESSAGE);
  }
  const client = await createClient();
  last(client).sayBytes(new Uint8Array(20));
  expect(last(client).closedWith).toBe(CLOSE.BAD_MESSAGE);
});

test("[C3] each request gets its own answer, whatever their order", async () => {
  const client = await createClient();
  const server = await accept(client);
  const nonce = client.socket.request("session.nonce", {});
  const list = client.socket.request("pairing.list", {});
  await settle();
  const [, first, second] = server.received;
  server.say({ type: "done", re: second?.id, data: { pairings: [] } });
  server.say({ type: "done", re: first?.id, data: { nonce: "A".repeat(43) } });
  expect(await list).toEqual({ pairings: [] });
  expect(await nonce).toEqual({ nonce: "A".repeat(43) });
});

test("[C3] a refusal is the server's code; an answer to nobody is nothing", async () => {
  const client = await createClient();
  const server = await accept(client);
  const asked = client.socket.request("invitation.open", { invitation: createInvitationId() });
  const refused = codeOf(asked);
  await settle();
  const id = server.received.at(-1)?.id;
  server.say({ type: "failed", re: id, code: "NOT_FOUND", request: "r1" });
  expect(await refused).toBe("NOT_FOUND");
  server.say({ type: "done", re: id, data: {} });
  server.say({ type: "failed", re: 999, code: "INTERNAL", request: "r2" });
  expect(client.socket.state).toBe("online");
});

test("[C3] a request waits 10 s for the connection, and 15 s for its answer", async () => {
  const client = await createClient();
  const early = client.socket.request("pairing.list", {});
  const late = client.socket.request("session.nonce", {});
  const refused = codeOf(late);
  const server = await accept(client);
  server.say({ type: "done", re: server.received[1]?.id, data: { pairings: [] } });
  expect(await early).toEqual({ pairings: [] });
  for (let seconds = 0; seconds < 15; seconds += 5) {
    await client.clock.advance(5_000);
    server.say({ type: "beat" });
  }
  expect(await refused).toBe("UNAVAILABLE");
  const lost = await createClient();
  const never = codeOf(lost.socket.request("pairing.list", {}));
  await lost.clock.advance(10_000);
  expect(await never).toBe("UNAVAILABLE");
});

test("[C3] a request that is out of form or lost on the way is refused", async () => {
  const client = await createClient();
  const server = await accept(client);
  const malformed = { code: "12" };
  await expect(
    client.socket.request("pairing.begin", { ...malformed, commitment: "A".repeat(43) }),
  ).rejects.toMatchObject({ code: "BAD_MESSAGE" });
  const lost = codeOf(client.socket.request("pairing.list", {}));
  await settle();
  server.hangUp(1006);
  expect(await lost).toBe("UNAVAILABLE");
});

test("[C4] 15 s of silence are a lost connection; a beat is enough", async () => {
  const client = await createClient();
  const server = await accept(client);
  for (let beats = 0; beats < 4; beats += 1) {
    await client.clock.advance(14_000);
    server.say({ type: "beat" });
  }
  expect(client.socket.state).toBe("online");
  await client.clock.advance(15_000);
  expect(server.closedWith).toBe(CLOSE.SILENT);
  expect(client.events.at(-1)).toEqual({ type: "offline" });
  await client.clock.advance(250);
  expect(client.sockets).toHaveLength(2);
  await accept(client);
  expect(client.events.at(-1)).toEqual({ type: "online" });
});

test("[C4] a connection that never opens is given up after 15 s too", async () => {
  const client = await createClient();
  await client.clock.advance(15_000);
  expect(last(client).closedWith).toBe(CLOSE.SILENT);
});

test("[C4] it tries again after 0.25 s, doubling to 5 s; online sets that back", async () => {
  const client = await createClient();
  for (const wait of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
    const before = client.sockets.length;
    last(client).hangUp(1006);
    await client.clock.advance(wait - 1);
    expect(client.sockets).toHaveLength(before);
    await client.clock.advance(1);
    expect(client.sockets).toHaveLength(before + 1);
  }
  expect(client.events).toEqual([{ type: "offline" }]);
  const server = await accept(client);
  server.hangUp(CLOSE.RESTART);
  await client.clock.advance(250);
  expect(last(client)).not.toBe(server);
});

test("[C4] jitter takes up to half of the wait", async () => {
  const client = await createClient(() => 0);
  last(client).hangUp(1006);
  await client.clock.advance(125);
  expect(client.sockets).toHaveLength(2);
});

test.each([4400, 4403, 4409, 4410, 4411, 4426, 4490])(
  "[C4] after %i it does not come back by itself, but when it is asked to",
  async (code) => {
    const client = await createClient();
    const server = await accept(client);
    server.hangUp(code);
    expect(client.events.at(-1)).toEqual({ type: "closed", code });
    await client.clock.advance(60_000);
    expect(client.sockets).toHaveLength(1);
    await expect(client.socket.request("pairing.list", {})).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    client.socket.reconnect();
    await accept(client);
    expect(client.socket.state).toBe("online");
  },
);

test.each([1001, 1006, 1012, 4401, 4408, 4429, 4500])("[C4] after %i it does", async (code) => {
  const client = await createClient();
  (await accept(client)).hangUp(code);
  await client.clock.advance(250);
  expect(client.sockets).toHaveLength(2);
});

test("[C4] reconnect doesn't wait, and leaves alone what is well", async () => {
  const client = await createClient();
  const server = await accept(client);
  client.socket.reconnect();
  expect(client.sockets).toHaveLength(1);
  await client.clock.advance(7_000);
  client.socket.reconnect();
  expect(server.closedWith).toBe(CLOSE.SILENT);
  expect(client.sockets).toHaveLength(2);
  await client.clock.advance(1_000);
  expect(client.sockets).toHaveLength(2);
  await accept(client);
  last(client).hangUp(1006);
  client.socket.reconnect();
  expect(client.sockets).toHaveLength(3);
});

test("frames go both ways, and messages to whoever listens", async () => {
  const client = await createClient();
  const server = await accept(client);
  expect(server.binaryType).toBe("arraybuffer");
  client.socket.sendFrame(Uint8Array.of(1, 2));
  expect(server.frames).toEqual([Uint8Array.of(1, 2)]);
  server.sayBytes(Uint8Array.of(3));
  const over = { type: "session.over", session: createSessionId(), reason: "left" } as const;
  server.say(over);
  expect(client.events.slice(1)).toEqual([
    { type: "frame", bytes: Uint8Array.of(3) },
    { type: "message", message: over },
  ]);
  server.hangUp(1006);
  client.socket.sendFrame(Uint8Array.of(4));
  expect(server.frames).toHaveLength(1);
});

test("close is the last word", async () => {
  const client = await createClient();
  const server = await accept(client);
  client.socket.close();
  expect(server.closedWith).toBe(CLOSE.DONE);
  expect(client.events.at(-1)).toEqual({ type: "closed", code: CLOSE.DONE });
  client.socket.reconnect();
  await client.clock.advance(60_000);
  expect(client.sockets).toHaveLength(1);
});

function codeOf(answer: Promise<unknown>): Promise<unknown> {
  return answer.then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
}
