import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { and, eq, gte, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { createDeviceKey, type DeviceKey } from "../../shared/crypto/device-key.ts";
import { hashRow } from "../../shared/journal/chain.ts";
import { journalEntrySchema } from "../../shared/journal/entry.ts";
import { headOf, type JournalRow } from "../../shared/journal/row.ts";
import { signHead } from "../../shared/journal/signed-head.ts";
import type { Database, OpenDatabase } from "../db/client.ts";
import { journal, journalHeads } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect } from "../relay/testing/device.ts";
import { createPair, goLive, rowsOf } from "../relay/testing/people.ts";
import { useServer } from "../relay/testing/suite.ts";
import { appendToJournal, readRows } from "./journal.ts";
import { type Finding, verifyJournals } from "./verify-journals.ts";

const refs = {
  pairing: "AAAAAAAAAAAAAAAAAAAAAA",
  helper: "b_Tft54xeq_BiEh37GnOlQC9BzFK08Wx4-eUJDS9z2w",
};
const call = journalEntrySchema.parse({
  type: "call.left",
  actorRole: "beneficiary",
  refs,
  data: {},
});

/** As whoever owns the database may: what refuses a change can be switched off. */
async function asOwner(db: Database, work: () => Promise<unknown>): Promise<void> {
  for (const table of ["journal", "journal_heads"])
    await db.execute(sql.raw(`alter table ${table} disable trigger user`));
  await work();
  for (const table of ["journal", "journal_heads"])
    await db.execute(sql.raw(`alter table ${table} enable trigger user`));
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(
    `the journals are verified on ${kind.name} ${kind.missing ?? ""}`,
    LONG,
    () => {
      let opened: OpenDatabase;
      let db: Database;
      let device: DeviceKey;

      beforeAll(async () => {
        opened = await kind.open();
        ({ db } = opened);
        await write(await createDeviceKey());
      });
      afterAll(() => opened.close());
      beforeEach(async () => {
        device = await createDeviceKey();
        await write(device);
      });

      /** Six rows, signed at the fourth. */
      async function write(key: DeviceKey): Promise<void> {
        await appendToJournal(db, key.id, new Date(0), call, call, call, call);
        await sign(key);
        await appendToJournal(db, key.id, new Date(1), call, call);
      }

      async function sign(key: DeviceKey, by = key): Promise<void> {
        const [row] = (await readRows(db, key.id)).slice(-1);
        if (!row) throw new Error("no row");
        const { seq, hash, signature } = await signHead(by, headOf(row));
        const { publicKey } = key;
        const at = new Date(row.at);
        await db
          .insert(journalHeads)
          .values({ stream: key.id, seq, hash, at, signature, publicKey });
      }

      const rowAt = (seq: number) => and(eq(journal.stream, device.id), eq(journal.seq, seq));

      /** Makes every hash from this row on anew, as somebody who rewrites the journal would. */
      async function rewrite(from: number, change: (row: JournalRow) => JournalRow): Promise<void> {
        let prevHash = "";
        for (const row of await readRows(db, device.id)) {
          const next = { ...(row.seq === from ? change(row) : row), prevHash };
          prevHash = await hashRow(device.id, next);
          const { type, data } = next;
          await db
            .update(journal)
            .set({
              type,
              data,
              prevHash: next.prevHash,
              hash: prevHash,
            })
            .where(rowAt(row.seq));
        }
      }

      /** Of the journal that the test spoilt; those of the tests before it are spoilt too. */
      async function findings(): Promise<Omit<Finding, "stream">[]> {
        const verified = await verifyJournals(db);
        return verified.findings
          .filter(({ stream }) => stream === device.id)
          .map(({ seq, why }) => ({ ...(seq === undefined ? {} : { seq }), why }));
      }

      test("[J6] whole ones are", async () => {
        expect(await verifyJournals(db)).toEqual({ journals: 2, rows: 12, heads: 2, findings: [] });
      });

      test("[J6] a row that was altered is named", async () => {
        await asOwner(db, () => db.update(journal).set({ actorRole: "helper" }).where(rowAt(3)));
        expect(await findings()).toEqual([{ seq: 3, why: "altered" }]);
      });

      test("[J6] so is the one after a row that was removed", async () => {
        await asOwner(db, () => db.delete(journal).where(rowAt(2)));
        expect(await findings()).toEqual([{ seq: 3, why: "removed" }]);
      });

      test("[J6] and a row that was added before the first", async () => {
        await asOwner(db, async () => {
          const [first] = await db.select().from(journal).where(rowAt(1));
          if (first) await db.insert(journal).values({ ...first, seq: 0 });
        });
        expect(await findings()).toEqual([{ seq: 0, why: "removed" }]);
      });

      test("[J6] a journal that was cut before what its device signed lacks that row", async () => {
        await asOwner(db, () =>
          db.delete(journal).where(and(eq(journal.stream, device.id), gte(journal.seq, 4))),
        );
        expect(await findings()).toEqual([{ seq: 4, why: "cut" }]);
      });

      test("[J6] one of which nothing is left lacks its first", async () => {
        await asOwner(db, () => db.delete(journal).where(eq(journal.stream, device.id)));
        expect(await findings()).toEqual([{ seq: 1, why: "cut" }]);
      });

      test("[J6] one that was written anew with right hashes is not what its device signed", async () => {
        await asOwner(db, () =>
          rewrite(2, (row) => ({
            ...row,
            actorRole: "beneficiary",
            type: "pairing.ended",
            data: { blocked: true },
          })),
        );
        expect(await findings()).toEqual([{ seq: 4, why: "rewritten" }]);
      });

      test("[J6] a head that another key signed is forged", async () => {
        const stranger = await createDeviceKey();
        await asOwner(db, async () => {
          await rewrite(2, (row) => ({ ...row, type: "pairing.ended", data: { blocked: true } }));
          await db.delete(journalHeads).where(eq(journalHeads.stream, device.id));
          await sign(device, stranger);
        });
        expect(await findings()).toEqual([{ seq: 6, why: "forged" }]);
        await asOwner(db, () =>
          db
            .update(journalHeads)
            .set({ publicKey: stranger.publicKey })
            .where(eq(journalHeads.stream, device.id)),
        );
        expect(await findings()).toEqual([{ seq: 6, why: "forged" }]);
      });

      test("[J6] a row that says what no row may say is found, whatever its hash", async () => {
        await asOwner(db, () => rewrite(6, (row) => ({ ...row, data: { name: "Marie" } })));
        expect(await findings()).toEqual([{ seq: 6, why: "unlisted" }]);
      });
    },
  );
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`acts and rows on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind);

    test.each(["pairing.made", "grant.given", "receipt.issued", "session.ended", "pairing.ended"])(
      "[J2] [J6] a journal that was cut from %s on lacks rows of what is stored, signed or not",
      async (type) => {
        const { server } = suite;
        const { db } = server.context;
        const pair = await createPair(server);
        const session = await goLive(pair);
        await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
        const again = await connect(server, pair.beneficiary);
        await again.request("pairing.end", { pairing: pair.pairing, block: false });
        const ours = async () =>
          (await verifyJournals(db)).findings.filter(
            ({ stream }) => stream === pair.beneficiary.id,
          );
        expect(await ours()).toEqual([]);
        const seq = (await rowsOf(server, pair)).find((row) => row.type === type)?.seq ?? 0;
        const cut = and(eq(journal.stream, pair.beneficiary.id), gte(journal.seq, seq));
        await asOwner(db, () => db.delete(journal).where(cut));
        expect(await ours()).toEqual([{ stream: pair.beneficiary.id, why: "unwritten" }]);
      },
    );
  });
}

const TOOL = fileURLToPath(new URL("verify.ts", import.meta.url));

async function run(database: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [TOOL], {
    env: { ...process.env, ...database, LC_ALL: "en_GB.UTF-8" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  const [code] = await once(child, "close");
  return { code: Number(code), said };
}

const [postgres] = (await testDatabases()).filter(({ name }) => name === "PostgreSQL");

test.skipIf(!postgres || postgres.missing)(
  "[J6] the command names the first bad row, and its exit code tells",
  LONG,
  async () => {
    const opened = await postgres?.open();
    if (!opened) return;
    const database = { DATABASE_URL: opened.url ?? "" };
    const { id } = await createDeviceKey();
    await appendToJournal(opened.db, id, new Date(0), call, call);
    expect(await run(database)).toEqual({
      code: 0,
      said: "Journals: 1. Rows that hold: 2. Signatures that hold: 0. Journals that are not whole: 0.\n",
    });
    await asOwner(opened.db, () => opened.db.update(journal).set({ type: "voice.opened" }));
    const { code, said } = await run(database);
    expect(code).toBe(1);
    expect(said).toContain(`${id} 1\u00a0: the row was altered\n`);
    await opened.close();
  },
);
