import { Hono } from "hono";

import type { Context } from "../context.ts";
import { accountApi, openApi } from "../http/api-route.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { SignInOf } from "../http/signed-in.ts";
import { readAccount, renameAccount } from "./account.ts";
import { registerDevice } from "./devices.ts";
import { askForMail, proveMail, removeMail } from "./mail-address.ts";

export function peopleRoutes(ctx: Context, signInOf: SignInOf) {
  const routes = new Hono<AppEnv>();
  const mount = accountApi(routes, signInOf);
  mount("GET /api/account", (account) => readAccount(ctx, account));
  mount("POST /api/account", (account, { name }) => renameAccount(ctx, account, name));
  mount("POST /api/account/mail", async (account, { address }, from) => {
    await askForMail(ctx, account, address, from.address);
    return {};
  });
  mount("POST /api/account/mail/remove", (account, _input, from) =>
    removeMail(ctx, account, from.signIn),
  );
  openApi(routes)("POST /api/account/mail/prove", (caller, { token }) =>
    proveMail(ctx, caller, token),
  );
  mount("POST /api/devices", (account, input) => registerDevice(ctx, account, input));
  return routes;
}
