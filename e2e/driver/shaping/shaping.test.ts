import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import { afterEach, expect, test } from "vitest";

import { createLine, type Line, poorLine, type WayOptions } from "./line.ts";
import { shapeTcp } from "./tcp.ts";
import { shapeUdp } from "./udp.ts";

const WIDE: WayOptions = {
  bitsPerSecond: 100_000_000,
  delayMs: 0,
  loss: 0,
  seed: 1,
  queueBytes: 1_000_000,
};
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function lineOf(up: Partial<WayOptions>, down: Partial<WayOptions> = {}): Line {
  const line = createLine({ up: { ...WIDE, ...up }, down: { ...WIDE, ...down } });
  cleanups.push(() => line.close());
  return line;
}

interface Arrival {
  at: number;
  data: Buffer;
}

/** A UDP socket at the far end, and a sender at the near end. */
async function udpOver(line: Line, nearAddress = "127.0.0.1") {
  const far = createSocket("udp4");
  const arrivals: Arrival[] = [];
  far.on("message", (data) => arrivals.push({ at: performance.now(), data }));
  far.bind(0, "127.0.0.1");
  await once(far, "listening");
  const proxy = await shapeUdp({ line, target: far.address().port });
  const near = createSocket("udp4").bind(0, nearAddress);
  await once(near, "listening");
  cleanups.push(
    () => proxy.close(),
    () => far.close(),
    () => near.close(),
  );
  const send = (data: Buffer) => near.send(data, proxy.port, "127.0.0.1");
  return { far, near, arrivals, send };
}

async function tcpOver(line: Line, serve: (socket: Socket) => void) {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => undefined);
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const proxy = await shapeTcp({ line, target: address.port });
  cleanups.push(
    () => server.close(),
    () => proxy.close(),
  );
  return async () => {
    const client = connect({ port: proxy.port, host: "127.0.0.1", allowHalfOpen: true });
    client.on("error", () => undefined);
    cleanups.push(() => client.destroy());
    await once(client, "connect");
    return client;
  };
}

/** By whatever. */
async function closed(socket: Socket): Promise<void> {
  await new Promise((resolve) => socket.once("close", resolve));
}

async function readAll(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part);
  return Buffer.concat(parts);
}

function numbered(count: number, bytes: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const data = Buffer.alloc(bytes);
    data.writeUInt32BE(index);
    return data;
  });
}

const numbersOf = (arrivals: Arrival[]) => arrivals.map(({ data }) => data.readUInt32BE());

/** Ten per millisecond at the most: the kernel's own buffers hold no more than some hundreds. */
async function sendAll(send: (data: Buffer) => void, all: Buffer[]): Promise<void> {
  for (const [index, data] of all.entries()) {
    send(data);
    if (index % 10 === 9) await delay(1);
  }
}

function rateOf(arrivals: Arrival[], headers: number): number {
  const [first, last] = [arrivals[0]?.at ?? 0, arrivals.at(-1)?.at ?? 0];
  const bytes = arrivals.slice(1).reduce((sum, { data }) => sum + data.length + headers, 0);
  return (bytes * 8_000) / (last - first);
}

async function survivors(seed: number): Promise<number[]> {
  const { arrivals, send } = await udpOver(lineOf({ loss: 0.1, seed }));
  await sendAll(send, numbered(500, 100));
  await delay(100);
  return numbersOf(arrivals);
}

/** A machine that is busy for a moment is late for all clocks: another try says what is ours. */
const TIMED = { retry: 2 };

test("datagrams arrive at the line's rate, in order", TIMED, async () => {
  const { arrivals, send } = await udpOver(lineOf({ bitsPerSecond: 2_000_000 }));
  await sendAll(send, numbered(250, 972));
  await expect.poll(() => arrivals.length, { timeout: 5_000 }).toBe(250);
  expect(rateOf(arrivals, 28) / 2_000_000).toBeGreaterThan(0.9);
  expect(rateOf(arrivals, 28) / 2_000_000).toBeLessThan(1.1);
  expect(numbersOf(arrivals)).toEqual(numbered(250, 4).map((_, index) => index));
});

test("each way has its own delay", TIMED, async () => {
  const { far, near, arrivals, send } = await udpOver(lineOf({ delayMs: 120 }, { delayMs: 40 }));
  far.on("message", (_, from) => far.send("back", from.port, from.address));
  const began = performance.now();
  send(Buffer.from("there"));
  await once(near, "message");
  const there = (arrivals[0]?.at ?? 0) - began;
  expect(there).toBeGreaterThanOrEqual(120);
  expect(there).toBeLessThan(160);
  expect(performance.now() - began).toBeGreaterThanOrEqual(160);
  expect(performance.now() - began).toBeLessThan(220);
});

test.skipIf(process.platform !== "linux")(
  "who sends from another interface is answered there",
  async () => {
    const { far, near, send } = await udpOver(lineOf({}), "127.0.0.2");
    far.on("message", (_, from) => far.send("back", from.port, from.address));
    send(Buffer.from("there"));
    expect(String((await once(near, "message"))[0])).toBe("back");
  },
);

test("the same seed loses the same datagrams, another one others", async () => {
  const [one, again, other] = [await survivors(7), await survivors(7), await survivors(8)];
  expect(one.length).toBeGreaterThan(420);
  expect(one.length).toBeLessThan(480);
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});

test("what finds no room in the queue is dropped, the rest comes", TIMED, async () => {
  const line = lineOf({ bitsPerSecond: 1_000_000, queueBytes: 10_000 });
  const { arrivals, send } = await udpOver(line);
  for (const data of numbered(60, 972)) send(data);
  await delay(300);
  expect(arrivals.length).toBeGreaterThanOrEqual(9);
  expect(arrivals.length).toBeLessThan(25);
  expect(line.up.counts.noRoom).toBe(60 - arrivals.length);
});

test("a TCP flow fills the line, and what comes is what was sent", TIMED, async () => {
  const sent = Buffer.concat(numbered(400, 1_000));
  const line = lineOf({ bitsPerSecond: 4_000_000, delayMs: 10, queueBytes: 50_000 });
  const received: Promise<Buffer>[] = [];
  const open = await tcpOver(line, (socket) => {
    received.push(readAll(socket));
    socket.end();
  });
  const client = await open();
  const began = performance.now();
  client.end(sent);
  await expect.poll(() => received.length).toBe(1);
  expect((await received[0])?.equals(sent)).toBe(true);
  const wire = line.up.counts.bytes * 8_000;
  expect(wire / (performance.now() - began) / 4_000_000).toBeLessThan(1.1);
  expect(wire / (performance.now() - began) / 4_000_000).toBeGreaterThan(0.75);
});

test("half a connection may end: the answer still comes, whole, with losses both ways", async () => {
  const answer = Buffer.concat(numbered(60, 1_000));
  const line = lineOf(
    { delayMs: 5, loss: 0.1, seed: 3 },
    { delayMs: 5, loss: 0.1, seed: 4, bitsPerSecond: 8_000_000 },
  );
  const open = await tcpOver(line, (socket) => {
    void readAll(socket).then((question) => socket.end(Buffer.concat([question, answer])));
  });
  const client = await open();
  client.end("question ");
  expect((await readAll(client)).equals(Buffer.concat([Buffer.from("question "), answer]))).toBe(
    true,
  );
  expect(line.down.counts.lost).toBeGreaterThan(0);
});

test("a lost segment stops its flow for the way there and back", TIMED, async () => {
  // The seed's first two packets are lost.
  const line = lineOf({ delayMs: 60, loss: 0.5, seed: 7 }, { delayMs: 60 });
  const times: number[] = [];
  const open = await tcpOver(line, (socket) => {
    socket.once("data", () => times.push(performance.now()));
  });
  const client = await open();
  const began = performance.now();
  client.write("x");
  await expect.poll(() => times.length, { timeout: 5_000 }).toBe(1);
  const { lost } = line.up.counts;
  expect(lost).toBeGreaterThan(0);
  // The handshake, each loss and the way itself.
  const expected = 120 + lost * 120 + 60;
  expect((times[0] ?? 0) - began).toBeGreaterThanOrEqual(expected - 10);
  expect((times[0] ?? 0) - began).toBeLessThan(expected + 60);
});

test("many flows share one bucket", TIMED, async () => {
  const line = lineOf({ bitsPerSecond: 2_000_000, queueBytes: 60_000, delayMs: 5 });
  const bytes = new Map<Socket, number>();
  const open = await tcpOver(line, (socket) => {
    bytes.set(socket, 0);
    socket.on("data", (part) => bytes.set(socket, (bytes.get(socket) ?? 0) + part.length));
  });
  const voice = await udpOver(line);
  const talk = setInterval(() => voice.send(Buffer.alloc(100)), 20);
  cleanups.push(() => clearInterval(talk));
  const clients = await Promise.all([open(), open(), open()]);
  await delay(100);
  for (const client of clients) client.write(Buffer.alloc(1_000_000));
  const before = line.up.counts.bytes;
  const began = performance.now();
  await delay(1_500);
  const rate = ((line.up.counts.bytes - before) * 8_000) / (performance.now() - began);
  expect(rate / 2_000_000).toBeGreaterThan(0.85);
  expect(rate / 2_000_000).toBeLessThan(1.1);
  const shares = [...bytes.values()];
  expect(shares).toHaveLength(3);
  for (const share of shares) expect(share).toBeGreaterThan(20_000);
  expect(voice.arrivals.length).toBeGreaterThan(20);
});

test("a reader who does not read holds the writer back", async () => {
  const line = lineOf({ delayMs: 1 });
  const open = await tcpOver(line, (socket) => void socket.pause());
  const client = await open();
  const part = Buffer.alloc(1_000_000);
  for (let index = 0; index < 40; index += 1) client.write(part);
  await delay(1_500);
  const before = line.up.counts.bytes;
  await delay(300);
  expect(line.up.counts.bytes).toBe(before);
  expect(before).toBeLessThan(30_000_000);
  expect(client.writableLength).toBeGreaterThan(0);
});

test("who is not there refuses; who goes takes the other with them", async () => {
  const line = lineOf({});
  const proxy = await shapeTcp({ line, target: 1 });
  cleanups.push(() => proxy.close());
  const lonely = connect(proxy.port, "127.0.0.1");
  lonely.on("error", () => undefined);
  await closed(lonely);
  const served: Socket[] = [];
  const open = await tcpOver(line, (socket) => void served.push(socket));
  const client = await open();
  await expect.poll(() => served.length).toBe(1);
  served[0]?.resetAndDestroy();
  await closed(client);
});

test("the poor line is issue 3's", () => {
  const { up, down } = poorLine();
  expect(up.bitsPerSecond).toBe(1_000_000);
  expect(up.delayMs + down.delayMs).toBe(200);
  expect([up.loss, down.loss]).toEqual([0.02, 0.02]);
});
