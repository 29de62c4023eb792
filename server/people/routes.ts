import { Hono } from "hono";

import type { Context } from "../context.ts";
import { accountApi } from "../http/api-route.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { AccountOf } from "../http/signed-in.ts";
import { readAccount, renameAccount } from "./account.ts";
import { registerDevice } from "./devices.ts";

export function peopleRoutes(ctx: Context, accountOf: AccountOf) {
  const routes = new Hono<AppEnv>();
  const mount = accountApi(routes, accountOf);
  mount("GET /api/account", (account) => readAccount(ctx, account));
  mount("POST /api/account", (account, { name }) => renameAccount(ctx, account, name));
  mount("POST /api/devices", (account, input) => registerDevice(ctx, account, input));
  return routes;
}
