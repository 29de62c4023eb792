import { Hono } from "hono";

import { RECEIPT_KEYS_PATH } from "../../shared/receipts/receipt-key.ts";
import type { Context } from "../context.ts";
import type { AppEnv } from "../http/app-env.ts";
import { listReceiptKeys } from "./receipt-keys.ts";

/** [E2] What anybody needs to check a receipt, whether they trust this server or a copy of the file. */
export function receiptRoutes(ctx: Context) {
  return new Hono<AppEnv>().get(RECEIPT_KEYS_PATH, async (c) => {
    c.header("Access-Control-Allow-Origin", "*");
    return c.json(await listReceiptKeys(ctx));
  });
}
