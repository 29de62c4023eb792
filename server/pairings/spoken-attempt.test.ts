import { describe, expect, test } from "vitest";

import { commitTo, pairWords, verifyCommitment } from "../../shared/crypto/spoken-pairing.ts";
import { createAttemptId, createNonce, type AttemptId } from "../../shared/ids.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import {
  connect,
  createBeneficiary,
  type TestDevice,
  type TestSocket,
} from "../relay/testing/device.ts";
import {
  callRoute,
  createHelper,
  createPair,
  invite,
  type TestHelper,
} from "../relay/testing/people.ts";
import type { TestServer } from "../relay/testing/server.ts";
import { codeOf, codesOf, useServer } from "../relay/testing/suite.ts";

let addresses = 0;
/** Each from elsewhere, so that no test spends another's limit. */
const nextAddress = () => `198.51.100.${(addresses += 1)}`;

interface Side {
  device: TestDevice;
  socket: TestSocket;
  nonce: string;
}

/** Two who exist already. */
interface Between {
  helper: TestHelper;
  beneficiary: TestDevice;
}

/** A code was typed and the helper's console has answered: both commitments have crossed. */
async function begin(server: TestServer, node: TestServer = server, between?: Between) {
  const helperDevice = between?.helper ?? (await createHelper(server));
  const { code, invitation } = await invite(server, helperDevice);
  const helper: Side = {
    device: helperDevice,
    socket: await connect(server, helperDevice),
    nonce: createNonce(),
  };
  const device = between?.beneficiary ?? (await createBeneficiary());
  const beneficiary: Side = {
    device,
    socket: await connect(node, device, { address: nextAddress() }),
    nonce: createNonce(),
  };
  const commitment = await commitTo("beneficiary", device.key.publicKey, beneficiary.nonce);
  const { attempt } = await beneficiary.socket.request("pairing.begin", { code, commitment });
  expect(await helper.socket.next("pairing.begun")).toMatchObject({ invitation, commitment });
  return { helper, beneficiary, code, invitation, commitment, attempt };
}

async function answer(helper: Side, attempt: AttemptId) {
  const commitment = await commitTo("helper", helper.device.key.publicKey, helper.nonce);
  await helper.socket.request("pairing.answer", { attempt, commitment });
}

const reveal = (side: Side, attempt: AttemptId) =>
  side.socket.request("pairing.reveal", {
    attempt,
    key: side.device.key.publicKey,
    nonce: side.nonce,
  });

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(
    `pairing by code on ${kind.name} ${kind.missing ?? ""}`,
    LONG,
    () => {
      const suite = useServer(kind, { timings: { sweepMs: 50 } });
      /** Its proxy is on another machine than we are. */
      const elsewhere = useServer(kind, { proxies: "192.0.2.1" });

      test("[P4] both commit, both reveal, both confirm: the pairing exists", async () => {
        const { server } = suite;
        const { helper, beneficiary, attempt, commitment } = await begin(server);
        await answer(helper, attempt);
        const answered = await beneficiary.socket.next("pairing.answered");
        await reveal(beneficiary, attempt);
        const opened = await helper.socket.next("pairing.revealed");
        await reveal(helper, attempt);
        const theirs = await beneficiary.socket.next("pairing.revealed");
        expect(await verifyCommitment(commitment, "beneficiary", opened.key, opened.nonce)).toBe(
          true,
        );
        expect(
          await verifyCommitment(answered.commitment, "helper", theirs.key, theirs.nonce),
        ).toBe(true);
        const words = await pairWords({
          beneficiaryKey: opened.key,
          beneficiaryNonce: opened.nonce,
          helperKey: theirs.key,
          helperNonce: theirs.nonce,
        });
        expect(words).toHaveLength(2);

        await helper.socket.request("pairing.confirm", { attempt });
        expect(await beneficiary.socket.request("pairing.list", {})).toEqual({ pairings: [] });
        await beneficiary.socket.request("pairing.confirm", { attempt });
        const { pairing } = await beneficiary.socket.next("pairing.made");
        expect(await helper.socket.next("pairing.made")).toMatchObject({ pairing, attempt });
        const cookie = helper.device.cookie ?? "";
        const listed = await callRoute(server, cookie, "GET /api/pairings");
        expect(listed.pairings).toMatchObject([{ pairing, origin: { type: "code" } }]);
        // Loss of a socket afterwards undoes nothing.
        await beneficiary.socket.close();
        expect(helper.socket.inbox).toEqual([]);
      });

      test("[P4] both may confirm at the same time", async () => {
        const { helper, beneficiary, attempt } = await begin(suite.server);
        await answer(helper, attempt);
        await Promise.all([reveal(beneficiary, attempt), reveal(helper, attempt)]);
        await Promise.all([
          helper.socket.request("pairing.confirm", { attempt }),
          beneficiary.socket.request("pairing.confirm", { attempt }),
        ]);
        const { pairing } = await beneficiary.socket.next("pairing.made");
        expect(await beneficiary.socket.request("pairing.list", {})).toEqual({
          pairings: [
            { pairing, state: "active", card: { name: "Marie", role: "relative", check: "none" } },
          ],
        });
      });

      for (const side of ["helper", "beneficiary"] as const)
        test(`[P6] once the ${side} has blocked the other, the two devices do not pair again by code`, async () => {
          const { server } = suite;
          const pair = await createPair(server);
          const blocker = side === "helper" ? pair.helperSocket : pair.beneficiarySocket;
          await blocker.request("pairing.end", { pairing: pair.pairing, block: true });
          const { helper, beneficiary, attempt } = await begin(server, server, pair);
          await answer(helper, attempt);
          await Promise.all([reveal(beneficiary, attempt), reveal(helper, attempt)]);
          await helper.socket.request("pairing.confirm", { attempt });
          expect(await codeOf(beneficiary.socket.request("pairing.confirm", { attempt }))).toBe(
            "NOT_FOUND",
          );
          const cookie = pair.helper.cookie;
          const { pairings } = await callRoute(server, cookie, "GET /api/pairings");
          expect(pairings.filter(({ state }) => state === "active")).toEqual([]);
        });

      test("[P4] nothing is revealed before both commitments, nor confirmed before both openings", async () => {
        const { helper, beneficiary, attempt } = await begin(suite.server);
        expect(await codeOf(reveal(beneficiary, attempt))).toBe("NOT_FOUND");
        await answer(helper, attempt);
        await reveal(beneficiary, attempt);
        expect(
          await codesOf(
            beneficiary.socket.request("pairing.confirm", { attempt }),
            helper.socket.request("pairing.confirm", { attempt }),
          ),
        ).toEqual(["NOT_FOUND", "NOT_FOUND"]);
      });

      for (const [what, lie] of [
        ["nonce", { nonce: createNonce() }],
        ["key", { key: "B".repeat(86) + "A" }],
      ] as const)
        test(`[P4] an opening with another ${what} than was committed to burns the code`, async () => {
          const { helper, beneficiary, attempt, code } = await begin(suite.server);
          await answer(helper, attempt);
          await beneficiary.socket.request("pairing.reveal", {
            attempt,
            key: beneficiary.device.key.publicKey,
            nonce: beneficiary.nonce,
            ...lie,
          });
          await beneficiary.socket.next("pairing.failed");
          await helper.socket.next("pairing.failed");
          expect(helper.socket.inbox).toEqual([]);
          expect(await tryCode(suite.server, code)).toBe("NOT_FOUND");
        });

      for (const by of ["beneficiary", "helper"] as const) {
        test(`[P4] the ${by} cancels: the code is burnt`, async () => {
          const attempted = await begin(suite.server);
          const { helper, beneficiary, attempt, code } = attempted;
          await attempted[by].socket.request("pairing.cancel", { attempt });
          await helper.socket.next("pairing.failed");
          await beneficiary.socket.next("pairing.failed");
          expect(await tryCode(suite.server, code)).toBe("NOT_FOUND");
        });

        test(`[P4] the ${by}'s socket is lost: the code is burnt`, async () => {
          const attempted = await begin(suite.server);
          const { helper, beneficiary, attempt, code } = attempted;
          await answer(helper, attempt);
          await attempted[by].socket.close();
          const other = by === "helper" ? beneficiary : helper;
          await other.socket.next("pairing.failed");
          expect(await tryCode(suite.server, code)).toBe("NOT_FOUND");
        });
      }

      test("[P4] after 5 minutes the code is burnt", async () => {
        const { helper, beneficiary, attempt } = await begin(suite.server);
        await answer(helper, attempt);
        suite.server.clock.advance(300_000);
        await beneficiary.socket.next("pairing.failed");
        await helper.socket.next("pairing.failed");
        expect(await codeOf(reveal(helper, attempt))).toBe("NOT_FOUND");
      });

      test("[P4] a code that is being used is not there for anybody else", async () => {
        const { code } = await begin(suite.server);
        expect(await tryCode(suite.server, code)).toBe("NOT_FOUND");
      });

      test("[P4] a helper who is not connected: the code is kept", async () => {
        const { server } = suite;
        const device = await createHelper(server);
        const { code } = await invite(server, device);
        expect(await tryCode(server, code)).toBe("AWAY");
        await connect(server, device);
        expect(await tryCode(server, code)).toBe("done");
      });

      test("[P4] an attempt is known on its two sockets only", async () => {
        const { server } = suite;
        const { helper, beneficiary, attempt } = await begin(server);
        await answer(helper, attempt);
        const stranger = { ...(await begin(server)) };
        const tab = await connect(server, beneficiary.device);
        expect(
          await codesOf(
            reveal(stranger.beneficiary, attempt),
            stranger.beneficiary.socket.request("pairing.cancel", { attempt }),
            stranger.helper.socket.request("pairing.answer", {
              attempt,
              commitment: createNonce(),
            }),
            reveal({ ...beneficiary, socket: tab }, attempt),
            beneficiary.socket.request("pairing.confirm", { attempt: createAttemptId() }),
          ),
        ).toEqual(Array.from({ length: 5 }, () => "NOT_FOUND"));
        await reveal(beneficiary, attempt);
      });

      test("[P4] a second answer of the helper is refused", async () => {
        const { helper, attempt } = await begin(suite.server);
        await answer(helper, attempt);
        expect(await codeOf(answer(helper, attempt))).toBe("NOT_FOUND");
      });

      test("[P4] at most 5 codes per device in 10 minutes, wrong or right", async () => {
        const { server } = suite;
        const helper = await createHelper(server);
        await connect(server, helper);
        const { code } = await invite(server, helper);
        const device = await createBeneficiary();
        const socket = await connect(server, device, { address: "192.0.2.7" });
        const guess = async (one: string) =>
          await codeOf(socket.request("pairing.begin", { code: one, commitment: createNonce() }));
        for (let times = 0; times < 5; times += 1)
          expect(await guess(`0000000${times}`)).toBe("NOT_FOUND");
        expect(await guess(code)).toBe("TOO_MANY");
        server.clock.advance(600_000);
        expect(await guess(code)).toBe("done");
      });

      test("[P4] at most 10 codes per address in 10 minutes, whatever the device", async () => {
        const { server } = suite;
        const codes: (string | undefined)[] = [];
        for (let times = 0; times < 11; times += 1) {
          const socket = await connect(server, await createBeneficiary(), {
            address: "192.0.2.9",
          });
          codes.push(
            await codeOf(
              socket.request("pairing.begin", { code: "12345678", commitment: createNonce() }),
            ),
          );
        }
        expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "NOT_FOUND"));
        expect(codes[10]).toBe("TOO_MANY");
      });

      test("[P4] an address that a stranger writes into a header is not believed", async () => {
        const { server } = elsewhere;
        const codes: (string | undefined)[] = [];
        for (let times = 0; times < 11; times += 1) codes.push(await tryCode(server, "12345678"));
        expect(codes.at(-1)).toBe("TOO_MANY");
      });
    },
  );
}

/** What somebody else gets who types this code. */
async function tryCode(server: TestServer, code: string): Promise<string | undefined> {
  const socket = await connect(server, await createBeneficiary(), { address: nextAddress() });
  return await codeOf(socket.request("pairing.begin", { code, commitment: createNonce() }));
}
