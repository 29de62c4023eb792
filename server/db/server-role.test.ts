import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { connect } from "../relay/testing/device.ts";
import { createPair, goLive, typesOf } from "../relay/testing/people.ts";
import { startTestServer } from "../relay/testing/server.ts";
import { type OpenDatabase, openPostgres } from "./client.ts";
import { journal } from "./schema.ts";
import { LONG, testDatabases } from "./testing.ts";

const SCRIPT = readFileSync(new URL("server-role.sql", import.meta.url), "utf8");
const DENIED = { cause: { code: "42501" } };

const [kind] = (await testDatabases()).filter(({ name }) => name === "PostgreSQL");

describe.skipIf(!kind || kind.missing)(
  `the server's own account ${kind?.missing ?? ""}`,
  LONG,
  () => {
    // Roles belong to the whole cluster: other databases have the real one.
    const role = `epaule_test_${randomBytes(6).toString("hex")}`;
    let owner: OpenDatabase & { url: string | undefined };
    let own: OpenDatabase;

    beforeAll(async () => {
      if (!kind) return;
      owner = await kind.open();
      const script = SCRIPT.replaceAll("epaule_server", role);
      // Twice: it is run again after every update.
      for (const text of [script, script]) await owner.db.execute(sql.raw(text));
      await owner.db.execute(sql.raw(`alter role ${role} password 'for this test'`));
      const url = new URL(owner.url ?? "");
      url.username = role;
      url.password = "for this test";
      own = await openPostgres(url.href);
    }, 60_000);

    afterAll(async () => {
      await own?.close();
      await owner?.db.execute(sql.raw(`drop owned by ${role}`));
      await owner?.db.execute(sql.raw(`drop role ${role}`));
      await owner?.close();
    });

    test("[J1] is enough for everything that the server does", async () => {
      const server = await startTestServer(own.db);
      const pair = await createPair(server);
      const session = await goLive(pair);
      await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
      const again = await connect(server, pair.beneficiary);
      await again.request("pairing.end", { pairing: pair.pairing, block: false });
      expect(await typesOf(server, pair)).toEqual([
        "pairing.made",
        "grant.given",
        "receipt.issued",
        "session.requested",
        "session.answered",
        "session.ended",
        "pairing.ended",
      ]);
      await server.drain();
    });

    test.each([
      "update journal set type = 'other'",
      "delete from journal",
      "truncate journal",
      "update journal_heads set signature = ''",
      "delete from journal_heads",
      "truncate journal_heads",
      "alter table journal disable trigger all",
      "drop trigger journal_no_change on journal",
      "drop table journal",
      "create or replace function journal_refuse_change() returns trigger language plpgsql as 'begin return new; end'",
      "set session_replication_role = 'replica'",
      "create table public.mine (id text)",
    ])("[J1] cannot do this: %s", async (statement) => {
      await expect(own.db.execute(sql.raw(statement))).rejects.toMatchObject(DENIED);
    });

    test("[J1] leaves the rows as they were", async () => {
      const rows = await owner.db.select().from(journal);
      expect(rows.length).toBeGreaterThan(3);
      expect(rows.map(({ type }) => type)).not.toContain("other");
    });
  },
);
