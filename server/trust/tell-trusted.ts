import { and, eq, isNotNull, ne } from "drizzle-orm";

import type { Word } from "../bus/word.ts";
import type { Database } from "../db/client.ts";
import { pairings, sessions } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { leaveNotice } from "./notices.ts";

/**
 * [P10] In the transaction of the answer. Tells the trusted person, if there is one, that somebody new
 * helps for the first time: not who, nor on which site.
 */
export async function tellTrusted(
  tx: Database,
  answered: typeof sessions.$inferSelect,
  now: Date,
): Promise<Word[]> {
  const { id, pairing, beneficiary } = answered;
  const [trusted] = await tx
    .select()
    .from(pairings)
    .where(
      and(
        eq(pairings.beneficiary, beneficiary),
        isNotNull(pairings.trustedAt),
        ne(pairings.id, pairing),
      ),
    );
  if (!trusted) return [];
  const [earlier] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.pairing, pairing), ne(sessions.id, id), isNotNull(sessions.answeredAt)))
    .limit(1);
  if (earlier) return [];
  const words = await leaveNotice(tx, trusted, "first-session", now);
  await appendToJournal(tx, beneficiary, now, {
    type: "trust.told",
    actorRole: "system",
    refs: { pairing: trusted.id, helper: trusted.helper },
    data: { session: id },
  });
  return words;
}
