import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { whyNoLiveKit } from "../../e2e/driver/livekit.ts";
import type { SessionId } from "../../shared/ids.ts";
import { sessions } from "../db/schema.ts";
import { testDatabases } from "../db/testing.ts";
import { callRoute, rowsOf, type TestPair } from "../relay/testing/people.ts";
import { codeOf } from "../relay/testing/suite.ts";
import { askLiveKit, joinRoomBy } from "./testing/participant.ts";
import { useVoice } from "./testing/voice-suite.ts";

const noLiveKit = await whyNoLiveKit();

for (const kind of await testDatabases()) {
  const missing = kind.missing ?? (noLiveKit && `skipped: ${noLiveKit}`);
  describe.skipIf(missing)(
    `the end of the voice, on ${kind.name} ${missing ?? ""}`,
    () => {
      const suite = useVoice(kind);

      /** Both ends in LiveKit's room, with all the tokens that they were ever given. */
      async function speak() {
        const { pair, session } = await suite.goLive();
        const asked = [
          await pair.beneficiarySocket.request("voice.join", { session }),
          await pair.helperSocket.request("voice.join", { session }),
        ];
        const inside = await Promise.all(asked.map(({ url, token }) => joinRoomBy(url, token)));
        const refreshed = await Promise.all(inside.map((one) => one.refreshed));
        const tokens = [...asked.map(({ token }) => token), ...refreshed];
        for (const token of tokens) expect(await askLiveKit(suite.livekit.url, token)).toBe(200);
        const room = (await suite.roomOf(session))?.name ?? "";
        return { pair, session, inside, tokens, room };
      }

      const untilClosed = async (session: SessionId, timeout = 10_000) =>
        await expect
          .poll(async () => (await suite.roomOf(session))?.closedAt, { timeout, interval: 20 })
          .toBeInstanceOf(Date);

      const ends: Record<string, (pair: TestPair, session: SessionId) => Promise<unknown>> = {
        Stop: ({ beneficiarySocket }, session) =>
          beneficiarySocket.request("session.end", { session, reason: "stopped" }),
        "the helper who leaves": ({ helperSocket }, session) =>
          helperSocket.request("session.end", { session, reason: "left" }),
        "the end of the pairing": ({ helper, pairing }) =>
          callRoute(suite.server, helper.cookie, "POST /api/pairings/end", {
            pairing,
            block: true,
          }),
        "the end of the grant": async (_pair, session) => {
          const { clock, context } = suite.server;
          clock.advance(7_200_000);
          // The sockets may be taken for silent after two hours in no time: the database says it.
          const over = and(eq(sessions.id, session), eq(sessions.endReason, "expired"));
          await expect
            .poll(() => context.db.$count(sessions, over), { timeout: 5_000, interval: 10 })
            .toBe(1);
        },
      };
      for (const [name, end] of Object.entries(ends))
        test(`[A4] ${name} puts both out of the voice within a second, for good`, async () => {
          const { pair, session, inside, tokens, room } = await speak();
          await end(pair, session);
          const over = performance.now();
          await Promise.all(inside.map((one) => one.closed));
          expect(performance.now() - over).toBeLessThan(1_000);
          const left = Math.max(1, 1_000 - (performance.now() - over));
          await expect
            .poll(() => suite.roomNames(), { timeout: left, interval: 20 })
            .not.toContain(room);
          // Those that LiveKit itself renewed are good for ten minutes more, by themselves.
          for (const token of tokens) {
            expect(await askLiveKit(suite.livekit.url, token)).toBe(404);
            await expect(joinRoomBy(suite.livekit.url, token)).rejects.toThrow("LiveKit refuses");
          }
          expect(await suite.roomNames()).not.toContain(room);
          await untilClosed(session);
          const rows = await rowsOf(suite.server, pair);
          expect(rows.filter(({ type }) => type === "voice.opened")).toHaveLength(1);
        });

      test("[A4] a voice server that answers nobody keeps no end waiting, and closes the room later", async () => {
        const { pair, session, inside, tokens, room } = await speak();
        suite.livekit.pause();
        try {
          const started = performance.now();
          await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
          await Promise.all([pair.beneficiarySocket.closed, pair.helperSocket.closed]);
          expect(performance.now() - started).toBeLessThan(1_000);
          // The first try is over, and failed.
          await expect
            .poll(async () => (await suite.roomOf(session))?.tries, { timeout: 8_000 })
            .toBeGreaterThan(1);
          expect((await suite.roomOf(session))?.closedAt).toBeNull();
        } finally {
          suite.livekit.resume();
        }
        await Promise.all(inside.map((one) => one.closed));
        await untilClosed(session, 15_000);
        expect(await suite.roomNames()).not.toContain(room);
        expect(await askLiveKit(suite.livekit.url, tokens[2] ?? "")).toBe(404);
      });

      test("[A4] a voice server that died at the end has forgotten the room when it is back", async () => {
        const { pair, session, tokens } = await speak();
        await suite.livekit.kill();
        await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
        await expect
          .poll(async () => (await suite.roomOf(session))?.tries, { timeout: 8_000 })
          .toBeGreaterThan(1);
        await suite.livekit.restart();
        for (const token of tokens) expect(await askLiveKit(suite.livekit.url, token)).toBe(404);
        await untilClosed(session, 15_000);
      });

      test("[A4] an end in the middle of a join leaves no token and no room", async () => {
        for (let round = 0; round < 10; round += 1) {
          const { pair, session } = await suite.goLive();
          const joins = [pair.beneficiarySocket, pair.helperSocket].map((socket) =>
            codeOf(socket.request("voice.join", { session })),
          );
          if (round % 2) await new Promise((resolve) => setTimeout(resolve, round));
          const { helper, pairing } = pair;
          const body = { pairing, block: false };
          await callRoute(suite.server, helper.cookie, "POST /api/pairings/end", body);
          await Promise.all(joins);
          if (await suite.roomOf(session)) await untilClosed(session, 5_000);
          const room = await suite.roomOf(session);
          await expect.poll(() => suite.roomNames()).not.toContain(room?.name);
        }
      });
    },
    60_000,
  );
}
