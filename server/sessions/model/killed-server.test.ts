import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";
import { z } from "zod";

import { openDatabase } from "../../db/client.ts";
import { makeDataFolder, testDatabases } from "../../db/testing.ts";
import type { Reachable } from "../../relay/testing/device.ts";
import { createPair, signGrant, type TestPair } from "../../relay/testing/people.ts";
import { type Acknowledged, findFaults } from "./stored.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const KILLS = 3;
const PAIRS = 3;
/** [S2] A helper may be rung five times in ten minutes. */
const CALLS = 5;
/** Of so many acts the killed server acknowledges the first ones only. */
const ACTS = PAIRS * CALLS * 3;

const readySchema = z.object({ publicUrl: z.url() });

async function startServer(
  env: Record<string, string>,
): Promise<{ child: ChildProcess; server: Reachable }> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? "", PORT: "0", EPAULE_READY_JSON: "1", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  await expect.poll(() => out, { timeout: 60_000 }).toContain("\n");
  const { publicUrl } = readySchema.parse(JSON.parse(out));
  const url = publicUrl.replace("localhost", "127.0.0.1");
  return { child, server: { url, context: { urls: { publicUrl } } } };
}

/** Calls and is answered, again and again, until the server is gone. Notes what it said is done. */
async function callAgain(pair: TestPair, acknowledged: Acknowledged[]): Promise<void> {
  const { beneficiarySocket, helperSocket, pairing } = pair;
  try {
    for (let call = 0; call < CALLS; call += 1) {
      const { session, grant } = await signGrant(pair);
      await beneficiarySocket.request("session.request", { pairing, grant });
      acknowledged.push({ session, type: "session.requested" });
      await helperSocket.request("session.answer", { session });
      acknowledged.push({ session, type: "session.answered" });
      await beneficiarySocket.request("session.end", { session, reason: "stopped" });
      acknowledged.push({ session, type: "session.ended" });
    }
  } catch (error) {
    // A socket that went with the server; anything else is a fault.
    if (beneficiarySocket.raw.readyState === beneficiarySocket.raw.OPEN) throw error;
  }
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`a server that is killed, on ${kind.name}`, () => {
    test(
      "[J2] [G6] at any instant: chain, grants and sessions are whole, and nothing acknowledged is lost",
      { timeout: 240_000 },
      async () => {
        const own = kind.name === "PostgreSQL" ? await kind.open() : undefined;
        const dataDir = await makeDataFolder();
        const env = {
          DATA_DIR: dataDir,
          ...(own?.url === undefined ? {} : { DATABASE_URL: own.url }),
        };
        const all: { pair: TestPair; acknowledged: Acknowledged[] }[] = [];
        for (let kill = 0; kill < KILLS; kill += 1) {
          const { child, server } = await startServer(env);
          const gone = once(child, "exit");
          try {
            const round: typeof all = [];
            for (let count = 0; count < PAIRS; count += 1)
              round.push({ pair: await createPair(server), acknowledged: [] });
            all.push(...round);
            const calls = round.map((one) => callAgain(one.pair, one.acknowledged));
            const enough = 1 + Math.random() * (ACTS / 2);
            while (round.flatMap((one) => one.acknowledged).length < enough) await delay(1);
            child.kill("SIGKILL");
            await Promise.all([gone, ...calls]);
          } finally {
            child.kill("SIGKILL");
          }
          const opened = own ?? (await openDatabase({ dataDir, databaseUrl: undefined }));
          for (const { pair, acknowledged } of all)
            expect(await findFaults(opened.db, pair.beneficiary, acknowledged)).toEqual([]);
          if (!own) await opened.close();
        }
        await own?.close();
        const done = all.flatMap(({ acknowledged }) => acknowledged);
        expect(done.length, "something was cut short").toBeLessThan(KILLS * ACTS);
      },
    );
  });
}
