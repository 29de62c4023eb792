import { setTimeout as delay } from "node:timers/promises";

import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { pairings } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { createPair, ring, signGrant, typesOf, type TestPair } from "../relay/testing/people.ts";
import { codesOf, useServer } from "../relay/testing/suite.ts";
import { closeSession } from "./close-session.ts";

function createSignal(): { give(): void; given: Promise<void> } {
  const waiting: (() => void)[] = [];
  const given = new Promise<void>((resolve) => waiting.push(resolve));
  return {
    give() {
      for (const resolve of waiting) resolve();
    },
    given,
  };
}

/** PGlite has one connection: two transactions can't wait for each other there. */
const several = (await testDatabases()).filter(({ name }) => name === "PostgreSQL");

for (const kind of several) {
  describe.skipIf(kind.missing)(`lock order on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind);

    async function untilWaiting(many: number): Promise<void> {
      for (;;) {
        const [row] = await suite.server.context.db
          .select({ waiting: sql<number>`count(*)::int` })
          .from(sql`pg_stat_activity`)
          .where(sql`datname = current_database() and wait_event_type = 'Lock'`);
        if (row?.waiting === many) return;
        await delay(10);
      }
    }

    /** The ring is missed while another act on the same pairing is half done. */
    async function missDuring(pair: TestPair, act: () => Promise<unknown>): Promise<unknown[]> {
      const { db, clock } = suite.server.context;
      const session = await ring(pair);
      const held = createSignal();
      const turn = createSignal();
      const holder = db.transaction(async (tx) => {
        await tx.execute(
          sql`select pg_advisory_xact_lock(hashtextextended(${pair.beneficiary.id}, 0))`,
        );
        held.give();
        await turn.given;
      });
      await held.given;
      const missing = db.transaction((tx) =>
        closeSession(tx, session, "missed", "system", clock.now()),
      );
      await untilWaiting(1);
      const acting = act();
      await untilWaiting(2);
      turn.give();
      await holder;
      return await codesOf(missing, acting);
    }

    test("[P6] a ring that is missed while its pairing is ended: both are done", async () => {
      const pair = await createPair(suite.server);
      const { pairing, beneficiarySocket } = pair;
      const end = () => beneficiarySocket.request("pairing.end", { pairing, block: false });
      expect(await missDuring(pair, end)).toEqual(["done", "done"]);
      expect((await typesOf(suite.server, pair)).slice(-2)).toEqual([
        "session.ended",
        "pairing.ended",
      ]);
    });

    test("[S3] a ring that is missed while a call is left: both are done", async () => {
      const pair = await createPair(suite.server);
      const { pairing, beneficiarySocket } = pair;
      const leave = () => beneficiarySocket.request("call.leave", { pairing });
      expect(await missDuring(pair, leave)).toEqual(["done", "done"]);
    });

    test("[P8] a pause that comes between a request and its turn wins", async () => {
      const pair = await createPair(suite.server);
      const { pairing, beneficiarySocket } = pair;
      const { grant } = await signGrant(pair);
      const { db, clock } = suite.server.context;
      for (const ask of [
        () => beneficiarySocket.request("session.request", { pairing, grant }),
        () => beneficiarySocket.request("call.leave", { pairing }),
      ]) {
        await db.update(pairings).set({ pausedAt: null }).where(eq(pairings.id, pairing));
        let asking: Promise<unknown> | undefined;
        await db.transaction(async (tx) => {
          await tx.update(pairings).set({ pausedAt: clock.now() }).where(eq(pairings.id, pairing));
          asking = ask();
          asking.catch(() => undefined);
          await untilWaiting(1);
        });
        expect(await codesOf(asking ?? Promise.resolve())).toEqual(["NOT_FOUND"]);
      }
    });

    test("[S2] a ring that is missed while another is asked for: both are done", async () => {
      const pair = await createPair(suite.server);
      const { pairing, beneficiarySocket } = pair;
      const { grant } = await signGrant(pair);
      const ask = () => beneficiarySocket.request("session.request", { pairing, grant });
      expect(await missDuring(pair, ask)).toEqual(["done", "done"]);
    });
  });
}
