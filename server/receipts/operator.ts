import { z } from "zod";

import type { Operator } from "../../shared/receipts/receipt.ts";

const said = z
  .string()
  .optional()
  .transform((text) => text?.trim().slice(0, 300) || undefined);

/** What a receipt must say of whoever answers for the server, as variables. */
export const operatorVariables = {
  OPERATOR_NAME: said,
  OPERATOR_CONTACT: said,
  OPERATOR_ADDRESS: said,
  OPERATOR_EMAIL: said,
  OPERATOR_PHONE: said,
  OPERATOR_POLICY_URL: said,
};
type Variables = { [K in keyof typeof operatorVariables]?: string | undefined };
/** As far as they said who they are. */
export type GivenOperator = { [K in keyof Operator]?: string | undefined };

const NOT_GIVEN = "–";

export function readOperator(variables: Variables): GivenOperator {
  return {
    name: variables.OPERATOR_NAME,
    contact: variables.OPERATOR_CONTACT,
    address: variables.OPERATOR_ADDRESS,
    email: variables.OPERATOR_EMAIL,
    phone: variables.OPERATOR_PHONE,
    policyUrl: variables.OPERATOR_POLICY_URL,
  };
}

/** What was not said is a dash on the receipt: an invented address would be worse than none. */
export function fullOperator(given: GivenOperator, publicUrl: string): Operator {
  return {
    name: given.name ?? new URL(publicUrl).host,
    contact: given.contact ?? NOT_GIVEN,
    address: given.address ?? NOT_GIVEN,
    email: given.email ?? NOT_GIVEN,
    phone: given.phone ?? NOT_GIVEN,
    policyUrl: given.policyUrl ?? publicUrl,
  };
}
