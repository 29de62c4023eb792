import { Hono } from "hono";

import type { Context } from "../context.ts";
import { accountApi } from "../http/api-route.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { SignInOf } from "../http/signed-in.ts";
import { listCalls, markCallSeen } from "./calls.ts";

export function callRoutes(ctx: Context, signInOf: SignInOf) {
  const routes = new Hono<AppEnv>();
  const mount = accountApi(routes, signInOf);
  mount("GET /api/calls", async (account) => ({ calls: await listCalls(ctx, account) }));
  mount("POST /api/calls/seen", async (account, { call }) => {
    await markCallSeen(ctx, account, call);
    return {};
  });
  return routes;
}
