import { z } from "zod";

import { utf8 } from "../bytes.ts";
import { canonicalJson } from "../canonical-json.ts";
import { contentHashSchema } from "../ids.ts";
import { receiptKeyOf, type ReceiptKeys, verifyBytes } from "./receipt-key.ts";
import { RECEIPT_FORMAT, type Receipt, receiptSchema } from "./receipt.ts";
import { repeatsKey } from "./repeats-key.ts";

/** What can be wrong with a receipt's file, in the order in which it is looked for. */
export type ReceiptFault =
  | "not-json"
  | "repeated-key"
  | "not-a-receipt"
  | "unknown-format"
  | "incomplete"
  | "unknown-key"
  | "wrong-signature";

const fileSchema = z.strictObject({
  receipt: z.looseObject({ format: z.string() }),
  signature: z.strictObject({
    alg: z.literal("EdDSA"),
    kid: contentHashSchema,
    value: z.string(),
  }),
});

/** [E3] The file that `formatReceiptFile` writes, against the keys that its server publishes. */
export async function verifyReceiptFile(
  text: string,
  { keys }: ReceiptKeys,
): Promise<{ receipt: Receipt } | { fault: ReceiptFault }> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { fault: "not-json" };
  }
  if (repeatsKey(text, parsed)) return { fault: "repeated-key" };
  const file = fileSchema.safeParse(parsed).data;
  if (!file) return { fault: "not-a-receipt" };
  // What the schema leaves out of what it reads, as a key `__proto__`, was not signed.
  if (canonicalJson(file) !== canonicalJson(parsed)) return { fault: "not-a-receipt" };
  if (file.receipt.format !== RECEIPT_FORMAT) return { fault: "unknown-format" };
  const receipt = receiptSchema.safeParse(file.receipt).data;
  if (!receipt || receipt.consentReceiptID !== receipt.agreed.id) return { fault: "incomplete" };
  const { kid, value } = file.signature;
  const key = keys.find((one) => one.kid === kid);
  // A set that calls another key by this name names no key.
  if (!key || (await receiptKeyOf(key.x)).kid !== kid) return { fault: "unknown-key" };
  const bytes = utf8(canonicalJson(file.receipt));
  if (!(await verifyBytes(key.x, value, bytes))) return { fault: "wrong-signature" };
  return { receipt };
}
