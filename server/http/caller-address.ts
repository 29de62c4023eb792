import type { Context as HonoContext } from "hono";

import type { AppEnv } from "./app-env.ts";

/**
 * Where a request comes from, for limits only. A proxy on the same machine is believed (the last
 * address that it adds); anybody else could write that header.
 */
export function callerAddress(c: HonoContext<AppEnv>): string {
  // Without a socket in tests that call the app directly.
  const direct = c.env?.incoming?.socket.remoteAddress ?? "unknown";
  if (!/^(::1|127\.|::ffff:127\.)/.test(direct)) return direct;
  return c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? direct;
}
