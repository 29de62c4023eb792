import { setTimeout as delay } from "node:timers/promises";

import { expect, test } from "vitest";

import { signProof } from "../../shared/crypto/proof.ts";
import { createSessionId } from "../../shared/ids.ts";
import { serverMessageSchema } from "../../shared/protocol/control.ts";
import type { Bus } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { deviceTopic, publishWord, tellDevice } from "../bus/word.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { openSocket } from "./testing/device.ts";
import { createHelper } from "./testing/people.ts";
import { startTestServer } from "./testing/server.ts";

for (const kind of await testDatabases())
  test.skipIf(kind.missing)(
    `[C2] a word for the device that comes while its proof is checked waits for the answer (${kind.name})`,
    LONG,
    async () => {
      const opened = await kind.open();
      const real = createMemoryBus();
      const session = createSessionId();
      const word = { type: "session.over" as const, session, reason: "lost" as const };
      let early: string | undefined;
      const bus: Bus = {
        ...real,
        async subscribe(topic, listener) {
          const stop = await real.subscribe(topic, listener);
          // A slower bus than the memory: the word comes before whoever subscribes knows that it did.
          if (topic === early) {
            await publishWord(real, tellDevice(helper.id, word));
            await delay(20);
          }
          return stop;
        },
      };
      const server = await startTestServer(opened.db, { bus });
      const helper = await createHelper(server);
      early = deviceTopic(helper.id);
      const { cookie, key } = helper;
      const socket = openSocket(server, { origin: server.context.urls.publicUrl, cookie });
      const order: string[] = [];
      socket.raw.on("message", (data: Buffer) =>
        order.push(serverMessageSchema.parse(JSON.parse(data.toString())).type),
      );
      const { nonce, origin } = await socket.next("server.hello");
      const role = "helper" as const;
      const signature = await signProof(key, { nonce, origin, role });
      await socket.request("device.prove", { role, key: key.publicKey, signature });
      expect(await socket.next("session.over")).toEqual(word);
      expect(order).toEqual(["server.hello", "done", "session.over"]);
      await socket.close();
      await server.drain();
      await opened.close();
    },
  );
