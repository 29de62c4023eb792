import { connect as connectTcp, type Socket } from "node:net";

import { describe, expect, test } from "vitest";

import { forgetOldAttempts } from "../attempts.ts";
import { authRateLimits } from "../db/auth-schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect, createBeneficiary, openSocket, type TestSocket } from "./testing/device.ts";
import { createHelper, createPair, frame, goLive, invite, typesOf } from "./testing/people.ts";
import type { TestServer } from "./testing/server.ts";
import { codeOf, codesOf, useServer } from "./testing/suite.ts";

const UPGRADE =
  "GET /ws HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/** Says this much and then nothing: it reads, and answers neither a ping nor a close. */
function openTcp(server: TestServer, said: string): { socket: Socket; over: Promise<void> } {
  const { port } = new URL(server.url);
  const socket = connectTcp(Number(port), "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  socket.write(said.replace("HOST", new URL(server.context.urls.publicUrl).host));
  return { socket, over: new Promise((resolve) => socket.on("close", () => resolve())) };
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`a program that says nothing on ${kind.name}`, LONG, () => {
    const suite = useServer(kind, { timings: { proofMs: 250 } });

    test("[C1] a socket without proof is gone soon, whether or not it answers the close", async () => {
      const began = Date.now();
      await openTcp(suite.server, UPGRADE).over;
      expect(Date.now() - began).toBeLessThan(10_000);
    });

    test("[C1] a request that never comes whole holds its connection for 12 s at most", async () => {
      const began = Date.now();
      await Promise.all([
        openTcp(suite.server, "GET / HTTP/1.1\r\nHost: HOST\r\nX-Slow: ").over,
        openTcp(suite.server, "").over,
      ]);
      expect(Date.now() - began).toBeLessThan(15_000);
    });
  });

  describe.skipIf(kind.missing)(`a hostile program on ${kind.name}`, LONG, () => {
    const suite = useServer(kind);

    test("[C1] 64 sockets of strangers at once from one address, and no more", async () => {
      const { server } = suite;
      const address = "203.0.113.9";
      const pair = await createPair(server);
      const strangers = Array.from({ length: 64 }, () => openSocket(server, { address }));
      for (const stranger of strangers) await stranger.next("server.hello");
      const refused = openSocket(server, { address });
      expect(await refused.closed).toBe(1006);
      const elsewhere = openSocket(server, { address: "203.0.113.10" });
      await elsewhere.next("server.hello");

      // Whoever is known has left the door free.
      await strangers[0]?.close();
      const known: TestSocket[] = [];
      for (let times = 0; times < 5; times += 1)
        known.push(await connect(server, pair.beneficiary, { address }));
      const last = openSocket(server, { address });
      await last.next("server.hello");
      expect(await openSocket(server, { address }).closed).toBe(1006);
      for (const one of [...strangers, ...known, elsewhere, last]) await one.close();
    });

    test("[C2] 16 KiB are bytes, not letters", async () => {
      const socket = await connect(suite.server, await createBeneficiary());
      socket.send(JSON.stringify({ id: 1, type: "pairing.list", x: "é".repeat(9_000) }));
      expect(await socket.closed).toBe(4413);
    });

    test("[R5] frames that are small count as 1 KiB each", async () => {
      const pair = await createPair(suite.server);
      await goLive(pair);
      // On a busy machine, the bucket fills meanwhile.
      for (let times = 0; times < 50_000; times += 1) pair.beneficiarySocket.send(frame(0, ""));
      expect(await pair.beneficiarySocket.closed).toBe(4429);
    });

    test("[J3] a device cannot fill the journal with what it reports", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await goLive(pair);
      const report = () =>
        pair.beneficiarySocket.request("session.report", {
          session,
          fact: { type: "session.resumed" },
        });
      for (let times = 0; times < 120; times += 1) await report();
      expect(await codeOf(report())).toBe("TOO_MANY");
      const types = await typesOf(server, pair);
      expect(types.filter((type) => type === "session.resumed")).toHaveLength(120);
    });

    test("[P1] 20 invitations a day, asked for all at once too", async () => {
      const helper = await createHelper(suite.server);
      const codes = await codesOf(
        ...Array.from({ length: 30 }, () => invite(suite.server, helper)),
      );
      expect(codes.filter((code) => code === "done")).toHaveLength(20);
    });

    test("[S3] 5 calls left in 10 minutes, on many sockets at once too", async () => {
      const pair = await createPair(suite.server);
      const { pairing } = pair;
      const sockets = await Promise.all(
        Array.from({ length: 12 }, () => connect(suite.server, pair.beneficiary)),
      );
      const codes = await codesOf(
        ...sockets.map((socket) => socket.request("call.leave", { pairing })),
      );
      expect(codes.filter((code) => code === "done")).toHaveLength(5);
      for (const socket of sockets) await socket.close();
    });

    test("[C5] where people come from is not in the database, nor how often they signed in", async () => {
      const { server } = suite;
      const address = "198.51.100.77";
      const ask = () =>
        fetch(`${server.context.urls.publicUrl}/api/auth/passkey/generate-authenticate-options`, {
          headers: { "x-forwarded-for": address },
        });
      await ask();
      const kept = () => server.context.db.select().from(authRateLimits);
      const rows = await kept();
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(address);
      expect(JSON.stringify(rows)).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
      server.clock.advance(600_001);
      await forgetOldAttempts(server.context);
      expect(await kept()).toEqual([]);
    });

    test("[P4] who has many IPv6 networks next to each other is one caller for codes", async () => {
      const { server } = suite;
      const tried: string[] = [];
      for (let network = 0; network < 12; network += 1) {
        const address = `2001:db8:77:${network.toString(16)}::1`;
        for (let device = 0; device < 2; device += 1) {
          const socket = await connect(server, await createBeneficiary(), { address });
          for (let times = 0; times < 5; times += 1)
            tried.push(
              (await codeOf(
                socket.request("pairing.begin", { code: "00000000", commitment: "A".repeat(43) }),
              )) ?? "",
            );
          await socket.close();
        }
      }
      expect(tried.filter((code) => code === "NOT_FOUND")).toHaveLength(100);
      expect(tried.filter((code) => code === "TOO_MANY")).toHaveLength(20);
    });
  });
}
