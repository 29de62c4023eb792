import { z } from "zod";

import { createLinkSecret, linkMac } from "../../shared/crypto/invite-link.ts";
import { signStatement } from "../../shared/crypto/signed-statement.ts";
import { consentTextFor } from "../../shared/grants/consent-text.ts";
import type { SignedStatement, Statement } from "../../shared/grants/statement.ts";
import { invitationSchema } from "../../shared/http-api.ts";
import {
  createSessionId,
  pairingIdSchema,
  type PairingId,
  type SessionId,
} from "../../shared/ids.ts";
import type { ServerMessage } from "../../shared/protocol/control.ts";
import { hostSchema } from "../../shared/sites.ts";
import { type RawHelper, signUpRaw } from "./raw-account.ts";
import { connectRaw, type RawClient } from "./raw-client.ts";
import type { World } from "./world.ts";

interface RawPair {
  invitation: string;
  account: RawHelper;
  beneficiary: RawClient;
  helper: RawClient;
  pairing: PairingId;
}

function dataOf(answer: ServerMessage): unknown {
  if (answer.type !== "done") throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.data;
}

/** Two programs of ours, paired by link as the extension and the console would. */
export async function pairRaw(world: World): Promise<RawPair> {
  const account = await signUpRaw(world);
  const helper = await account.connect();
  const { invitation } = invitationSchema.parse(
    await account.call("POST /api/invitations", { device: account.key.id }),
  );
  const beneficiary = await connectRaw(world.serverUrl);
  await beneficiary.prove();
  const mac = await linkMac(createLinkSecret(), {
    invitation,
    beneficiaryKey: beneficiary.key.publicKey,
    helperKey: account.key.publicKey,
  });
  const redeemed = dataOf(
    await beneficiary.ask({
      type: "pairing.redeem",
      invitation,
      mac,
    }),
  );
  const { pairing } = z.object({ pairing: pairingIdSchema }).parse(redeemed);
  return { invitation, account, beneficiary, helper, pairing };
}

/** Signs what the consent screen would have signed; `change` is for what it never would. */
export async function signGrant(
  pair: RawPair,
  session: SessionId,
  change: Partial<Statement> = {},
): Promise<SignedStatement> {
  const { nonce } = z
    .object({ nonce: z.string() })
    .parse(dataOf(await pair.beneficiary.ask({ type: "session.nonce" })));
  return await signStatement(pair.beneficiary.key, {
    version: 1,
    kind: "SESSION",
    session,
    beneficiary: pair.beneficiary.key.id,
    helper: pair.account.key.id,
    hosts: [hostSchema.parse("www.allocations-bocage.example")],
    seconds: 7200,
    text: consentTextFor("fr").hash,
    nonce,
    ...change,
  });
}

/** Rings, is answered, and both ends join the relay. */
export async function liveRaw(pair: RawPair): Promise<SessionId> {
  const { beneficiary, helper, pairing } = pair;
  const session = createSessionId();
  const grant = await signGrant(pair, session);
  dataOf(await beneficiary.ask({ type: "session.request", pairing, grant }));
  await helper.next("ring");
  dataOf(await helper.ask({ type: "session.answer", session }));
  dataOf(await helper.ask({ type: "relay.join", session }));
  dataOf(await beneficiary.ask({ type: "relay.join", session }));
  return session;
}
