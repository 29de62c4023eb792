import { fileURLToPath } from "node:url";

import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
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

/** [J1] Where nothing is to be done, an account that may not change the tables will do. */
export async function migratePostgres(db: PostgresJsDatabase<typeof schema>): Promise<void> {
  if (await isUpToDate(db)) return;
  await db.transaction(async (guard) => {
    await guard.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await runOnPostgres(db, { migrationsFolder: MIGRATIONS_FOLDER });
  });
}

async function isUpToDate(db: PostgresJsDatabase<typeof schema>): Promise<boolean> {
  const [found] = await db.execute<{ there: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  );
  if (!found?.there) return false;
  const [done] = await db.execute<{ last: string | null }>(
    sql`select max(created_at) as last from drizzle.__drizzle_migrations`,
  );
  const newest = Math.max(
    ...readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).map((one) => one.folderMillis),
  );
  return Number(done?.last ?? 0) >= newest;
}
