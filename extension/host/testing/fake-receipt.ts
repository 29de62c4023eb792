import { z } from "zod";

import { canonicalJson } from "../../../shared/canonical-json.ts";
import { contentHashOf } from "../../../shared/crypto/digest.ts";
import { decodeStatement, signedStatementSchema } from "../../../shared/grants/statement.ts";
import { grantIdSchema } from "../../../shared/ids.ts";
import { buildReceipt } from "../../../shared/receipts/receipt.ts";
import type { SignedReceipt } from "../../../shared/receipts/signed-receipt.ts";

const bodySchema = z.object({ grant: signedStatementSchema });
const SERVER = "https://epaule.example";
const GIVEN_AT = Date.parse("2026-11-29T09:00:00.000Z");

/** As the server answers a request for help; signed by nobody. */
export async function fakeReceipt(body: unknown): Promise<SignedReceipt> {
  const { grant } = bodySchema.parse(body);
  const { statement, bytes } = decodeStatement(grant.statement);
  const { session, beneficiary, helper, hosts, text, kind, seconds } = statement;
  const receipt = buildReceipt(
    {
      id: grantIdSchema.parse(await contentHashOf(bytes)),
      kind,
      session,
      beneficiary,
      helper,
      hosts,
      topics: [],
      capabilities: ["view_masked"],
      text,
      givenAt: new Date(GIVEN_AT).toISOString(),
      expiresAt: new Date(GIVEN_AT + seconds * 1000).toISOString(),
    },
    {
      operator: {
        name: "Exemple",
        contact: "–",
        address: "–",
        email: "–",
        phone: "–",
        policyUrl: SERVER,
      },
      serverUrl: SERVER,
      language: "fr",
    },
  );
  return { receipt: canonicalJson(receipt), key: text, signature: "A".repeat(86) };
}
