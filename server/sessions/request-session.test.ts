import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { signStatement } from "../../shared/crypto/signed-statement.ts";
import { contentHashSchema, createNonce, createSessionId } from "../../shared/ids.ts";
import { findFault } from "../../shared/journal/chain.ts";
import { grantHosts, grants, sessions } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect } from "../relay/testing/device.ts";
import {
  createHelper,
  createPair,
  goLive,
  HOST,
  ring,
  rowsOf,
  signGrant,
  typesOf,
} from "../relay/testing/people.ts";
import { codeOf, useServer } from "../relay/testing/suite.ts";
import { assertMayJoin } from "./check-sessions.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(
    `a request for help on ${kind.name} ${kind.missing ?? ""}`,
    LONG,
    () => {
      const suite = useServer(kind, { timings: { sweepMs: 50 } });

      test("[S1] [G6] [J1] [J2] a request stores grant, hosts, session and a journal that holds", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const { session, grant } = await signGrant(pair);
        const { pairing } = pair;
        const reply = await pair.beneficiarySocket.request("session.request", { pairing, grant });
        expect(reply.remaining).toBe(60_000);
        const { call } = await pair.helperSocket.next("ring");
        expect(call).toMatchObject({ session, pairing, state: "ringing", grant });

        const [stored] = await server.context.db
          .select()
          .from(sessions)
          .where(eq(sessions.id, session));
        const [kept] = await server.context.db
          .select()
          .from(grants)
          .where(eq(grants.pairing, pairing));
        expect(kept).toMatchObject(grant);
        expect((kept?.expiresAt.getTime() ?? 0) - (kept?.givenAt.getTime() ?? 0)).toBe(7_200_000);
        const hosts = await server.context.db.select().from(grantHosts);
        expect(hosts).toContainEqual({ grant: stored?.grant, host: HOST });
        const rows = await rowsOf(server, pair);
        expect(rows.map((row) => row.type)).toEqual([
          "pairing.made",
          "grant.given",
          "receipt.issued",
          "session.requested",
        ]);
        expect(await findFault(pair.beneficiary.id, undefined, rows)).toBeUndefined();
      });

      test("[G6] [J2] when a journal row is refused, nothing of the request is stored", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        await server.context.db.execute(sql`
        create function refuse_request() returns trigger language plpgsql as
        $$ begin raise exception 'refused by the test'; end; $$`);
        await server.context.db.execute(sql`
        create trigger refuse_request before insert on journal for each row
        when (new.type = 'session.requested') execute function refuse_request()`);
        try {
          expect(await codeOf(ring(pair))).toBe("INTERNAL");
        } finally {
          await server.context.db.execute(sql`drop trigger refuse_request on journal`);
          await server.context.db.execute(sql`drop function refuse_request`);
        }
        const stored = await server.context.db
          .select()
          .from(grants)
          .where(eq(grants.pairing, pair.pairing));
        expect(stored).toEqual([]);
        const { current } = await pair.helperSocket.request("session.current", {});
        expect(current).toBeNull();
        expect(await typesOf(server, pair)).toEqual(["pairing.made"]);
        expect(pair.helperSocket.inbox).toEqual([]);
      });

      test("[G1] a statement that was altered or signed by another key is refused", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const { pairing } = pair;
        const { grant } = await signGrant(pair);
        const bytes = Buffer.from(grant.statement, "base64url");
        bytes.write("X", bytes.indexOf("SESSION") - 20);
        const altered = { ...grant, statement: bytes.toString("base64url") };
        await expect(
          pair.beneficiarySocket.request("session.request", { pairing, grant: altered }),
        ).rejects.toMatchObject({ code: expect.stringMatching(/^(FORGED|BAD_MESSAGE)$/) });

        const longer = Buffer.from(grant.statement, "base64url").toString().replace("7200", "7100");
        const forged = { ...grant, statement: Buffer.from(longer).toString("base64url") };
        expect(
          await codeOf(
            pair.beneficiarySocket.request("session.request", { pairing, grant: forged }),
          ),
        ).toBe("FORGED");

        const other = await createDeviceKey();
        const { nonce } = await pair.beneficiarySocket.request("session.nonce", {});
        const { text } = JSON.parse(Buffer.from(grant.statement, "base64url").toString());
        const foreign = await signStatement(other, {
          version: 1,
          kind: "SESSION",
          session: createSessionId(),
          beneficiary: other.id,
          helper: pair.helper.id,
          hosts: [HOST],
          seconds: 60,
          text,
          nonce,
        });
        expect(
          await codeOf(
            pair.beneficiarySocket.request("session.request", { pairing, grant: foreign }),
          ),
        ).toBe("FORGED");
        expect(await typesOf(server, pair)).toEqual(["pairing.made"]);
      });

      test("[G1] a grant for another helper than the pairing's is refused", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const other = await createHelper(server);
        expect(await codeOf(ring(pair, { helper: other.id }))).toBe("NO_GRANT");
      });

      test("[G3] a host twice is refused", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        expect(await codeOf(ring(pair, { hosts: [HOST, HOST] }))).toBe("BAD_MESSAGE");
      });

      test("[G4] a nonce that was not given, was used, or is older than 2 minutes is refused", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const { beneficiarySocket, pairing } = pair;
        expect(await codeOf(ring(pair, { nonce: createNonce() }))).toBe("NO_GRANT");

        const { nonce } = await beneficiarySocket.request("session.nonce", {});
        const { session, grant } = await signGrant(pair, { nonce });
        await beneficiarySocket.request("session.request", { pairing, grant });
        await beneficiarySocket.request("session.end", { session, reason: "cancelled" });
        expect(await codeOf(beneficiarySocket.request("session.request", { pairing, grant }))).toBe(
          "NO_GRANT",
        );
        expect(await codeOf(ring(pair, { nonce }))).toBe("NO_GRANT");

        const old = await beneficiarySocket.request("session.nonce", {});
        server.clock.advance(120_001);
        expect(await codeOf(ring(pair, { nonce: old.nonce }))).toBe("NO_GRANT");
      });

      test("[G4] a nonce of another socket is refused", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const second = await connect(server, pair.beneficiary);
        const { nonce } = await second.request("session.nonce", {});
        expect(await codeOf(ring(pair, { nonce }))).toBe("NO_GRANT");
      });

      test("[G5] a text that was never published is refused", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const { grant } = await signGrant(pair);
        const { text } = JSON.parse(Buffer.from(grant.statement, "base64url").toString());
        const unknown = contentHashSchema.parse(`B${text.slice(1)}`);
        expect(await codeOf(ring(pair, { text: unknown }))).toBe("NO_GRANT");
      });

      test("[G2] a grant is in force until the instant before expires_at, and not at it", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const session = await goLive(pair);
        const [row] = await server.context.db
          .select({ expiresAt: grants.expiresAt })
          .from(sessions)
          .innerJoin(grants, eq(grants.id, sessions.grant))
          .where(eq(sessions.id, session));
        const end = row?.expiresAt.getTime() ?? 0;
        const side = { end: "helper" as const, id: pair.helper.id };
        const at = (ms: number) => ({
          ...server.context,
          clock: { now: () => new Date(ms) },
        });
        expect((await assertMayJoin(at(end - 1), side, session)).getTime()).toBe(end);
        expect(await codeOf(assertMayJoin(at(end), side, session))).toBe("NO_GRANT");
      });

      test("[G2] [S6] an expired session is over for both, with its reason", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        await goLive(pair, { seconds: 300 });
        server.clock.advance(299_000);
        server.clock.advance(1_000);
        expect(await pair.helperSocket.next("session.over")).toMatchObject({ reason: "expired" });
        expect(await pair.beneficiarySocket.next("session.over")).toMatchObject({
          reason: "expired",
        });
        expect(await pair.helperSocket.closed).toBe(4410);
        expect(await pair.beneficiarySocket.closed).toBe(4410);
        expect((await rowsOf(server, pair)).at(-1)).toMatchObject({
          type: "session.ended",
          actorRole: "system",
          data: { reason: "expired", seconds: 300 },
        });
      });
    },
  );
}
