import { fileURLToPath } from "node:url";

import { sql } from "drizzle-orm";
import type { PgliteDatabase } from "drizzle-orm/pglite";
import { migrate as runOnPglite } from "drizzle-orm/pglite/migrator";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { migrate as runOnPostgres } from "drizzle-orm/postgres-js/migrator";

import type * as schema from "./schema.ts";

export const MIGRATIONS_FOLDER = fileURLToPath(new URL("migrations", import.meta.url));

/** Two nodes that start together take turns. Any number does; it is ours. */
const MIGRATION_LOCK = 4_120_617;

export async function migratePglite(db: PgliteDatabase<typeof schema>): Promise<void> {
  await runOnPglite(db, { migrationsFolder: MIGRATIONS_FOLDER });
}

export async function migratePostgres(db: PostgresJsDatabase<typeof schema>): Promise<void> {
  await db.transaction(async (guard) => {
    await guard.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await runOnPostgres(db, { migrationsFolder: MIGRATIONS_FOLDER });
  });
}
