import { describe, expect, test } from "vitest";

import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { signRegistration } from "../../shared/crypto/proof.ts";
import { createInvitationId } from "../../shared/ids.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { callRoute, createHelper, createPair, invite } from "../relay/testing/people.ts";
import { codeOf, codesOf, useServer } from "../relay/testing/suite.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(
    `a helper's account on ${kind.name} ${kind.missing ?? ""}`,
    LONG,
    () => {
      const suite = useServer(kind);

      test("[P1] invitations are made, listed newest first, and cancelled", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const first = await invite(server, helper);
        server.clock.advance(1_000);
        const second = await invite(server, helper);
        expect(first.code).toMatch(/^\d{8}$/);
        const left = Date.parse(second.expiresAt) - server.clock.now().getTime();
        expect(left).toBeGreaterThan(86_390_000);
        expect(left).toBeLessThanOrEqual(86_400_000);
        const list = async () =>
          (await callRoute(server, helper.cookie, "GET /api/invitations")).invitations;
        expect(await list()).toEqual([second, first]);
        const { invitation } = second;
        await callRoute(server, helper.cookie, "POST /api/invitations/cancel", { invitation });
        expect(await list()).toEqual([first]);
        server.clock.advance(86_400_000);
        expect(await list()).toEqual([]);
      });

      test("[P1] 20 a day, and no more", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const made = [];
        for (let times = 0; times < 20; times += 1) made.push(await invite(server, helper));
        expect(new Set(made.map(({ code }) => code)).size).toBe(20);
        expect(await codeOf(invite(server, helper))).toBe("TOO_MANY");
        const { invitation } = made[0] ?? { invitation: createInvitationId() };
        await callRoute(server, helper.cookie, "POST /api/invitations/cancel", { invitation });
        expect(await codeOf(invite(server, helper))).toBe("TOO_MANY");
        server.clock.advance(86_400_000);
        expect(await codeOf(invite(server, helper))).toBe("done");
      });

      test("[C3] another account's invitation or device, and what is not there, are one answer", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const other = await createHelper(server);
        const { invitation } = await invite(server, helper);
        const cancel = async (one: string) =>
          await callRoute(server, other.cookie, "POST /api/invitations/cancel", {
            invitation: one,
          });
        expect(
          await codesOf(
            cancel(invitation),
            cancel(createInvitationId()),
            invite(server, { ...other, id: helper.id }),
          ),
        ).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
        const mine = await callRoute(server, other.cookie, "GET /api/invitations");
        expect(mine.invitations).toEqual([]);
      });

      test("[C5] a device is registered by its own signature, for this account and this server", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        const other = await createHelper(server);
        const origin = server.context.urls.publicUrl;
        const key = await createDeviceKey();
        const register = async (signed: { origin: string; account: string }, cookie: string) =>
          await callRoute(server, cookie, "POST /api/devices", {
            key: key.publicKey,
            signature: await signRegistration(key, signed),
          });
        const { account } = helper;
        expect(
          await codesOf(
            register({ origin, account: other.account }, helper.cookie),
            register({ origin: "https://elsewhere.example", account }, helper.cookie),
          ),
        ).toEqual(["FORGED", "FORGED"]);
        expect(await register({ origin, account }, helper.cookie)).toEqual({ device: key.id });
        expect(await register({ origin, account }, helper.cookie)).toEqual({ device: key.id });
        expect(await codeOf(register({ origin, account: other.account }, other.cookie))).toBe(
          "CONFLICT",
        );
      });

      test("[C5] a beneficiary's key cannot become a helper's device", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const { key } = pair.beneficiary;
        const { account, cookie } = pair.helper;
        const origin = server.context.urls.publicUrl;
        const signature = await signRegistration(key, { origin, account });
        expect(
          await codeOf(
            callRoute(server, cookie, "POST /api/devices", { key: key.publicKey, signature }),
          ),
        ).toBe("CONFLICT");
      });

      test("the account made with a passkey has a name, which can be changed, and no address", async () => {
        const { server } = suite;
        const { cookie, account } = await createHelper(server, "  Marie  ");
        expect(await callRoute(server, cookie, "GET /api/account")).toEqual({
          id: account,
          name: "Marie",
          passkey: true,
        });
        expect(await callRoute(server, cookie, "POST /api/account", { name: "Marie D." })).toEqual({
          id: account,
          name: "Marie D.",
          passkey: true,
        });
        expect(
          await codesOf(
            callRoute(server, cookie, "POST /api/account", { name: " " }),
            callRoute(server, cookie, "POST /api/account", { name: "x".repeat(61) }),
            callRoute(server, cookie, "POST /api/account", { name: "x", more: 1 }),
            callRoute(server, "", "GET /api/account"),
          ),
        ).toEqual(["BAD_MESSAGE", "BAD_MESSAGE", "BAD_MESSAGE", "UNPROVED"]);
      });
    },
  );
}
