import { Hono, type MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";

import { encodeBase64url, randomBytes } from "../shared/bytes.ts";
import { AppError } from "../shared/errors.ts";
import { httpApi } from "../shared/http-api.ts";
import { PROTOCOL_VERSION } from "../shared/protocol/limits.ts";
import { callRoutes } from "./calls/routes.ts";
import type { Context } from "./context.ts";
import { pingDatabase } from "./db/client.ts";
import type { AppEnv } from "./http/app-env.ts";
import { createAuth } from "./http/auth.ts";
import { callerAddress } from "./http/caller-address.ts";
import { answerError, fail } from "./http/error-handler.ts";
import { isHostOf } from "./http/host.ts";
import { answerMissing, wantsPage } from "./http/missing-page.ts";
import { originCheck } from "./http/origin-check.ts";
import { consoleCsp, playerCsp, securityHeaders } from "./http/security-headers.ts";
import { staticSite } from "./http/static-site.ts";
import { invitationCsp, invitationPage } from "./invitations/invitation-page.ts";
import { invitationRoutes } from "./invitations/routes.ts";
import { isLoopbackHost, isLoopbackUrl } from "./loopback.ts";
import { lostRoutes } from "./lost/routes.ts";
import { pairingRoutes } from "./pairings/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { receiptRoutes } from "./receipts/routes.ts";
import type { Hub } from "./relay/hub.ts";
import { relayRoutes } from "./relay/routes.ts";
import { trustRoutes } from "./trust/routes.ts";
import { voiceRoutes } from "./voice/routes.ts";

const ASSET = /^\/assets\/[\w.-]+$/;
/** What stands beside the console's page, by name: no other file of the folder can be had. */
const BESIDE = /^\/[\w-]+\.(svg|ico|png|webmanifest|txt)$/;

/** The whole HTTP side. `consoleFolder` is where the built console lies. */
export function createApp(ctx: Context, hub: Hub, consoleFolder: string): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestLine(ctx));
  app.use(securityHeaders(ctx));
  app.onError((error, c) => answerError(ctx.log, error, c));
  app.notFound((c) => answerMissing(c, ctx.urls.publicUrl));

  app.get("/healthz", (c) => c.json({ ok: true }));
  app.get("/readyz", async (c) => {
    try {
      await Promise.all([pingDatabase(ctx.db), ctx.bus.ping()]);
    } catch (cause) {
      throw new AppError("UNAVAILABLE", "not ready", { cause });
    }
    return c.json({ ok: true });
  });

  // LiveKit may reach this node by an address of its own.
  app.route("/", voiceRoutes(ctx));

  app.use(chooseByHost(ctx, consoleFolder));
  app.use("/api/*", originCheck(ctx.urls.publicUrl));
  app.get("/api/config", (c) =>
    c.json(
      httpApi["GET /api/config"].out.parse({
        playerUrl: ctx.urls.playerUrl,
        mail: ctx.mailer.signIn,
        version: String(PROTOCOL_VERSION),
      }),
    ),
  );
  const auth = createAuth(ctx);
  app.on(["GET", "POST"], "/api/auth/*", (c) => auth.handle(c.req.raw, c.get("address")));
  app.route("/", peopleRoutes(ctx, auth.signInOf));
  app.route("/", invitationRoutes(ctx, auth.signInOf));
  app.route("/", pairingRoutes(ctx, auth.signInOf));
  app.route("/", callRoutes(ctx, auth.signInOf));
  app.route("/", trustRoutes(ctx, auth.signInOf));
  app.route("/", relayRoutes(ctx, hub, auth.signInOf));

  app.route("/", receiptRoutes(ctx));
  app.route("/", lostRoutes(ctx));
  app.get("/i/:id", (c) => {
    c.header("Content-Security-Policy", invitationCsp);
    c.header("Vary", "Accept-Language");
    return c.html(invitationPage(c.req.header("accept-language")));
  });
  app.use(
    staticSite({
      folder: consoleFolder,
      pages: { "/": { file: "index.html", csp: consoleCsp(ctx) } },
      allows: (path) => ASSET.test(path) || BESIDE.test(path),
    }),
  );
  return app;
}

/** The player's origin has its document and its assets, and nothing that holds a cookie or a key. */
function chooseByHost(ctx: Context, folder: string): MiddlewareHandler<AppEnv> {
  const { publicUrl, playerUrl } = ctx.urls;
  const isHere = isLoopbackUrl(publicUrl);
  const player = staticSite({
    folder,
    pages: { "/player.html": { file: "player.html", csp: playerCsp(ctx.urls) } },
    allows: (path) => ASSET.test(path),
  });
  return async (c, next) => {
    const host = c.req.header("host");
    if (isHostOf(host, playerUrl)) {
      const page = await player(c, async () => {});
      if (page || !isHostOf(host, publicUrl)) return page ?? fail(c, "NOT_FOUND");
    }
    if (isHostOf(host, publicUrl)) return await next();
    // Passkeys and cookies belong to one name: whoever types another of this machine is led to it.
    if (isHere && isLoopbackHost(host ?? "") && wantsPage(c)) {
      // As it came: decoded, a path may hold what a header may not.
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(publicUrl + pathname + search);
    }
    return answerMissing(c, undefined);
  };
}

/** One line per request: by route, so that no identifier, host or query is in it. */
function requestLine({ log, proxies }: Context): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now();
    const request = encodeBase64url(randomBytes(9));
    c.set("request", request);
    // Without a socket in tests that call the app directly.
    const direct = c.env?.incoming?.socket.remoteAddress;
    c.set("address", callerAddress(direct, c.req.header("x-forwarded-for"), proxies));
    await next();
    log.info(
      {
        request,
        method: c.req.method,
        route: matchedRoutes(c).find(({ path }) => !path.endsWith("*"))?.path ?? "*",
        status: c.res.status,
        ms: Math.round(performance.now() - started),
      },
      "request",
    );
  };
}
