import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { OpenDatabase } from "../db/client.ts";
import { testDatabases } from "../db/testing.ts";
import { createPair, frame, goLive } from "../relay/testing/people.ts";
import { startTestServer, type TestServer } from "../relay/testing/server.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`sessions on ${kind.name} ${kind.missing ?? ""}`, () => {
    let opened: OpenDatabase;
    let server: TestServer;

    beforeAll(async () => {
      opened = await kind.open();
      server = await startTestServer(opened.db, { timings: { sweepMs: 50 } });
    });
    afterAll(async () => {
      await server.drain();
      await opened.close();
    });

    test("[S1] [R2] a ring is answered and frames cross, in order and unchanged", async () => {
      const pair = await createPair(server);
      await goLive(pair);
      pair.beneficiarySocket.send(frame(0, "one"));
      pair.beneficiarySocket.send(frame(0, "two"));
      expect(await pair.helperSocket.nextFrame()).toEqual(new Uint8Array(frame(0, "one")));
      expect(await pair.helperSocket.nextFrame()).toEqual(new Uint8Array(frame(0, "two")));
      pair.helperSocket.send(frame(1, "back"));
      expect(await pair.beneficiarySocket.nextFrame()).toEqual(new Uint8Array(frame(1, "back")));
    });
  });
}
