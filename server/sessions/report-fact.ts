import { and, eq } from "drizzle-orm";

import { AppError, assertNever } from "../../shared/errors.ts";
import type { DeviceId, SessionId } from "../../shared/ids.ts";
import type { JournalEntry } from "../../shared/journal/entry.ts";
import type { ClientMessage } from "../../shared/protocol/control.ts";
import { countAttempt } from "../attempts.ts";
import type { Context } from "../context.ts";
import type { Database } from "../db/client.ts";
import { grantHosts, sessions } from "../db/schema.ts";
import { appendToJournal } from "../journal/journal.ts";
import { sessionRefs, type SessionRow } from "./close-session.ts";

type Fact = Extract<ClientMessage, { type: "session.report" }>["fact"];

/** Far more than a person's pauses and pages in 10 minutes: a journal is not to be filled. */
const REPORTS = 120;

/** What the beneficiary's side says for the journal: the server cannot see it in the sealed frames. */
export async function reportFact(
  ctx: Context,
  beneficiary: DeviceId,
  input: { session: SessionId; fact: Fact },
): Promise<void> {
  await countAttempt(ctx, `report:${beneficiary}`, REPORTS);
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(sessions)
      .where(and(eq(sessions.id, input.session), eq(sessions.beneficiary, beneficiary)));
    if (!row) throw new AppError("NOT_FOUND", "session: unknown or not yours");
    if (row.state !== "live") throw new AppError("CONFLICT", "session: not live");
    await appendToJournal(tx, beneficiary, now, await toEntry(tx, row, input.fact));
  });
}

async function toEntry(tx: Database, row: SessionRow, fact: Fact): Promise<JournalEntry> {
  const common = { actorRole: "beneficiary", refs: sessionRefs(row) } as const;
  switch (fact.type) {
    case "page.entered": {
      const { host } = fact;
      const [granted] = await tx
        .select({ host: grantHosts.host })
        .from(grantHosts)
        .where(and(eq(grantHosts.grant, row.grant), eq(grantHosts.host, host)));
      if (!granted) throw new AppError("NO_GRANT", "page: a host that the grant does not name");
      return { ...common, type: fact.type, data: { host } };
    }
    case "session.paused":
      return { ...common, type: fact.type, data: { reason: fact.reason } };
    case "session.resumed":
      return { ...common, type: fact.type, data: {} };
    default:
      return assertNever(fact);
  }
}
