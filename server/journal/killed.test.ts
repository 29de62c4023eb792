import { spawn } from "node:child_process";

import { describe, expect, test } from "vitest";

import { openDatabase } from "../db/client.ts";
import { devices, journal } from "../db/schema.ts";
import { makeDataFolder, testDatabases } from "../db/testing.ts";

/** Writes an act and its journal row in one transaction, and dies between the two or after both. */
const VICTIM = `
import { openDatabase } from ${JSON.stringify(new URL("../db/client.ts", import.meta.url).href)};
import { devices, journal } from ${JSON.stringify(new URL("../db/schema.ts", import.meta.url).href)};
const [dataDir, databaseUrl, when] = process.argv.slice(1);
const { db } = await openDatabase({ dataDir, databaseUrl: databaseUrl || undefined });
const die = () => process.kill(process.pid, "SIGKILL");
const at = new Date();
await db.transaction(async (tx) => {
  await tx.insert(devices).values({ id: when, publicKey: "x", role: "beneficiary", createdAt: at });
  if (when === "between") die();
  const row = { stream: when, seq: 1, prevHash: "", hash: "x", at, type: "test", actorRole: "system" };
  await tx.insert(journal).values({ ...row, refs: {}, data: {} });
});
die();
`;

function runVictim(...args: string[]): Promise<string | null> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", VICTIM, "--", ...args], {
    stdio: "inherit",
  });
  return new Promise((resolve) => child.on("close", (_code, signal) => resolve(signal)));
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`a process that is killed, on ${kind.name}`, () => {
    test("[J2] [G6] between two rows leaves neither, after the commit leaves both", async () => {
      const own = kind.name === "PostgreSQL" ? await kind.open() : undefined;
      const dataDir = own ? "" : await makeDataFolder();
      const databaseUrl = own?.url;
      expect(await runVictim(dataDir, databaseUrl ?? "", "between")).toBe("SIGKILL");
      expect(await runVictim(dataDir, databaseUrl ?? "", "after")).toBe("SIGKILL");
      const opened = own ?? (await openDatabase({ dataDir, databaseUrl: undefined }));
      expect(await opened.db.select({ id: devices.id }).from(devices)).toEqual([{ id: "after" }]);
      expect(await opened.db.select({ id: journal.stream }).from(journal)).toEqual([
        { id: "after" },
      ]);
      await opened.close();
    }, 30_000);
  });
}
