import { Hono } from "hono";

import type { Context } from "../context.ts";
import { accountApi } from "../http/api-route.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { AccountOf } from "../http/signed-in.ts";
import { cancelInvitation, createInvitation, listInvitations } from "./invitations.ts";

export function invitationRoutes(ctx: Context, accountOf: AccountOf) {
  const routes = new Hono<AppEnv>();
  const mount = accountApi(routes, accountOf);
  mount("GET /api/invitations", async (account) => ({
    invitations: await listInvitations(ctx, account),
  }));
  mount("POST /api/invitations", (account, { device }) => createInvitation(ctx, account, device));
  mount("POST /api/invitations/cancel", async (account, { invitation }) => {
    await cancelInvitation(ctx, account, invitation);
    return {};
  });
  return routes;
}
