import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import { deviceIdOf } from "../../../shared/crypto/device-key.ts";
import { verifyLinkMac } from "../../../shared/crypto/invite-link.ts";
import type { HelperPairing } from "../../../shared/http-api.ts";
import type { InviteSecret, Pin } from "../store/pins.ts";

export type PairingRefusal =
  /** [P3] The MAC is not what the link's secret gives. */
  | "wrong-mac"
  /** Nothing in this browser made that invitation, or confirmed its two words. */
  | "no-secret"
  /** [P6] The key is not the pinned one. */
  | "key-changed";

export type PairingCheck =
  | { type: "known"; pin: Pin }
  /** Verified now: to be pinned. */
  | { type: "new"; pin: Pin }
  /** It belongs to another browser of this account: its calls ring there. */
  | { type: "elsewhere" }
  | { type: "refused"; why: PairingRefusal };

/** [P3] [P4] Whether an active pairing is one that this browser's own invitation made. */
export async function checkPairing(
  pairing: HelperPairing,
  own: { key: DeviceKey; pin: Pin | undefined; invite: InviteSecret | undefined },
): Promise<PairingCheck> {
  const { device, key: beneficiaryKey } = pairing.beneficiary;
  if (pairing.device !== own.key.id) return { type: "elsewhere" };
  if (own.pin) {
    const same = own.pin.key === beneficiaryKey && own.pin.device === device;
    return same ? { type: "known", pin: own.pin } : { type: "refused", why: "key-changed" };
  }
  const { invite } = own;
  if (!invite) return { type: "refused", why: "no-secret" };
  if ((await deviceIdOf(beneficiaryKey)) !== device) return { type: "refused", why: "key-changed" };
  const { origin } = pairing;
  if (origin.type === "link") {
    const helperKey = own.key.publicKey;
    const keys = { invitation: origin.invitation, beneficiaryKey, helperKey };
    if (!(await verifyLinkMac(invite.secret, origin.mac, keys)))
      return { type: "refused", why: "wrong-mac" };
  } else if (invite.confirmedKey !== beneficiaryKey) {
    return { type: "refused", why: invite.confirmedKey ? "key-changed" : "no-secret" };
  }
  return { type: "new", pin: { device, key: beneficiaryKey, label: invite.label } };
}
