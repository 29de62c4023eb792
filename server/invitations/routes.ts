import { Hono } from "hono";

import type { Context } from "../context.ts";
import { accountApi } from "../http/api-route.ts";
import type { AppEnv } from "../http/app-env.ts";
import type { SignInOf } from "../http/signed-in.ts";
import { cancelInvitation, createInvitation, listInvitations } from "./invitations.ts";

export function invitationRoutes(ctx: Context, signInOf: SignInOf) {
  const routes = new Hono<AppEnv>();
  const mount = accountApi(routes, signInOf);
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
