import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import { openStatement } from "../../../shared/crypto/signed-statement.ts";
import { AppError } from "../../../shared/errors.ts";
import { findConsentText } from "../../../shared/grants/consent-text.ts";
import type { Statement } from "../../../shared/grants/statement.ts";
import type { DeviceId, GrantId, PairingId, SessionId } from "../../../shared/ids.ts";
import type { CurrentSession } from "../../../shared/protocol/control.ts";

/** A call whose grant this console has verified itself, against the key that it pinned ([G1]). */
export type VerifiedCall = {
  session: SessionId;
  pairing: PairingId;
  /** What the person is called in this browser. */
  label: string;
  grant: GrantId;
  statement: Statement;
  peer: { id: DeviceId; publicKey: string };
};

export type CallRefusal =
  /** No key is pinned for that pairing. */
  | "unknown-person"
  /** The statement is not what the pinned key signed. */
  | "forged"
  /** It names another helper's device or another session. */
  | "not-ours"
  /** [G5] A text that was never published. */
  | "unknown-text";

export type CallCheck =
  | { type: "verified"; call: VerifiedCall }
  | { type: "refused"; why: CallRefusal };

/** Never trusts the server's word: what is not verified here never rings. */
export async function verifyCall(
  current: CurrentSession,
  known: {
    key: DeviceKey;
    /** Pinned at pairing. */
    person: { label: string; device: DeviceId; key: string } | undefined;
  },
): Promise<CallCheck> {
  const { person } = known;
  if (!person) return { type: "refused", why: "unknown-person" };
  try {
    const { statement, grant } = await openStatement(current.grant, person.key);
    if (statement.beneficiary !== person.device) return { type: "refused", why: "forged" };
    if (statement.helper !== known.key.id || statement.session !== current.session)
      return { type: "refused", why: "not-ours" };
    if (!findConsentText(statement.text)) return { type: "refused", why: "unknown-text" };
    const { session, pairing } = current;
    const peer = { id: person.device, publicKey: person.key };
    return {
      type: "verified",
      call: { session, pairing, label: person.label, grant, statement, peer },
    };
  } catch (error) {
    if (error instanceof AppError) return { type: "refused", why: "forged" };
    throw error;
  }
}
