import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PGlite } from "@electric-sql/pglite";
import postgres from "postgres";

import { fromPglite, openPostgres, type OpenDatabase } from "./client.ts";
import { MIGRATIONS_FOLDER, migratePglite } from "./migrate.ts";

/** For suites with real sockets and databases: a busy machine is no fault. */
export const LONG = { timeout: 20_000 };

/** A kind of database on which every suite that touches SQL runs. */
export interface TestDatabase {
  name: "PGlite" | "PostgreSQL";
  /** Why this kind cannot be tested here; the suites are then skipped, and fail when CI=true. */
  missing: string | undefined;
  open(): Promise<OpenDatabase & { url: string | undefined }>;
}

const POSTGRES_URL = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";

export async function testDatabases(): Promise<TestDatabase[]> {
  return [
    { name: "PGlite", missing: undefined, open: openClone },
    { name: "PostgreSQL", missing: await whyNoPostgres(), open: openOwnDatabase },
  ];
}

async function whyNoPostgres(): Promise<string | undefined> {
  const client = postgres(POSTGRES_URL, { connect_timeout: 3, max: 1, onnotice() {} });
  try {
    await client`select 1`;
    return undefined;
  } catch (cause) {
    const reason = `PostgreSQL does not answer (${cause instanceof Error ? cause.name : "?"})`;
    if (process.env.CI === "true") throw new Error(reason, { cause });
    return reason;
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** An in-memory PGlite from one migrated dump: a cold start with migrations takes seconds. */
async function openClone() {
  const client = await PGlite.create({ loadDataDir: await readDump() });
  const { db } = fromPglite(client);
  return { db, close: () => client.close(), url: undefined };
}

/** A data folder as a server that has run before left it. */
export async function makeDataFolder(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "epaule-data-"));
  const client = await PGlite.create({
    dataDir: join(dataDir, "database"),
    loadDataDir: await readDump(),
  });
  await client.close();
  return dataDir;
}

async function readDump(): Promise<Blob> {
  const hash = createHash("sha256");
  for (const file of readdirSync(MIGRATIONS_FOLDER).toSorted())
    if (file.endsWith(".sql")) hash.update(readFileSync(join(MIGRATIONS_FOLDER, file)));
  const folder = join(process.cwd(), "node_modules", ".cache", "epaule");
  const path = join(folder, `pglite-${hash.digest("hex").slice(0, 16)}.tar`);
  if (!existsSync(path)) {
    const client = await PGlite.create();
    await migratePglite(fromPglite(client).db);
    const dump = await client.dumpDataDir("none");
    await client.close();
    mkdirSync(folder, { recursive: true });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, new Uint8Array(await dump.arrayBuffer()));
    renameSync(temporary, path);
  }
  return new Blob([readFileSync(path)]);
}

/** A database of its own on the test server, dropped when it is closed. */
async function openOwnDatabase() {
  const name = `epaule_test_${randomBytes(6).toString("hex")}`;
  const admin = postgres(POSTGRES_URL, { max: 1, onnotice() {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(POSTGRES_URL);
  url.pathname = `/${name}`;
  const opened = await openPostgres(url.href);
  return {
    db: opened.db,
    url: url.href,
    async close() {
      await opened.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end({ timeout: 1 });
    },
  };
}
