import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { authSessions } from "../db/auth-schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect } from "./testing/device.ts";
import {
  createHelper,
  createPair,
  goLive,
  ring,
  rowsOf,
  signInElsewhere,
  signOut,
  type TestHelper,
} from "./testing/people.ts";
import { codeOf, useServer } from "./testing/suite.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`signing out on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind);
    const beating = useServer(kind, { timings: { heartbeatMs: 200 } });

    async function expire({ account }: TestHelper): Promise<void> {
      await beating.server.context.db
        .update(authSessions)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(authSessions.userId, account));
    }

    test("[C5] closes every console of that sign-in within a second, and no other", async () => {
      const { server } = suite;
      const helper = await createHelper(server);
      const elsewhere = await signInElsewhere(server, helper);
      const tabs = [await connect(server, helper), await connect(server, helper)];
      const other = await connect(server, elsewhere);
      const started = performance.now();
      await signOut(server, helper.cookie);
      for (const tab of tabs) expect(await tab.closed).toBe(4401);
      expect(performance.now() - started).toBeLessThan(1_000);
      await other.request("session.current", {});
      expect(await codeOf(connect(server, helper))).toBe("other");
      await other.close();
    });

    test("[C5] ends the live session: the beneficiary is told that the helper has left", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const session = await goLive(pair);
      await signOut(server, pair.helper.cookie);
      expect(await pair.helperSocket.closed).toBe(4401);
      expect(await pair.beneficiarySocket.next("session.over")).toMatchObject({
        session,
        reason: "left",
      });
      expect(await pair.beneficiarySocket.closed).toBe(4410);
      expect((await rowsOf(server, pair)).at(-1)).toMatchObject({
        type: "session.ended",
        actorRole: "helper",
        data: { reason: "left" },
      });
    });

    test("[C5] leaves nobody to be rung: the answer is that the helper is away", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      await signOut(server, pair.helper.cookie);
      await pair.helperSocket.closed;
      await expect.poll(() => codeOf(ring(pair))).toBe("AWAY");
      await pair.beneficiarySocket.close();
    });

    test("[C5] a sign-in that expires is found at the heartbeat, and the session ends with it", async () => {
      const { server } = beating;
      const pair = await createPair(server);
      await goLive(pair);
      await expire(pair.helper);
      expect(await pair.helperSocket.closed).toBe(4401);
      expect(await pair.beneficiarySocket.next("session.over")).toMatchObject({ reason: "left" });
    });

    test("[C5] a word that the bus loses costs a heartbeat", async () => {
      const { server } = beating;
      const pair = await createPair(server);
      const { db } = server.context;
      await db.delete(authSessions).where(eq(authSessions.userId, pair.helper.account));
      expect(await pair.helperSocket.closed).toBe(4401);
      await pair.beneficiarySocket.close();
    });
  });
}
