import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { createSessionId } from "../../shared/ids.ts";
import { findFault } from "../../shared/journal/chain.ts";
import { hostSchema } from "../../shared/sites.ts";
import { sessions } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect, createBeneficiary } from "../relay/testing/device.ts";
import {
  callRoute,
  createHelper,
  createPair,
  goLive,
  HOST,
  ring,
  rowsOf,
  typesOf,
} from "../relay/testing/people.ts";
import { codeOf, codesOf, useServer } from "../relay/testing/suite.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`sessions on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind, { timings: { sweepMs: 50 } });

    test("[S2] of two answers at once one wins, and the other is told elsewhere", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const tab = await connect(server, pair.helper);
      const session = await ring(pair);
      await Promise.all([pair.helperSocket.next("ring"), tab.next("ring")]);
      const answers = await Promise.allSettled([
        pair.helperSocket.request("session.answer", { session }),
        tab.request("session.answer", { session }),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      const lost = answers.find((answer) => answer.status === "rejected");
      expect(lost?.reason).toMatchObject({ code: "CONFLICT" });
      const loser = answers[0].status === "rejected" ? pair.helperSocket : tab;
      expect(await loser.next("ring.over")).toMatchObject({ session, reason: "elsewhere" });
      await pair.beneficiarySocket.next("session.answered");
      expect(
        (await typesOf(server, pair)).filter((type) => type === "session.answered"),
      ).toHaveLength(1);
    });

    test("[S2] a ring is missed after 60 s, and the helper sees the missed call", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await ring(pair);
      server.clock.advance(60_000);
      expect(await pair.helperSocket.next("ring.over")).toMatchObject({ reason: "missed" });
      expect(await pair.beneficiarySocket.next("session.over")).toMatchObject({
        session,
        reason: "missed",
      });
      expect(await codeOf(pair.helperSocket.request("session.answer", { session }))).toBe(
        "CONFLICT",
      );
      const { calls } = await callRoute(server, pair.helper.cookie, "GET /api/calls");
      expect(calls).toMatchObject([{ pairing: pair.pairing }]);
      const call = calls[0]?.call ?? "";
      await callRoute(server, pair.helper.cookie, "POST /api/calls/seen", { call });
      const after = await callRoute(server, pair.helper.cookie, "GET /api/calls");
      expect(after.calls).toEqual([]);
    });

    test("[S2] a deadline that no node has swept yet holds all the same", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await ring(pair);
      await server.context.db
        .update(sessions)
        .set({ ringUntil: new Date(server.clock.now().getTime() + 30) })
        .where(eq(sessions.id, session));
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(await codeOf(pair.helperSocket.request("session.answer", { session }))).toBe(
        "CONFLICT",
      );
      const { current } = await pair.helperSocket.request("session.current", {});
      expect(current).toBeNull();
    });

    test("[S2] one ring at a time, and 5 in 10 minutes", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const first = await ring(pair);
      expect(await codeOf(ring(pair))).toBe("CONFLICT");
      const end = async (session: typeof first) =>
        await pair.beneficiarySocket.request("session.end", { session, reason: "cancelled" });
      await end(first);
      for (let rings = 1; rings < 5; rings += 1) await end(await ring(pair));
      expect(await codeOf(ring(pair))).toBe("TOO_MANY");
      server.clock.advance(600_000);
      await end(await ring(pair));
    });

    test("[S2] a ring that the beneficiary cancels or the helper declines is over for both", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const cancelled = await ring(pair);
      await pair.helperSocket.next("ring");
      await pair.beneficiarySocket.request("session.end", {
        session: cancelled,
        reason: "cancelled",
      });
      expect(await pair.helperSocket.next("ring.over")).toMatchObject({ reason: "cancelled" });
      await pair.beneficiarySocket.next("session.over");

      const declined = await ring(pair);
      await pair.helperSocket.request("session.decline", { session: declined });
      expect(await pair.beneficiarySocket.next("session.over")).toMatchObject({
        session: declined,
        reason: "declined",
      });
    });

    test("[S3] a helper without a socket is away: nothing rings, a call can be left", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      await pair.helperSocket.close();
      expect(await codeOf(ring(pair))).toBe("AWAY");
      expect(await typesOf(server, pair)).toEqual(["pairing.made"]);
      const { pairing } = pair;
      for (let calls = 0; calls < 5; calls += 1)
        await pair.beneficiarySocket.request("call.leave", { pairing });
      expect(await codeOf(pair.beneficiarySocket.request("call.leave", { pairing }))).toBe(
        "TOO_MANY",
      );
      const { calls } = await callRoute(server, pair.helper.cookie, "GET /api/calls");
      expect(calls).toHaveLength(5);

      const other = await createHelper(server);
      const call = calls[0]?.call ?? "";
      expect(await codeOf(callRoute(server, other.cookie, "POST /api/calls/seen", { call }))).toBe(
        "NOT_FOUND",
      );
      expect((await callRoute(server, other.cookie, "GET /api/calls")).calls).toEqual([]);
    });

    test("[C3] [R1] a session of somebody else is unknown, whatever is asked of it", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await goLive(pair);
      const stranger = await createPair(server);
      const { helperSocket, beneficiarySocket } = stranger;
      const fact = { type: "session.resumed" as const };
      const codes = await codesOf(
        helperSocket.request("session.answer", { session }),
        helperSocket.request("session.decline", { session }),
        helperSocket.request("session.end", { session, reason: "left" }),
        helperSocket.request("relay.join", { session }),
        beneficiarySocket.request("session.end", { session, reason: "stopped" }),
        beneficiarySocket.request("session.report", { session, fact }),
        beneficiarySocket.request("relay.join", { session }),
        beneficiarySocket.request("session.end", {
          session: createSessionId(),
          reason: "stopped",
        }),
      );
      expect(new Set(codes)).toEqual(new Set(["NOT_FOUND"]));
      const { current } = await pair.helperSocket.request("session.current", {});
      expect(current).toMatchObject({ session, state: "live" });
    });

    test("[C5] a device that is not paired may not ask, join, report or leave a call", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await goLive(pair);
      const socket = await connect(server, await createBeneficiary());
      const { pairing } = pair;
      const codes = await codesOf(
        socket.request("session.nonce", {}),
        socket.request("call.leave", { pairing }),
        socket.request("relay.join", { session }),
        socket.request("session.end", { session, reason: "stopped" }),
      );
      expect(new Set(codes)).toEqual(new Set(["NOT_FOUND"]));
      expect(await socket.request("pairing.list", {})).toEqual({ pairings: [] });
    });

    test("[S6] stop is told once to both, with its reason, and closes both sockets 4410", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await goLive(pair);
      await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
      expect(await pair.helperSocket.closed).toBe(4410);
      expect(await pair.beneficiarySocket.closed).toBe(4410);
      const over = { type: "session.over", session, reason: "stopped" };
      expect(pair.helperSocket.inbox.filter(({ type }) => type === "session.over")).toEqual([over]);
      expect(pair.beneficiarySocket.inbox).toEqual([over]);
      const again = await connect(server, pair.helper);
      expect(await codeOf(again.request("relay.join", { session }))).toBe("NO_GRANT");
      await expect(again.request("session.end", { session, reason: "left" })).resolves.toEqual({});
      expect((await typesOf(server, pair)).filter((type) => type === "session.ended")).toHaveLength(
        1,
      );
    });

    test("[S6] a side cannot give the server's reasons", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await goLive(pair);
      for (const reason of ["missed", "expired", "pairing-ended"] as const)
        expect(
          await codeOf(pair.beneficiarySocket.request("session.end", { session, reason })),
        ).toBe("BAD_MESSAGE");
      expect(
        await codeOf(pair.helperSocket.request("session.end", { session, reason: "stopped" })),
      ).toBe("BAD_MESSAGE");
    });

    test("[S4] a session whose end is away for more than 10 minutes is lost", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await goLive(pair);
      await pair.beneficiarySocket.close();
      expect(await pair.helperSocket.next("relay.peer")).toMatchObject({ present: false });
      const seenAt = server.clock.now();
      await server.context.db
        .update(sessions)
        .set({ beneficiarySeenAt: new Date(seenAt.getTime() - 599_000), helperSeenAt: seenAt })
        .where(eq(sessions.id, session));
      const back = await connect(server, pair.beneficiary);
      expect((await back.request("session.current", {})).current).toMatchObject({ session });
      await server.context.db
        .update(sessions)
        .set({ beneficiarySeenAt: new Date(seenAt.getTime() - 600_000) })
        .where(eq(sessions.id, session));
      expect(await back.next("session.over")).toMatchObject({ reason: "lost" });
      expect(await pair.helperSocket.closed).toBe(4410);
    });

    test("[P6] ending the pairing ends its session, from either side", async () => {
      const { server } = suite;
      const first = await createPair(server);
      await goLive(first);
      const { pairing } = first;
      await first.beneficiarySocket.request("pairing.end", { pairing, block: true });
      expect(await first.helperSocket.closed).toBe(4410);
      expect(await typesOf(server, first)).toEqual(
        expect.arrayContaining(["pairing.ended", "session.ended"]),
      );
      const back = await connect(server, first.beneficiary);
      expect(await back.request("pairing.list", {})).toEqual({
        pairings: [{ pairing, state: "blocked" }],
      });
      expect(await codeOf(ring({ ...first, beneficiarySocket: back }))).toBe("NOT_FOUND");

      const second = await createPair(server);
      await goLive(second);
      await callRoute(server, second.helper.cookie, "POST /api/pairings/end", {
        pairing: second.pairing,
        block: false,
      });
      expect(await second.beneficiarySocket.next("session.over")).toMatchObject({
        reason: "pairing-ended",
      });
      expect(await second.beneficiarySocket.closed).toBe(4410);
    });

    test("[P6] a pairing of somebody else cannot be ended", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const stranger = await createPair(server);
      const { pairing } = pair;
      const codes = await codesOf(
        stranger.beneficiarySocket.request("pairing.end", { pairing, block: true }),
        stranger.helperSocket.request("pairing.end", { pairing, block: true }),
        callRoute(server, stranger.helper.cookie, "POST /api/pairings/end", {
          pairing,
          block: true,
        }),
      );
      expect(new Set(codes)).toEqual(new Set(["NOT_FOUND"]));
      expect((await pair.beneficiarySocket.request("pairing.list", {})).pairings).toEqual([
        { pairing, state: "active", card: { name: "Marie", role: "relative", check: "none" } },
      ]);
    });

    test("[J1] the beneficiary's side reports hosts and pauses, and nothing else can get in", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await ring(pair);
      const { beneficiarySocket, helperSocket } = pair;
      const report = async (
        fact: Parameters<typeof beneficiarySocket.request<"session.report">>[1]["fact"],
      ) => await beneficiarySocket.request("session.report", { session, fact });
      expect(await codeOf(report({ type: "page.entered", host: HOST }))).toBe("CONFLICT");
      await helperSocket.request("session.answer", { session });
      await report({ type: "page.entered", host: HOST });
      await report({ type: "session.paused", reason: "left-site" });
      await report({ type: "session.resumed" });
      const elsewhere = hostSchema.parse("autre.example.fr");
      expect(await codeOf(report({ type: "page.entered", host: elsewhere }))).toBe("NO_GRANT");
      const rows = await rowsOf(server, pair);
      expect(rows.map(({ type, data }) => ({ type, data })).slice(-3)).toEqual([
        { type: "page.entered", data: { host: HOST } },
        { type: "session.paused", data: { reason: "left-site" } },
        { type: "session.resumed", data: {} },
      ]);
      expect(await findFault(pair.beneficiary.id, undefined, rows)).toBeUndefined();
    });
  });
}
