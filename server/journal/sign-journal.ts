import { and, eq } from "drizzle-orm";

import { AppError } from "../../shared/errors.ts";
import type { DeviceId } from "../../shared/ids.ts";
import { type SignedHead, verifyHead } from "../../shared/journal/signed-head.ts";
import type { Context } from "../context.ts";
import { journal, journalHeads } from "../db/schema.ts";
import { countAsk } from "./read-journal.ts";

/** [J5] Kept for good: whoever rewrites the journal afterwards cannot sign it again. */
export async function signJournal(
  ctx: Context,
  device: { id: DeviceId; publicKey: string },
  head: SignedHead,
): Promise<void> {
  await countAsk(ctx, device.id);
  const { id: stream, publicKey } = device;
  if (!(await verifyHead(stream, publicKey, head)))
    throw new AppError("FORGED", "journal: the head's signature does not verify");
  const { seq, hash, signature } = head;
  const at = new Date(head.at);
  // Only as the row says it: another spelling of that instant could not be verified from what is stored.
  if (at.toISOString() !== head.at) throw new AppError("NOT_FOUND", "journal: no such head");
  const [row] = await ctx.db
    .select({ seq: journal.seq })
    .from(journal)
    .where(
      and(
        eq(journal.stream, stream),
        eq(journal.seq, seq),
        eq(journal.hash, hash),
        eq(journal.at, at),
      ),
    );
  if (!row) throw new AppError("NOT_FOUND", "journal: no such head");
  // The same head twice: the answer to the first was lost.
  await ctx.db
    .insert(journalHeads)
    .values({ stream, seq, hash, at, signature, publicKey })
    .onConflictDoNothing();
}
