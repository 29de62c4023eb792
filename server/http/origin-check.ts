import type { MiddlewareHandler } from "hono";

import { AppError } from "../../shared/errors.ts";
import type { AppEnv } from "./app-env.ts";

/** Every request that changes something comes from a page of our own: browsers always say which. */
export function originCheck(publicUrl: string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const reads = c.req.method === "GET" || c.req.method === "HEAD";
    if (!reads && c.req.header("origin") !== publicUrl)
      throw new AppError("FORGED", "origin: not ours");
    await next();
  };
}
