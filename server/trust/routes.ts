import { Hono } from "hono";

import type { Context } from "../context.ts";
import { accountApi } from "../http/api-route.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { SignInOf } from "../http/signed-in.ts";
import { listNotices, markNoticeSeen } from "./notices.ts";

export function trustRoutes(ctx: Context, signInOf: SignInOf) {
  const routes = new Hono<AppEnv>();
  const mount = accountApi(routes, signInOf);
  mount("GET /api/notices", async (account) => ({ notices: await listNotices(ctx, account) }));
  mount("POST /api/notices/seen", async (account, { notice }) => {
    await markNoticeSeen(ctx, account, notice);
    return {};
  });
  return routes;
}
