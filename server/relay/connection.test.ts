import { afterEach, describe, expect, test } from "vitest";

import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { signProof } from "../../shared/crypto/proof.ts";
import { createSessionId } from "../../shared/ids.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { createConnection, MAX_QUEUED_BYTES } from "./connection.ts";
import { connect, createBeneficiary, openSocket, type TestSocket } from "./testing/device.ts";
import { createHelper, createPair } from "./testing/people.ts";
import { codeOf, useServer } from "./testing/suite.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`a connection on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind, { timings: { proofMs: 250, heartbeatMs: 100 } });
    let socket: TestSocket | undefined;
    afterEach(() => socket?.close());

    async function proofFor(role: "beneficiary" | "helper", change: { origin?: string } = {}) {
      socket = openSocket(suite.server);
      const { nonce, origin } = await socket.next("server.hello");
      const key = await createDeviceKey();
      const signature = await signProof(key, { nonce, origin, role, ...change });
      return { socket, nonce, proof: { role, key: key.publicKey, signature } };
    }

    test("[C1] the server speaks first, with a fresh nonce and its origin", async () => {
      const nonces = new Set<string>();
      for (let times = 0; times < 3; times += 1) {
        socket = openSocket(suite.server);
        const hello = await socket.next("server.hello");
        expect(hello).toMatchObject({
          version: 1,
          origin: suite.server.context.urls.publicUrl,
        });
        nonces.add(hello.nonce);
        await socket.close();
      }
      expect(nonces.size).toBe(3);
    });

    test("[C1] a socket without proof is closed 4401", async () => {
      socket = openSocket(suite.server);
      expect(await socket.closed).toBe(4401);
    });

    test("[C1] any other message before the proof closes the socket 4401", async () => {
      socket = openSocket(suite.server);
      await socket.next("server.hello");
      socket.send(JSON.stringify({ id: 1, type: "session.current" }));
      expect(await socket.closed).toBe(4401);
    });

    test("[C1] a proof by another key, for another origin, role or nonce closes the socket 4401", async () => {
      const forged = await proofFor("beneficiary");
      const other = await createDeviceKey();
      forged.socket.send(
        JSON.stringify({ id: 1, type: "device.prove", ...forged.proof, key: other.publicKey }),
      );
      expect(await forged.socket.closed).toBe(4401);

      const elsewhere = await proofFor("beneficiary", { origin: "https://elsewhere.example" });
      elsewhere.socket.send(JSON.stringify({ id: 1, type: "device.prove", ...elsewhere.proof }));
      expect(await elsewhere.socket.closed).toBe(4401);

      const asHelper = await proofFor("beneficiary");
      asHelper.socket.send(
        JSON.stringify({ id: 1, type: "device.prove", ...asHelper.proof, role: "helper" }),
      );
      expect(await asHelper.socket.closed).toBe(4401);

      const first = await proofFor("beneficiary");
      const second = await proofFor("beneficiary");
      second.socket.send(JSON.stringify({ id: 1, type: "device.prove", ...first.proof }));
      expect(await second.socket.closed).toBe(4401);
    });

    test("[C1] a key that is not on the curve closes the socket 4401", async () => {
      const { socket: own, proof } = await proofFor("beneficiary");
      const key = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString("base64url");
      own.send(JSON.stringify({ id: 1, type: "device.prove", ...proof, key }));
      expect(await own.closed).toBe(4401);
    });

    test("[C1] a second proof closes the socket 4400", async () => {
      const { socket: own, proof } = await proofFor("beneficiary");
      await own.request("device.prove", proof);
      own.send(JSON.stringify({ id: 9, type: "device.prove", ...proof }));
      expect(await own.closed).toBe(4400);
    });

    test("[C2] what is not JSON or not in the schema closes the socket 4400", async () => {
      const device = await createBeneficiary();
      for (const bad of [
        "{",
        "null",
        "[]",
        '{"id":1}',
        '{"id":1,"type":"page.click"}',
        '{"id":-1,"type":"pairing.list"}',
        '{"id":1,"type":"pairing.list","more":true}',
        '{"id":1,"type":"relay.join","session":"../../etc"}',
      ]) {
        socket = await connect(suite.server, device);
        socket.send(bad);
        expect(await socket.closed).toBe(4400);
      }
    });

    test("[C2] a control message above 16 KiB closes the socket 4413", async () => {
      socket = await connect(suite.server, await createBeneficiary());
      socket.send(" ".repeat(16 * 1024 + 1));
      expect(await socket.closed).toBe(4413);
    });

    test("[C2] a binary frame from a socket that is in no relay closes it 4400", async () => {
      socket = await connect(suite.server, await createBeneficiary());
      socket.send(new Uint8Array(20));
      expect(await socket.closed).toBe(4400);
    });

    test("[C2] a request of the other role closes the socket 4400", async () => {
      const pair = await createPair(suite.server);
      pair.helperSocket.send(JSON.stringify({ id: 9, type: "session.nonce" }));
      expect(await pair.helperSocket.closed).toBe(4400);
      pair.beneficiarySocket.send(
        JSON.stringify({ id: 9, type: "session.answer", session: createSessionId() }),
      );
      expect(await pair.beneficiarySocket.closed).toBe(4400);
    });

    test("[C2] more requests at once than anybody makes by hand close the socket 4429", async () => {
      socket = await connect(suite.server, await createBeneficiary());
      for (let id = 10; id < 200; id += 1)
        socket.send(JSON.stringify({ id, type: "pairing.list" }));
      expect(await socket.closed).toBe(4429);
    });

    test("[C3] each request gets one answer, and a failure is a code and a request id", async () => {
      socket = await connect(suite.server, await createBeneficiary());
      const session = createSessionId();
      socket.send(JSON.stringify({ id: 7, type: "relay.join", session }));
      const failed = await socket.next("failed");
      expect(Object.keys(failed).toSorted()).toEqual(["code", "re", "request", "type"]);
      expect(failed).toMatchObject({ re: 7, code: "NOT_FOUND" });
      await socket.request("pairing.list", {});
      expect(socket.inbox).toEqual([]);
    });

    test("[C4] beats come by themselves, and a client that answers no ping is closed 4408", async () => {
      const device = await createBeneficiary();
      const deaf = await connect(suite.server, device, { autoPong: false });
      socket = await connect(suite.server, device);
      const beats: unknown[] = [];
      socket.raw.on("message", (data) => {
        if (Buffer.isBuffer(data) && data.includes('"beat"')) beats.push(data);
      });
      await expect.poll(() => beats.length, { timeout: 2_000 }).toBeGreaterThan(1);
      suite.server.clock.advance(15_001);
      // The one that answers pings has to be heard once more before the next round.
      await socket.request("pairing.list", {});
      expect(await deaf.closed).toBe(4408);
      await socket.request("pairing.list", {});
    });

    test("[C5] a helper's socket needs the cookie of the account that registered the device", async () => {
      const helper = await createHelper(suite.server);
      const other = await createHelper(suite.server);
      const { publicUrl } = suite.server.context.urls;
      for (const [cookie, origin] of [
        [undefined, publicUrl],
        [other.cookie, publicUrl],
        [`${helper.cookie}x`, publicUrl],
        [helper.cookie, undefined],
        [helper.cookie, "chrome-extension://abcdefghijklmnop"],
      ]) {
        socket = openSocket(suite.server, {
          ...(cookie === undefined ? {} : { cookie }),
          ...(origin === undefined ? {} : { origin }),
        });
        const { nonce, origin: own } = await socket.next("server.hello");
        const signature = await signProof(helper.key, { nonce, origin: own, role: "helper" });
        const { publicKey: key } = helper.key;
        socket.send(
          JSON.stringify({ id: 1, type: "device.prove", role: "helper", key, signature }),
        );
        expect(await socket.closed).toBe(4401);
      }
      socket = await connect(suite.server, helper);
    });

    test("[C5] a page of another site cannot open the socket at all", async () => {
      socket = openSocket(suite.server, { origin: "https://elsewhere.example" });
      expect(await socket.closed).toBe(1006);
    });

    test("[C5] a helper's key cannot act as a beneficiary, nor a beneficiary's as a helper", async () => {
      const pair = await createPair(suite.server);
      expect(await codeOf(connect(suite.server, { ...pair.helper, role: "beneficiary" }))).toBe(
        "other",
      );
      const { cookie } = pair.helper;
      expect(
        await codeOf(connect(suite.server, { ...pair.beneficiary, role: "helper", cookie })),
      ).toBe("other");
    });

    test("[R6] above 8 MiB queued for one socket it is closed 1012", () => {
      const codes: number[] = [];
      const sent: unknown[] = [];
      const connection = createConnection(
        suite.server.context,
        {
          bufferedAmount: MAX_QUEUED_BYTES,
          send: (data) => sent.push(data),
          close: (code) => codes.push(code),
          ping() {},
          terminate() {},
        },
        { address: "test", origin: undefined, signIn: undefined, recognise() {} },
      );
      expect(codes).toEqual([1012]);
      expect(sent).toEqual([]);
      void connection.onClose();
    });
  });
}
