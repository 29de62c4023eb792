import { and, eq, sql } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId } from "../../shared/ids.ts";
import type { Context } from "../context.ts";
import { journal } from "../db/schema.ts";
import { appendToJournal, lockJournal } from "./journal.ts";
import { countAsk } from "./read-journal.ts";

/** [J7] Once for each row. A row that only says that another is contested is none to contest. */
export async function contestRow(ctx: Context, stream: DeviceId, row: number): Promise<void> {
  await countAsk(ctx, stream);
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await lockJournal(tx, stream);
    const [found] = await tx
      .select({ type: journal.type })
      .from(journal)
      .where(and(eq(journal.stream, stream), eq(journal.seq, row)));
    if (!found) throw new AppError("NOT_FOUND", "journal: no such row");
    const [already] = await tx
      .select({ seq: journal.seq })
      .from(journal)
      .where(
        and(
          eq(journal.stream, stream),
          eq(journal.type, "journal.contested"),
          sql`(${journal.data} ->> 'row')::integer = ${row}`,
        ),
      )
      .limit(1);
    if (already || found.type === "journal.contested")
      throw new AppError("CONFLICT", "journal: contested already");
    await appendToJournal(tx, stream, now, {
      type: "journal.contested",
      actorRole: "beneficiary",
      refs: {},
      data: { row },
    });
  });
}
