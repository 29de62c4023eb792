import { phoneNumberSchema } from "../../../shared/protocol/peer.ts";

/** A telephone number as a person writes it; `undefined`: that is none. */
export function readNumber(text: string): string | undefined {
  const plain = text
    .replaceAll(/[()/]/g, " ")
    .replaceAll(/[\s\u00a0\u202f]+/g, " ")
    .trim();
  return phoneNumberSchema.safeParse(plain).data;
}
