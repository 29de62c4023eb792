import { describe, expect, test } from "vitest";

import { verifyLinkMac } from "../../shared/crypto/invite-link.ts";
import { createInvitationId, createNonce } from "../../shared/ids.ts";
import { invitations } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect, createBeneficiary } from "../relay/testing/device.ts";
import {
  callRoute,
  createHelper,
  createPair,
  invite,
  registerBrowser,
} from "../relay/testing/people.ts";
import { codeOf, codesOf, useServer } from "../relay/testing/suite.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(
    `pairing by link on ${kind.name} ${kind.missing ?? ""}`,
    LONG,
    () => {
      const suite = useServer(kind);

      test("[P3] the extension sees who invites, redeems, and the console can check the MAC", async () => {
        const { server } = suite;
        const helper = await createHelper(server, "Élise Müller");
        const { invitation } = await invite(server, helper);
        const beneficiary = await createBeneficiary();
        const socket = await connect(server, beneficiary);
        const card = await socket.request("invitation.open", { invitation });
        expect(card).toMatchObject({
          helper: { name: "Élise Müller", role: "relative", check: "none" },
          key: helper.key.publicKey,
        });
        expect(card.remaining).toBeGreaterThan(86_000_000);

        const pair = await createPair(server);
        const { pairings } = await callRoute(server, pair.helper.cookie, "GET /api/pairings");
        const [made] = pairings;
        expect(made).toMatchObject({
          pairing: pair.pairing,
          device: pair.helper.id,
          beneficiary: { device: pair.beneficiary.id, key: pair.beneficiary.key.publicKey },
          state: "active",
        });
        const keys = {
          invitation: made?.origin.invitation ?? createInvitationId(),
          beneficiaryKey: pair.beneficiary.key.publicKey,
          helperKey: pair.helper.key.publicKey,
        };
        const mac = made?.origin.type === "link" ? made.origin.mac : "";
        expect(await verifyLinkMac("A".repeat(22), mac, keys)).toBe(true);
        expect(await verifyLinkMac("B".repeat(21) + "A", mac, keys)).toBe(false);
        expect(await pair.beneficiarySocket.request("pairing.list", {})).toEqual({
          pairings: [
            {
              pairing: pair.pairing,
              state: "active",
              card: { name: "Marie", role: "relative", check: "none" },
            },
          ],
        });
      });

      test("[P3] the helper may be offline", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const { invitation } = await invite(server, helper);
        const socket = await connect(server, await createBeneficiary());
        await socket.request("pairing.redeem", { invitation, mac: createNonce() });
        expect((await callRoute(server, helper.cookie, "GET /api/pairings")).pairings).toHaveLength(
          1,
        );
      });

      test("[C3] [P1] used, cancelled, expired, guessed: one answer, whatever is asked", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const used = await invite(server, helper);
        const socket = await connect(server, await createBeneficiary());
        const mac = createNonce();
        await socket.request("pairing.redeem", { invitation: used.invitation, mac });
        const cancelled = await invite(server, helper);
        const { invitation } = cancelled;
        await callRoute(server, helper.cookie, "POST /api/invitations/cancel", { invitation });
        const guessed = { invitation: createInvitationId() };
        const expired = await invite(server, helper);
        server.clock.advance(86_400_000);

        const stranger = await connect(server, await createBeneficiary());
        const asked = [used, cancelled, guessed, expired].flatMap((one) => [
          stranger.request("invitation.open", { invitation: one.invitation }),
          stranger.request("pairing.redeem", { invitation: one.invitation, mac }),
        ]);
        expect(new Set(await codesOf(...asked))).toEqual(new Set(["NOT_FOUND"]));
        expect(await stranger.request("pairing.list", {})).toEqual({ pairings: [] });
      });

      test("[P1] of two that redeem at once, one is paired", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const { invitation } = await invite(server, helper);
        const sockets = await Promise.all(
          [0, 1, 2].map(async () => await connect(server, await createBeneficiary())),
        );
        const codes = await codesOf(
          ...sockets.map((socket) =>
            socket.request("pairing.redeem", { invitation, mac: createNonce() }),
          ),
        );
        expect(codes.toSorted()).toEqual(["NOT_FOUND", "NOT_FOUND", "done"]);
        expect((await callRoute(server, helper.cookie, "GET /api/pairings")).pairings).toHaveLength(
          1,
        );
      });

      test("[P1] the same two devices are not paired twice, and the invitation stays open", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const { invitation } = await invite(server, pair.helper);
        expect(
          await codeOf(
            pair.beneficiarySocket.request("pairing.redeem", { invitation, mac: createNonce() }),
          ),
        ).toBe("CONFLICT");
        const listed = await callRoute(server, pair.helper.cookie, "GET /api/invitations");
        expect(listed.invitations.map((one) => one.invitation)).toEqual([invitation]);
      });

      test("[P6] a pairing that ended can be made again", async () => {
        const { server } = suite;
        const ended = await createPair(server);
        await ended.beneficiarySocket.request("pairing.end", {
          pairing: ended.pairing,
          block: false,
        });
        const again = await invite(server, ended.helper);
        await ended.beneficiarySocket.request("pairing.redeem", {
          invitation: again.invitation,
          mac: createNonce(),
        });
        const listed = await callRoute(server, ended.helper.cookie, "GET /api/pairings");
        expect(listed.pairings.map(({ state }) => state)).toContain("active");
      });

      for (const side of ["helper", "beneficiary"] as const)
        test(`[P6] once the ${side} has blocked the other, the two devices do not pair again by link`, async () => {
          const { server } = suite;
          const pair = await createPair(server);
          const { pairing, beneficiarySocket, helperSocket } = pair;
          const socket = side === "helper" ? helperSocket : beneficiarySocket;
          await socket.request("pairing.end", { pairing, block: true });
          const leaked = await invite(server, pair.helper);
          const { invitation } = leaked;
          expect(
            await codeOf(
              beneficiarySocket.request("pairing.redeem", { invitation, mac: createNonce() }),
            ),
          ).toBe("NOT_FOUND");
        });

      test("[P1] another browser of the same helper has its own invitations and pairings", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const second = { ...helper, ...(await registerBrowser(server, helper)) };
        const { invitation, device } = await invite(server, second);
        expect(device).toBe(second.id);
        const socket = await connect(server, await createBeneficiary());
        const { key } = await socket.request("invitation.open", { invitation });
        expect(key).toBe(second.key.publicKey);
      });

      test("no identifier of an invitation is in the database as it is", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const { invitation } = await invite(server, helper);
        const rows = JSON.stringify(await server.context.db.select().from(invitations));
        expect(rows).not.toContain(invitation);
      });
    },
  );
}
