import { originOfInviteLink, parseInviteLink } from "../../shared/crypto/invite-link.ts";
import type { DeviceId, InvitationId } from "../../shared/ids.ts";
import { spokenCodeSchema } from "../../shared/protocol/control.ts";

export type InvitationText =
  | { type: "link"; invitation: InvitationId; secret: string; fingerprint: DeviceId }
  | { type: "code"; code: string }
  /** Our server's, without the part after the #. */
  | { type: "half-link" }
  | { type: "other-server" }
  | { type: "unreadable" };

/** One field takes both: the link as it was pasted, or the eight digits as they were said. */
export function readInvitation(text: string, serverUrl: string): InvitationText {
  const trimmed = text.trim();
  const code = spokenCodeSchema.safeParse(trimmed.replaceAll(/[\s.\-–\u00a0]/g, ""));
  if (code.success) return { type: "code", code: code.data };
  const found = /https?:\/\/\S+/.exec(trimmed)?.[0] ?? trimmed;
  const link = parseInviteLink(found, serverUrl);
  if (link) return { type: "link", ...link };
  const origin = originOfInviteLink(found);
  if (origin === undefined) return { type: "unreadable" };
  return { type: origin === new URL(serverUrl).origin ? "half-link" : "other-server" };
}
