import { describe, expect, test } from "vitest";

import { createNonce, createPairingId, type PairingId, type SessionId } from "../../shared/ids.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect } from "../relay/testing/device.ts";
import {
  callRoute,
  createHelper,
  createPair,
  invite,
  ring,
  rowsOf,
  typesOf,
  type TestPair,
} from "../relay/testing/people.ts";
import { codesOf, useServer } from "../relay/testing/suite.ts";

const name = (pair: TestPair, pairing: PairingId | null) =>
  pair.beneficiarySocket.request("trust.name", { pairing });

/** Asked, answered and over; nobody goes into the relay. */
async function helpOnce(pair: TestPair): Promise<SessionId> {
  const session = await ring(pair);
  await pair.helperSocket.next("ring");
  await pair.helperSocket.request("session.answer", { session });
  await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
  return session;
}

for (const database of await testDatabases()) {
  describe.skipIf(database.missing)(
    `the trusted person on ${database.name} ${database.missing ?? ""}`,
    LONG,
    () => {
      const suite = useServer(database);
      const noticesOf = async (pair: TestPair) =>
        (await callRoute(suite.server, pair.helper.cookie, "GET /api/notices")).notices;
      const kindsOf = async (pair: TestPair) =>
        (await noticesOf(pair)).map((one) => one.kind).toSorted();

      /** Somebody else helps the same person. */
      async function another(pair: TestPair): Promise<TestPair> {
        const { server } = suite;
        const helper = await createHelper(server, "Karim");
        const helperSocket = await connect(server, helper);
        const { invitation } = await invite(server, helper);
        const { beneficiarySocket } = pair;
        const mac = createNonce();
        const { pairing } = await beneficiarySocket.request("pairing.redeem", { invitation, mac });
        await helperSocket.next("pairing.changed");
        return { ...pair, helper, helperSocket, pairing };
      }

      test("[P10] a first session with somebody new tells the trusted person, once", async () => {
        const trusted = await createPair(suite.server);
        const { pairing } = trusted;
        await name(trusted, pairing);
        expect(await trusted.helperSocket.next("trust.told")).toEqual({
          type: "trust.told",
          pairing,
        });
        const stranger = await another(trusted);
        const unanswered = await ring(stranger);
        await stranger.helperSocket.request("session.decline", { session: unanswered });
        expect(await kindsOf(trusted)).toEqual(["named"]);
        const session = await helpOnce(stranger);
        await trusted.helperSocket.next("trust.told");
        expect(await kindsOf(trusted)).toEqual(["first-session", "named"]);
        const rows = await rowsOf(suite.server, trusted);
        expect(rows.find(({ type }) => type === "trust.told")).toMatchObject({
          actorRole: "system",
          refs: { pairing, helper: trusted.helper.id },
          data: { session },
        });
        await helpOnce(stranger);
        expect(await kindsOf(trusted)).toEqual(["first-session", "named"]);
        expect(await kindsOf(stranger)).toEqual([]);
      });

      test("[P10] the notice holds no site, no name and no other person, and goes once it is read", async () => {
        const trusted = await createPair(suite.server);
        await name(trusted, trusted.pairing);
        const stranger = await another(trusted);
        await helpOnce(stranger);
        const notice = (await noticesOf(trusted)).find(({ kind }) => kind === "first-session");
        expect(Object.keys(notice ?? {}).toSorted()).toEqual(["at", "kind", "notice", "pairing"]);
        expect(notice?.pairing).toBe(trusted.pairing);
        const seen = { notice: notice?.notice ?? "" };
        await expect(
          callRoute(suite.server, stranger.helper.cookie, "POST /api/notices/seen", seen),
        ).rejects.toMatchObject({ code: "NOT_FOUND" });
        await callRoute(suite.server, trusted.helper.cookie, "POST /api/notices/seen", seen);
        expect(await kindsOf(trusted)).toEqual(["named"]);
      });

      test("[P10] nobody named, nobody told; nor is anyone told of their own first session", async () => {
        const pair = await createPair(suite.server);
        const other = await another(pair);
        await helpOnce(other);
        await name(pair, pair.pairing);
        await helpOnce(pair);
        expect(await kindsOf(pair)).toEqual(["named"]);
        expect(await kindsOf(other)).toEqual([]);
      });

      test("[P10] [J2] one at most; whoever is no longer it is told, and it is written", async () => {
        const pair = await createPair(suite.server);
        const other = await another(pair);
        await name(pair, pair.pairing);
        await name(pair, pair.pairing);
        await name(pair, other.pairing);
        expect(await kindsOf(pair)).toEqual(["named", "released"]);
        expect(await kindsOf(other)).toEqual(["named"]);
        await name(pair, null);
        await name(pair, null);
        expect(await kindsOf(other)).toEqual(["named", "released"]);
        expect(
          (await typesOf(suite.server, pair)).filter((type) => type.startsWith("trust")),
        ).toEqual(["trust.named", "trust.released", "trust.named", "trust.released"]);
      });

      test("[P10] one who is removed is told so, and no more", async () => {
        const trusted = await createPair(suite.server);
        const { pairing } = trusted;
        await name(trusted, pairing);
        await trusted.beneficiarySocket.request("pairing.end", { pairing, block: false });
        await helpOnce(await another(trusted));
        expect(await kindsOf(trusted)).toEqual(["named", "released"]);
      });

      test("[P10] [C3] another's pairing, one that ended and a guessed one: one answer", async () => {
        const [pair, other] = [await createPair(suite.server), await createPair(suite.server)];
        const { pairing } = other;
        await other.beneficiarySocket.request("pairing.end", { pairing, block: false });
        expect(
          await codesOf(
            name(other, pair.pairing),
            name(other, pairing),
            name(pair, createPairingId()),
          ),
        ).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
        expect(await kindsOf(pair)).toEqual([]);
      });
    },
  );
}
