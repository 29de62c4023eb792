import { Hono } from "hono";

import { publishWords } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { accountApi } from "../http/api-route.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { SignInOf } from "../http/signed-in.ts";
import { endPairing } from "./end-pairing.ts";
import { findHelperOfPairing, listHelperPairings } from "./list-pairings.ts";

export function pairingRoutes(ctx: Context, signInOf: SignInOf) {
  const routes = new Hono<AppEnv>();
  const mount = accountApi(routes, signInOf);
  mount("GET /api/pairings", async (account) => ({
    pairings: await listHelperPairings(ctx, account),
  }));
  mount("POST /api/pairings/end", async (account, input) => {
    const id = await findHelperOfPairing(ctx, account, input.pairing);
    const { reply, tell } = await endPairing(ctx, { end: "helper", id }, input);
    await publishWords(ctx, tell);
    return reply;
  });
  return routes;
}
