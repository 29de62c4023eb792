import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freePort } from "../../e2e/driver/free-port.ts";
import { type RunningLiveKit, startLiveKit, whyNoLiveKit } from "../../e2e/driver/livekit.ts";
import type { SessionId } from "../../shared/ids.ts";
import type { Bus } from "../bus/bus.ts";
import { openRedisNodes, whyNoRedis } from "../bus/testing.ts";
import { openPostgres, type OpenDatabase } from "../db/client.ts";
import { voiceRooms } from "../db/schema.ts";
import { testDatabases } from "../db/testing.ts";
import { createPair, goLive } from "../relay/testing/people.ts";
import { startTestServer, type TestServer } from "../relay/testing/server.ts";
import { askLiveKit, joinRoomBy } from "./testing/participant.ts";
import { settingsOf, textWithVoice } from "./testing/voice-suite.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const NEVER = 3_600_000;

const postgres = (await testDatabases()).find(({ name }) => name === "PostgreSQL");
const noLiveKit = await whyNoLiveKit();
const missing = postgres?.missing ?? (await whyNoRedis()) ?? (noLiveKit && `skipped: ${noLiveKit}`);

async function speak(helperNode: TestServer, beneficiaryNode: TestServer, asked: TestServer) {
  const pair = await createPair(helperNode, beneficiaryNode);
  const session = await goLive(pair, textWithVoice(true));
  const socket = asked === helperNode ? pair.helperSocket : pair.beneficiarySocket;
  const { url, token } = await socket.request("voice.join", { session });
  return { pair, session, inside: await joinRoomBy(url, token) };
}

describe.skipIf(missing)(
  `the voice, with several nodes ${missing ?? ""}`,
  () => {
    let opened: OpenDatabase & { url: string | undefined };
    let otherPool: OpenDatabase;
    let livekit: RunningLiveKit;
    const servers: TestServer[] = [];
    const buses: Bus[] = [];

    beforeAll(async () => {
      if (!postgres) throw new Error("no PostgreSQL");
      opened = await postgres.open();
      otherPool = await openPostgres(opened.url ?? "");
      livekit = await startLiveKit({ serverPort: await freePort() });
    }, 60_000);
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.drain()));
      await Promise.all(buses.map((bus) => bus.close()));
      await livekit?.close();
      await otherPool?.close();
      await opened?.close();
    });

    async function openNode(...options: Parameters<typeof startTestServer>): Promise<TestServer> {
      const server = await startTestServer(...options);
      servers.push(server);
      return server;
    }

    async function closedAt(session: SessionId): Promise<Date | null | undefined> {
      const found = await opened.db
        .select()
        .from(voiceRooms)
        .where(eq(voiceRooms.session, session));
      return found[0]?.closedAt;
    }

    test("[A4] an end on one node puts out whoever the other let in, by the bus alone, within a second", async () => {
      buses.push(...(await openRedisNodes()));
      const [here, there] = buses;
      if (!here || !there) throw new Error("no bus");
      const publicUrl = "http://epaule.test";
      // The first one cannot reach LiveKit at all, and the second one never looks by itself.
      const first = await openNode(opened.db, { bus: here, publicUrl });
      const timings = { sweepMs: NEVER };
      const voice = settingsOf(livekit);
      const second = await openNode(otherPool.db, { bus: there, publicUrl, voice, timings });
      const { pair, session, inside } = await speak(first, second, second);
      const started = performance.now();
      await pair.helperSocket.request("session.end", { session, reason: "left" });
      await inside.closed;
      expect(performance.now() - started).toBeLessThan(1_000);
      expect(await askLiveKit(livekit.url, await inside.refreshed)).toBe(404);
      await expect.poll(() => closedAt(session), { timeout: 10_000 }).toBeInstanceOf(Date);
    });

    test("[A4] a node that is killed between the end and LiveKit's answer is made up for by another", async () => {
      const voice = settingsOf(livekit);
      const publicUrl = "http://epaule.test";
      const port = await freePort();
      const victim = spawn(process.execPath, [MAIN], {
        env: {
          PATH: process.env.PATH,
          PORT: String(port),
          PUBLIC_URL: publicUrl,
          DATA_DIR: mkdtempSync(join(tmpdir(), "epaule-data-")),
          DATABASE_URL: opened.url,
          EPAULE_READY_JSON: "1",
          ...livekit.env,
        },
        stdio: ["ignore", "pipe", "ignore"],
      });
      const gone = once(victim, "exit");
      try {
        await once(victim.stdout, "data");
        // Not on one bus: only the database tells the other that there is something to do.
        const other = await openNode(otherPool.db, { publicUrl, timings: { sweepMs: NEVER } });
        const { clock } = other;
        const dying = { ...other, url: `http://127.0.0.1:${port}` };
        const { pair, session, inside } = await speak(dying, dying, dying);
        livekit.pause();
        await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
        victim.kill("SIGKILL");
        await gone;
        livekit.resume();
        // Nobody does it: not LiveKit, nor a node without voice.
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        expect(await closedAt(session)).toBeNull();
        await openNode(otherPool.db, { publicUrl, voice, clock });
        await expect.poll(() => closedAt(session), { timeout: 10_000 }).toBeInstanceOf(Date);
        await inside.closed;
        expect(await askLiveKit(livekit.url, await inside.refreshed)).toBe(404);
      } finally {
        livekit.resume();
        victim.kill("SIGKILL");
      }
    });
  },
  60_000,
);
