import { eq } from "drizzle-orm";

import { openStatement } from "../../../shared/crypto/signed-statement.ts";
import type { SessionId } from "../../../shared/ids.ts";
import { findFault } from "../../../shared/journal/chain.ts";
import type { Database } from "../../db/client.ts";
import { grants, sessions } from "../../db/schema.ts";
import { readRows } from "../../journal/journal.ts";
import type { TestDevice } from "../../relay/testing/device.ts";

/** An act to which the server has answered that it is done. */
export interface Acknowledged {
  session: SessionId;
  type: "session.requested" | "session.answered" | "session.ended";
}

/** What the journal says of one session, in the order in which it may be said. */
const STORY =
  /^grant\.given receipt\.issued session\.requested( session\.answered)?( session\.ended)?$/;

/** [J2] What is not whole in the chain, the grants and the sessions of one beneficiary; what was lost. */
export async function findFaults(
  db: Database,
  beneficiary: TestDevice,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const faults: string[] = [];
  const rows = await readRows(db, beneficiary.id);
  const fault = await findFault(beneficiary.id, undefined, rows);
  if (fault) faults.push(`row ${fault.seq} of the journal: ${fault.why}`);
  const stored = await db
    .select({ session: sessions, grant: grants })
    .from(sessions)
    .innerJoin(grants, eq(grants.id, sessions.grant))
    .where(eq(sessions.beneficiary, beneficiary.id));
  for (const { session, grant } of stored) {
    const said = rows.filter(({ refs }) => refs["session"] === session.id).map(({ type }) => type);
    if (!STORY.test(said.join(" "))) faults.push(`the journal says: ${said.join(" ")}`);
    const states = {
      ringing: "session.requested",
      live: "session.answered",
      over: "session.ended",
    };
    if (said.at(-1) !== states[session.state])
      faults.push(`it is ${session.state}, and the journal's last word is ${said.at(-1)}`);
    const opened = await openStatement(grant, beneficiary.key.publicKey);
    if (opened.grant !== grant.id || opened.statement.session !== session.id)
      faults.push("a grant is not what was signed");
    if ((session.state === "over") !== (grant.endedAt !== null))
      faults.push("a session and its grant did not end together");
  }
  const known = new Set<unknown>(stored.map(({ session }) => session.id));
  for (const { refs, seq } of rows)
    if (refs["session"] !== undefined && !known.has(refs["session"]))
      faults.push(`row ${seq} speaks of a session that is not stored`);
  for (const { session, type } of acknowledged)
    if (!rows.some((row) => row.type === type && row.refs["session"] === session))
      faults.push(`${type} was acknowledged, and is lost`);
  return faults;
}
