import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { deviceIdSchema } from "../../shared/ids.ts";
import type { OpenDatabase } from "./client.ts";
import { pingDatabase } from "./client.ts";
import { journal, journalHeads } from "./schema.ts";
import { LONG, testDatabases } from "./testing.ts";

const REFUSED = { cause: { message: "the journal is append-only" } };
const stream = deviceIdSchema.parse("A".repeat(43));

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`the database on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    let opened: OpenDatabase;

    beforeAll(async () => {
      opened = await kind.open();
      await opened.db.insert(journal).values({
        stream,
        seq: 1,
        prevHash: "",
        hash: "x",
        at: new Date(0),
        type: "test.written",
        actorRole: "system",
        refs: {},
        data: {},
      });
      await opened.db.insert(journalHeads).values({
        stream,
        seq: 1,
        hash: "x",
        at: new Date(0),
        signature: "x",
        publicKey: "x",
      });
    });
    afterAll(() => opened.close());

    test("answers a ping", async () => {
      await expect(pingDatabase(opened.db)).resolves.toBeUndefined();
    });

    test("[J1] a row of the journal cannot be updated", async () => {
      await expect(
        opened.db.update(journal).set({ type: "other" }).where(eq(journal.stream, stream)),
      ).rejects.toMatchObject(REFUSED);
    });

    test("[J1] a row of the journal cannot be deleted", async () => {
      await expect(opened.db.delete(journal)).rejects.toMatchObject(REFUSED);
    });

    test("[J1] the journal cannot be truncated", async () => {
      await expect(opened.db.execute(sql`truncate table journal`)).rejects.toMatchObject(REFUSED);
      await expect(opened.db.execute(sql`truncate table journal cascade`)).rejects.toMatchObject(
        REFUSED,
      );
    });

    test("[J5] nor can a head that a device signed", async () => {
      for (const change of [
        opened.db.update(journalHeads).set({ signature: "other" }),
        opened.db.delete(journalHeads),
        opened.db.execute(sql`truncate table journal_heads`),
      ])
        await expect(change).rejects.toMatchObject(REFUSED);
      expect(await opened.db.select().from(journalHeads)).toMatchObject([{ signature: "x" }]);
    });

    test("[J1] the row is still there as it was written", async () => {
      expect(await opened.db.select().from(journal)).toMatchObject([{ type: "test.written" }]);
    });
  });
}
