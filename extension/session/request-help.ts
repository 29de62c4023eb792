import type { ServerSocket } from "../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../shared/crypto/device-key.ts";
import { openStatement, signStatement } from "../../shared/crypto/signed-statement.ts";
import type { SignedStatement, Statement } from "../../shared/grants/statement.ts";
import {
  type ContentHash,
  createSessionId,
  type GrantId,
  type SessionId,
} from "../../shared/ids.ts";
import { hashLostCode, type LostCode } from "../../shared/lost/lost-link.ts";
import { RING_MS, SESSION_GRANT_MS } from "../../shared/protocol/limits.ts";
import type { SignedReceipt } from "../../shared/receipts/signed-receipt.ts";
import type { Host } from "../../shared/sites.ts";
import type { Person } from "../store/circle-store.ts";

export type Granted = {
  session: SessionId;
  grant: SignedStatement;
  /** Milliseconds that it rings for, from now. */
  ringing: number;
  /** [E1] */
  receipt: { given: { grant: GrantId; statement: Statement }; signed: SignedReceipt };
};

/**
 * [S1] « J'accepte »: the gesture becomes a signed statement, and the ring starts. Nothing is sent
 * before it. Throws `AppError`; AWAY when the helper's console is not there.
 */
export async function requestHelp(options: {
  socket: ServerSocket;
  key: DeviceKey;
  person: Person;
  hosts: readonly Host[];
  text: ContentHash;
  /** [E5] The server gets its hash. */
  lost: LostCode;
}): Promise<Granted> {
  const { socket, key, person } = options;
  const { nonce } = await socket.request("session.nonce", {});
  const session = createSessionId();
  const grant = await signStatement(key, {
    version: 1,
    kind: "SESSION",
    session,
    beneficiary: key.id,
    helper: person.device,
    hosts: [...options.hosts],
    seconds: SESSION_GRANT_MS / 1000,
    text: options.text,
    nonce,
  });
  const opened = await openStatement(grant, key.publicKey);
  const { remaining, receipt } = await socket.request("session.request", {
    pairing: person.pairing,
    grant,
    lost: await hashLostCode(options.lost),
  });
  return {
    session,
    grant,
    ringing: Math.min(remaining, RING_MS),
    receipt: {
      given: { grant: opened.grant, statement: opened.statement },
      signed: receipt,
    },
  };
}
