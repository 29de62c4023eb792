import { type Bytes, concatBytes, utf8 } from "../bytes.ts";

/** What a signature, MAC, commitment or key is made for. A value made for one never fits another. */
export type Purpose =
  | "device-proof"
  | "device-register"
  | "grant"
  | "pair-link"
  | "pair-commit"
  | "pair-words"
  | "journal-head"
  | "hello"
  | "answer"
  | "answer-secret"
  | "link-transcript"
  | "link-key";

/** `"epaule/1/" + purpose ‖ field ‖ …`, each part after its length as 4 bytes big-endian. */
export function context(purpose: Purpose, ...fields: Uint8Array[]): Bytes {
  return concatBytes(...[utf8(`epaule/1/${purpose}`), ...fields].flatMap(withLength));
}

function withLength(field: Uint8Array): Uint8Array[] {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, field.length);
  return [length, field];
}
