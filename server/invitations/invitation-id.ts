import { createHash, createHmac } from "node:crypto";

import { invitationIdSchema, type InvitationId } from "../../shared/ids.ts";
import type { Context } from "../context.ts";

/**
 * The link's identifier is derived from the row's with AUTH_SECRET, and the database holds only its
 * hash: whoever reads a copy of the database gets no invitation that works.
 */
export function invitationIdOf(ctx: Context, row: string): InvitationId {
  const bytes = createHmac("sha256", ctx.secret).update(`invitation\n${row}`).digest();
  return invitationIdSchema.parse(bytes.subarray(0, 16).toString("base64url"));
}

export function hashInvitationId(invitation: InvitationId): string {
  return createHash("sha256").update(invitation).digest("base64url");
}
