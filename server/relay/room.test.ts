import { describe, expect, test } from "vitest";

import { AppError } from "../../shared/errors.ts";
import { MAX_FRAME_BYTES } from "../../shared/protocol/limits.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { sessions } from "../db/schema.ts";
import { LONG, testDatabases, type TestDatabase } from "../db/testing.ts";
import { connect } from "./testing/device.ts";
import { createPair, frame, goLive, ring } from "./testing/people.ts";
import { startTestServer } from "./testing/server.ts";
import { codeOf, useServer } from "./testing/suite.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`the relay on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind);

    test("[R2] frames cross in order and unchanged, both ways", async () => {
      const pair = await createPair(suite.server);
      await goLive(pair);
      const sent = Array.from({ length: 50 }, (_, at) => frame(0, `frame ${at}`));
      for (const one of sent) pair.beneficiarySocket.send(one);
      for (const one of sent)
        expect(Buffer.from(await pair.helperSocket.nextFrame())).toEqual(Buffer.from(one));
      pair.helperSocket.send(frame(1, "back"));
      expect(Buffer.from(await pair.beneficiarySocket.nextFrame())).toEqual(
        Buffer.from(frame(1, "back")),
      );
      expect(pair.beneficiarySocket.frames).toEqual([]);
    });

    test("[R1] nobody joins before the answer", async () => {
      const pair = await createPair(suite.server);
      const session = await ring(pair);
      expect(await codeOf(pair.beneficiarySocket.request("relay.join", { session }))).toBe(
        "CONFLICT",
      );
      expect(await codeOf(pair.helperSocket.request("relay.join", { session }))).toBe("CONFLICT");
    });

    test("[R1] a second helper cannot join", async () => {
      const pair = await createPair(suite.server);
      const session = await goLive(pair);
      const other = await createPair(suite.server);
      expect(await codeOf(other.helperSocket.request("relay.join", { session }))).toBe("NOT_FOUND");
      expect(await codeOf(other.beneficiarySocket.request("relay.join", { session }))).toBe(
        "NOT_FOUND",
      );
      pair.beneficiarySocket.send(frame(0, "private"));
      await pair.helperSocket.nextFrame();
      expect(other.helperSocket.frames).toEqual([]);
    });

    test("[R1] a newer socket of one end replaces the older, which is closed 4409", async () => {
      const pair = await createPair(suite.server);
      const session = await goLive(pair);
      const newer = await connect(suite.server, pair.helper);
      expect(await newer.request("relay.join", { session })).toEqual({ peer: true });
      expect(await pair.helperSocket.closed).toBe(4409);
      pair.beneficiarySocket.send(frame(0, "for the newer"));
      await newer.nextFrame();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const told = pair.beneficiarySocket.inbox.filter(({ type }) => type === "relay.peer");
      expect(told).toEqual([{ type: "relay.peer", session, present: true }]);
    });

    test("[R2] the peer's coming and going is told", async () => {
      const pair = await createPair(suite.server);
      const session = await goLive(pair);
      await pair.beneficiarySocket.close();
      expect(await pair.helperSocket.next("relay.peer")).toMatchObject({ present: false });
      const back = await connect(suite.server, pair.beneficiary);
      expect(await back.request("relay.join", { session })).toEqual({ peer: true });
      expect(await pair.helperSocket.next("relay.peer")).toMatchObject({ present: true });
    });

    test("[R2] a frame for an absent peer is dropped", async () => {
      const pair = await createPair(suite.server);
      const session = await goLive(pair);
      await pair.helperSocket.close();
      await pair.beneficiarySocket.next("relay.peer");
      pair.beneficiarySocket.send(frame(0, "for nobody"));
      const back = await connect(suite.server, pair.helper);
      await back.request("relay.join", { session });
      await pair.beneficiarySocket.next("relay.peer");
      pair.beneficiarySocket.send(frame(0, "for you"));
      expect(Buffer.from(await back.nextFrame())).toEqual(Buffer.from(frame(0, "for you")));
    });

    test("[R2] a frame that is not its sender's direction, truncated or of another version closes 4400", async () => {
      const version = Buffer.from(frame(0, "x"));
      version[0] = 2;
      for (const bad of [frame(1, "x"), frame(0, "").slice(0, 13), new Uint8Array(), version]) {
        const pair = await createPair(suite.server);
        await goLive(pair);
        pair.beneficiarySocket.send(bad);
        expect(await pair.beneficiarySocket.closed).toBe(4400);
        expect(pair.helperSocket.frames).toEqual([]);
      }
    });

    test("[R4] a frame of 64 KiB crosses, one byte more closes the socket 4413", async () => {
      const pair = await createPair(suite.server);
      await goLive(pair);
      const largest = frame(0, "x".repeat(MAX_FRAME_BYTES - 14));
      pair.beneficiarySocket.send(largest);
      expect((await pair.helperSocket.nextFrame()).length).toBe(MAX_FRAME_BYTES);
      pair.beneficiarySocket.send(Buffer.concat([largest, Buffer.from("x")]));
      expect(await pair.beneficiarySocket.closed).toBe(4413);
    });

    test("[R5] 16 MiB cross at once; a byte budget that is spent closes the socket 4429", async () => {
      const pair = await createPair(suite.server);
      await goLive(pair);
      const largest = frame(0, "x".repeat(MAX_FRAME_BYTES - 14));
      // One less than 16 MiB: the requests before were counted too. In parts, for the receiver's queue.
      for (let times = 0; times < 5; times += 1) {
        for (let part = 0; part < 51; part += 1) pair.beneficiarySocket.send(largest);
        for (let part = 0; part < 51; part += 1) await pair.helperSocket.nextFrame();
      }
      for (let times = 0; times < 64; times += 1) pair.beneficiarySocket.send(largest);
      expect(await pair.beneficiarySocket.closed).toBe(4429);
    });

    test("[C6] a server that drains closes every socket 1012", async () => {
      const server = await startTestServer(suite.server.context.db);
      const pair = await createPair(server);
      await goLive(pair);
      await server.drain();
      expect(await pair.beneficiarySocket.closed).toBe(1012);
      expect(await pair.helperSocket.closed).toBe(1012);
    });

    brokenWorld(kind, () => suite.server.context.db);
  });
}

/** [R3] What holds when the bus or the database fails. */
function brokenWorld(
  kind: TestDatabase,
  database: () => Parameters<typeof startTestServer>[0],
): void {
  test(`[R3] a bus that loses every word of an end costs a heartbeat (${kind.name})`, async () => {
    const bus = createMemoryBus();
    let lossy = false;
    const server = await startTestServer(database(), {
      bus: {
        ...bus,
        publish: async (topic, payload) => {
          if (!lossy) await bus.publish(topic, payload);
        },
      },
      timings: { heartbeatMs: 200 },
    });
    const pair = await createPair(server);
    const session = await goLive(pair);
    lossy = true;
    const started = Date.now();
    await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
    expect(await pair.helperSocket.closed).toBe(4403);
    expect(Date.now() - started).toBeLessThan(1_000);
    await server.drain();
  });

  test(`[C3] a bus that is away costs no second answer, and loses no act (${kind.name})`, async () => {
    const bus = createMemoryBus();
    let away = false;
    const server = await startTestServer(database(), {
      bus: {
        ...bus,
        publish: async (topic, payload) => {
          if (away) throw new AppError("UNAVAILABLE", "away");
          await bus.publish(topic, payload);
        },
      },
      timings: { heartbeatMs: 200 },
    });
    const pair = await createPair(server);
    const session = await goLive(pair);
    away = true;
    const { beneficiarySocket } = pair;
    await beneficiarySocket.request("session.end", { session, reason: "stopped" });
    expect(await beneficiarySocket.closed).toBe(4403);
    expect(beneficiarySocket.inbox).toEqual([]);
    const back = await connect(server, pair.beneficiary);
    expect(await back.request("session.current", {})).toEqual({
      current: null,
      last: { session, reason: "stopped" },
    });
    await server.drain();
  });

  test(`[R3] a database that is silent closes the relay 1012 (${kind.name})`, async () => {
    const { db, silence } = silenceable(database());
    const server = await startTestServer(db, { timings: { heartbeatMs: 200 } });
    const pair = await createPair(server);
    await goLive(pair);
    silence();
    const started = Date.now();
    expect(await pair.beneficiarySocket.closed).toBe(1012);
    expect(await pair.helperSocket.closed).toBe(1012);
    expect(Date.now() - started).toBeLessThan(1_000);
    await server.drain();
  });

  test(`[R3] a grant that ends without any word closes the relay 4403 (${kind.name})`, async () => {
    const server = await startTestServer(database(), { timings: { heartbeatMs: 200 } });
    const pair = await createPair(server);
    await goLive(pair);
    await database().update(sessions).set({ state: "over", endedAt: new Date() });
    expect(await pair.beneficiarySocket.closed).toBe(4403);
    expect(await pair.helperSocket.closed).toBe(4403);
    await server.drain();
  });
}

/** A database whose questions get no answer from the moment on at which it falls silent. */
function silenceable(real: Parameters<typeof startTestServer>[0]) {
  let silent = false;
  const db = new Proxy(real, {
    get(target, name) {
      if (silent && name === "select") return () => new Promise(() => {});
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { db, silence: () => (silent = true) };
}
