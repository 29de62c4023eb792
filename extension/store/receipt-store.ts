import { z } from "zod";

import { AppError } from "../../shared/errors.ts";
import type { Statement } from "../../shared/grants/statement.ts";
import { type GrantId, grantIdSchema } from "../../shared/ids.ts";
import { createLostCode, type LostCode, lostCodeSchema } from "../../shared/lost/lost-link.ts";
import { personNameSchema } from "../../shared/protocol/control.ts";
import {
  readReceipt,
  type SignedReceipt,
  signedReceiptSchema,
} from "../../shared/receipts/signed-receipt.ts";
import type { KeyValue } from "./key-value.ts";

const KEY = "receipts";
const LOST_KEY = "lost";
/** The server keeps them all, and gives them again ([E4]). */
export const MAX_RECEIPTS = 50;

const keptReceiptSchema = z.strictObject({
  grant: grantIdSchema,
  signed: signedReceiptSchema,
  /** What the person called their helper then: the receipt itself names nobody. */
  name: personNameSchema,
});
export type KeptReceipt = z.infer<typeof keptReceiptSchema>;

/** One that can't be read does not take the others with it. */
const storedSchema = z.array(keptReceiptSchema.optional().catch(undefined)).catch([]);

function parse(stored: unknown): KeptReceipt[] {
  return storedSchema.parse(stored ?? []).filter((one) => one !== undefined);
}

/** What was signed, and its name. */
export type GivenGrant = { grant: GrantId; statement: Statement };

export type ReceiptStore = ReturnType<typeof createReceiptStore>;

/** [E1] The receipts of this browser's consents, the newest first. */
export function createReceiptStore(keyValue: KeyValue) {
  return {
    list: async (): Promise<KeptReceipt[]> => parse(await keyValue.get(KEY)),

    /** Throws `AppError` FORGED for a receipt that does not say what this grant's statement says. */
    async keep(
      { grant, statement }: GivenGrant,
      signed: SignedReceipt,
      name: string,
    ): Promise<void> {
      const agreed = readReceipt(signed)?.agreed;
      const same =
        agreed?.id === grant &&
        agreed.session === statement.session &&
        agreed.beneficiary === statement.beneficiary &&
        agreed.helper === statement.helper &&
        agreed.text === statement.text &&
        agreed.hosts.join() === statement.hosts.join();
      if (!same) throw new AppError("FORGED", "receipt: of another grant, or none");
      const kept = keptReceiptSchema.parse({ grant, signed, name });
      await keyValue.update(KEY, (old) =>
        [kept, ...parse(old).filter((one) => one.grant !== grant)].slice(0, MAX_RECEIPTS),
      );
    },

    /** [E5] Made once: what is on paper stays good. */
    async lostCode(): Promise<LostCode> {
      await keyValue.update(
        LOST_KEY,
        (old) => lostCodeSchema.safeParse(old).data ?? createLostCode(),
      );
      return lostCodeSchema.parse(await keyValue.get(LOST_KEY));
    },
  };
}
