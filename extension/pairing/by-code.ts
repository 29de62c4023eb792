import type { ServerSocket } from "../../shared/client/server-socket.ts";
import { type DeviceKey, deviceIdOf } from "../../shared/crypto/device-key.ts";
import { commitTo, pairWords, verifyCommitment } from "../../shared/crypto/spoken-pairing.ts";
import { AppError } from "../../shared/errors.ts";
import { type AttemptId, createNonce, type DeviceId, type PairingId } from "../../shared/ids.ts";
import type { HelperCard, ServerMessage } from "../../shared/protocol/control.ts";

/** [P6] This device's owner was blocked here. */
export class BlockedHelper extends Error {
  override readonly name = "BlockedHelper";
}

export type SpokenPairing = ReturnType<typeof createSpokenPairing>;

/**
 * [P4] The beneficiary's side of a typed code: commit, wait for the other's commitment, reveal,
 * check the other's opening, show two words. Throws `AppError` FORGED when the opening is another, and
 * `BlockedHelper` before any word is shown.
 */
export function createSpokenPairing(options: {
  socket: ServerSocket;
  key: DeviceKey;
  isBlocked: (device: DeviceId) => Promise<boolean>;
  changed: () => void;
}) {
  const { socket, key } = options;
  const nonce = createNonce();
  let attempt: AttemptId | undefined;
  let commitment: string | undefined;
  let helperKey: string | undefined;
  let words: [string, string] | undefined;
  let confirmed = false;

  async function reveal(): Promise<void> {
    if (attempt === undefined) return;
    await socket.request("pairing.reveal", { attempt, key: key.publicKey, nonce });
  }

  async function check(theirKey: string, theirNonce: string): Promise<void> {
    if (commitment === undefined || helperKey !== undefined)
      throw new AppError("FORGED", "pairing: revealed out of turn");
    if (!(await verifyCommitment(commitment, "helper", theirKey, theirNonce)))
      throw new AppError("FORGED", "pairing: not what was committed to");
    helperKey = theirKey;
    if (await options.isBlocked(await deviceIdOf(theirKey))) throw new BlockedHelper();
    words = await pairWords({
      beneficiaryKey: key.publicKey,
      beneficiaryNonce: nonce,
      helperKey: theirKey,
      helperNonce: theirNonce,
    });
    options.changed();
  }

  return {
    async begin(code: string): Promise<HelperCard> {
      const ours = await commitTo("beneficiary", key.publicKey, nonce);
      const begun = await socket.request("pairing.begin", { code, commitment: ours });
      attempt = begun.attempt;
      return begun.helper;
    },
    attempt: (): AttemptId | undefined => attempt,
    /** Once both sides are open to each other. */
    words: (): [string, string] | undefined => words,
    async confirm(): Promise<void> {
      if (attempt === undefined || !words) return;
      confirmed = true;
      await socket.request("pairing.confirm", { attempt });
    },
    async cancel(): Promise<void> {
      const ours = attempt;
      attempt = undefined;
      // Where the word can't be sent, five minutes burn the code as well.
      if (ours !== undefined)
        await socket.request("pairing.cancel", { attempt: ours }).catch(() => undefined);
    },
    /** The pairing, once both have confirmed. */
    async hear(message: ServerMessage): Promise<{ pairing: PairingId; key: string } | undefined> {
      if (message.type === "pairing.answered") {
        if (commitment !== undefined) throw new AppError("FORGED", "pairing: committed to twice");
        commitment = message.commitment;
        await reveal();
      }
      if (message.type === "pairing.revealed") await check(message.key, message.nonce);
      if (message.type !== "pairing.made") return undefined;
      if (!confirmed || helperKey === undefined)
        throw new AppError("FORGED", "pairing: made without our word");
      return { pairing: message.pairing, key: helperKey };
    },
  };
}
