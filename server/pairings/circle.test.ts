import { describe, expect, test } from "vitest";

import { createNonce, createPairingId, type DeviceId, type PairingId } from "../../shared/ids.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import {
  callRoute,
  createPair,
  goLive,
  invite,
  ring,
  rowsOf,
  signGrant,
  typesOf,
  type TestPair,
} from "../relay/testing/people.ts";
import { codeOf, codesOf, useServer } from "../relay/testing/suite.ts";

const pause = (pair: TestPair, paused: boolean) =>
  pair.beneficiarySocket.request("pairing.pause", { pairing: pair.pairing, paused });
const unblock = (pair: TestPair, helper: DeviceId = pair.helper.id) =>
  pair.beneficiarySocket.request("pairing.unblock", { helper });

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(
    `pause and block on ${kind.name} ${kind.missing ?? ""}`,
    LONG,
    () => {
      const suite = useServer(kind);

      test("[P8] a paused helper can't be called, nor be left a call, as if unknown; a resumed one can", async () => {
        const pair = await createPair(suite.server);
        const { pairing, beneficiarySocket } = pair;
        await pause(pair, true);
        const { grant } = await signGrant(pair);
        expect(
          await codesOf(
            beneficiarySocket.request("session.request", { pairing, grant }),
            beneficiarySocket.request("session.request", { pairing: createPairingId(), grant }),
            beneficiarySocket.request("call.leave", { pairing }),
          ),
        ).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
        expect(pair.helperSocket.inbox).toEqual([]);
        await pause(pair, false);
        await ring(pair);
        await pair.helperSocket.next("ring");
        expect(await typesOf(suite.server, pair)).toEqual([
          "pairing.made",
          "pairing.paused",
          "pairing.resumed",
          "grant.given",
          "receipt.issued",
          "session.requested",
        ]);
      });

      test("[P8] [J2] said twice, it is written once, and the helper is not told", async () => {
        const pair = await createPair(suite.server);
        await pause(pair, false);
        await pause(pair, true);
        await pause(pair, true);
        expect(await typesOf(suite.server, pair)).toEqual(["pairing.made", "pairing.paused"]);
        expect(pair.helperSocket.inbox).toEqual([]);
        const { pairings } = await callRoute(suite.server, pair.helper.cookie, "GET /api/pairings");
        expect(pairings).toMatchObject([{ state: "active" }]);
      });

      test("[P8] a session that goes on ends with it", async () => {
        const pair = await createPair(suite.server);
        const session = await goLive(pair);
        await pause(pair, true);
        expect(await pair.helperSocket.next("session.over")).toMatchObject({
          session,
          reason: "stopped",
        });
        expect((await rowsOf(suite.server, pair)).slice(-2)).toMatchObject([
          { type: "session.ended", data: { reason: "stopped" } },
          { type: "pairing.paused", actorRole: "beneficiary" },
        ]);
      });

      test("[P8] a ring ends with it", async () => {
        const pair = await createPair(suite.server);
        const session = await ring(pair);
        await pause(pair, true);
        expect(await pair.helperSocket.next("ring.over")).toMatchObject({
          session,
          reason: "cancelled",
        });
        expect(await codeOf(pair.helperSocket.request("session.answer", { session }))).toBe(
          "CONFLICT",
        );
      });

      test("[P8] [C3] another's pairing, one that ended and a guessed one: one answer", async () => {
        const [pair, other] = [await createPair(suite.server), await createPair(suite.server)];
        await other.beneficiarySocket.request("pairing.end", {
          pairing: other.pairing,
          block: false,
        });
        const ask = (pairing: PairingId, socket = pair.beneficiarySocket) =>
          socket.request("pairing.pause", { pairing, paused: true });
        expect(
          await codesOf(
            ask(pair.pairing, other.beneficiarySocket),
            ask(other.pairing, other.beneficiarySocket),
            ask(createPairingId()),
          ),
        ).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
        expect(await typesOf(suite.server, pair)).toEqual(["pairing.made"]);
      });

      test("[P9] unblocked, the two pair again by a new invitation", async () => {
        const pair = await createPair(suite.server);
        const { pairing, beneficiarySocket } = pair;
        await beneficiarySocket.request("pairing.end", { pairing, block: true });
        await unblock(pair);
        const { invitation } = await invite(suite.server, pair.helper);
        await beneficiarySocket.request("pairing.redeem", { invitation, mac: createNonce() });
        expect(await typesOf(suite.server, pair)).toEqual([
          "pairing.made",
          "pairing.ended",
          "pairing.unblocked",
          "pairing.made",
        ]);
      });

      test("[P9] the helper's own block stays, whoever blocked first", async () => {
        for (const first of ["helper", "beneficiary"] as const) {
          const pair = await createPair(suite.server);
          const { pairing, beneficiarySocket, helperSocket } = pair;
          const sockets = [helperSocket, beneficiarySocket];
          if (first === "beneficiary") sockets.reverse();
          for (const socket of sockets)
            await socket.request("pairing.end", { pairing, block: true });
          await unblock(pair);
          const { invitation } = await invite(suite.server, pair.helper);
          expect(
            await codeOf(
              beneficiarySocket.request("pairing.redeem", { invitation, mac: createNonce() }),
            ),
          ).toBe("NOT_FOUND");
        }
      });

      test("[P9] [C3] nobody lifts a block that is not theirs", async () => {
        const [pair, other] = [await createPair(suite.server), await createPair(suite.server)];
        const { pairing, helperSocket } = pair;
        await helperSocket.request("pairing.end", { pairing, block: true });
        expect(
          await codesOf(unblock(pair), unblock(other), unblock(other, pair.helper.id)),
        ).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
      });

      test("what the helper calls themselves now comes with the list, while the pairing lasts", async () => {
        const pair = await createPair(suite.server);
        const { pairing, beneficiarySocket, helper } = pair;
        await callRoute(suite.server, helper.cookie, "POST /api/account", { name: "Élise" });
        expect(await beneficiarySocket.request("pairing.list", {})).toEqual({
          pairings: [
            { pairing, state: "active", card: { name: "Élise", role: "relative", check: "none" } },
          ],
        });
        await beneficiarySocket.request("pairing.end", { pairing, block: false });
        expect(await beneficiarySocket.request("pairing.list", {})).toEqual({
          pairings: [{ pairing, state: "ended" }],
        });
      });
    },
  );
}
