import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import postgres from "postgres";

import { codeIn } from "../error-code.ts";
import { StartupError } from "../startup-error.ts";
import { assertRoom, lockDataFolder } from "./data-folder.ts";
import { migratePglite, migratePostgres } from "./migrate.ts";
import * as schema from "./schema.ts";

/** The one type that the rest of the server knows; also what a transaction is. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDatabase {
  db: Database;
  close(): Promise<void>;
}

/** Migrates, too. Throws `StartupError`. */
export async function openDatabase(options: {
  databaseUrl: string | undefined;
  dataDir: string;
}): Promise<OpenDatabase> {
  return options.databaseUrl === undefined
    ? await openFolder(options.dataDir)
    : await openPostgres(options.databaseUrl);
}

async function openFolder(dataDir: string): Promise<OpenDatabase> {
  const unlock = lockDataFolder(dataDir);
  try {
    const folder = join(dataDir, "database");
    assertRoom(dataDir, !existsSync(join(folder, "PG_VERSION")));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const client = await PGlite.create(folder);
    const opened = fromPglite(client);
    await migratePglite(opened.db);
    return {
      db: opened.db,
      async close() {
        await client.close();
        unlock();
      },
    };
  } catch (cause) {
    unlock();
    if (cause instanceof StartupError) throw cause;
    throw new StartupError(
      {
        fr: `La base de données du dossier ${dataDir} ne peut pas être ouverte${because(cause)}.`,
        en: `The database in the folder ${dataDir} cannot be opened${because(cause)}.`,
      },
      { cause },
    );
  }
}

export async function openPostgres(url: string): Promise<OpenDatabase> {
  const client = postgres(url, { onnotice() {}, connect_timeout: 5, max: 10 });
  const db = drizzlePostgres(client, { schema });
  try {
    await migratePostgres(db);
  } catch (cause) {
    await client.end({ timeout: 1 });
    throw new StartupError(
      {
        fr: `La base de données de DATABASE_URL ne répond pas, ou ne peut pas être mise à jour${because(cause)}.`,
        en: `The database of DATABASE_URL does not answer or cannot be migrated${because(cause)}.`,
      },
      { cause },
    );
  }
  return { db, close: () => client.end({ timeout: 2 }) };
}

/** The code alone, such as ECONNREFUSED or 3D000: a message may quote the password. */
function because(cause: unknown): string {
  const code = codeIn(cause);
  return code === undefined ? "" : ` (${code})`;
}

/** A PGlite that is already open and migrated. */
export function fromPglite(client: PGlite) {
  return { db: drizzlePglite(client, { schema }), close: () => client.close() };
}

export async function pingDatabase(db: Database): Promise<void> {
  await db.execute(sql`select 1`);
}
