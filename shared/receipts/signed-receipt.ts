import { z } from "zod";

import { contentHashSchema } from "../ids.ts";
import { type Receipt, receiptSchema } from "./receipt.ts";

/** [E2] A receipt as it crosses every wire: its exact text, and the signature beside it. */
export const signedReceiptSchema = z.strictObject({
  /** Canonical JSON. */
  receipt: z.string().min(2).max(12_000),
  /** Which of the server's receipt keys signed it. */
  key: contentHashSchema,
  /** Ed25519 over the text's UTF-8 bytes, 64 bytes, base64url. */
  signature: z.base64url().length(86),
});
export type SignedReceipt = z.infer<typeof signedReceiptSchema>;

/** `undefined` for what is no receipt of this format. Says nothing about the signature. */
export function readReceipt(signed: SignedReceipt): Receipt | undefined {
  try {
    return receiptSchema.safeParse(JSON.parse(signed.receipt)).data;
  } catch {
    return undefined;
  }
}

/** The file that a person keeps: laid out to be read, and checked by `verifyReceiptFile`. */
export function formatReceiptFile({ receipt, key, signature }: SignedReceipt): string {
  const parsed: unknown = JSON.parse(receipt);
  const proof = { alg: "EdDSA", kid: key, value: signature };
  return `${JSON.stringify({ receipt: parsed, signature: proof }, null, 2)}\n`;
}
