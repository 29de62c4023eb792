import { mkdtempSync } from "node:fs";
import type * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, describe, expect, test, vi } from "vitest";

import { openDatabase } from "./client.ts";
import { assertRoom } from "./data-folder.ts";

const statfs = vi.hoisted(() => ({ answer: undefined as object | undefined }));
vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  return { ...real, statfsSync: (path: string) => statfs.answer ?? real.statfsSync(path) };
});

/** A disk cannot be filled for a test: what the system says of it is all that is changed. */
function pretend(megabytes: number, blocks = 1): void {
  statfs.answer = { blocks, bavail: megabytes, bsize: 1024 * 1024 };
}

describe("the room in a data folder", () => {
  afterEach(() => (statfs.answer = undefined));
  const dataDir = mkdtempSync(join(tmpdir(), "epaule-data-"));

  test("is enough where it is, or where nobody tells", () => {
    expect(() => assertRoom(dataDir, true)).not.toThrow();
    pretend(0, 0);
    expect(() => assertRoom(dataDir, true)).not.toThrow();
    pretend(40);
    expect(() => assertRoom(dataDir, false)).not.toThrow();
  });

  test("is asked for before a database is made: one clear sentence, at once", async () => {
    pretend(40);
    const started = performance.now();
    await expect(openDatabase({ databaseUrl: undefined, dataDir })).rejects.toThrow(
      /not enough room in the data folder .*: 40 MB are free, and the database needs 100/,
    );
    expect(performance.now() - started).toBeLessThan(1_000);
    pretend(3);
    expect(() => assertRoom(dataDir, false)).toThrow(/3 MB are free, and the database needs 32/);
  });
});
