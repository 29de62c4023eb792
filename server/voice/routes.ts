import { Hono } from "hono";

import type { Context } from "../context.ts";
import type { AppEnv } from "../http/app-env.ts";
import { readText } from "../http/read-text.ts";
import { takeEvent } from "./take-event.ts";

const MAX_WEBHOOK_BYTES = 64 * 1024;

/** [A4] Where LiveKit tells what happens. It is no page of ours that asks: its signature is the check. */
export function voiceRoutes(ctx: Context) {
  const routes = new Hono<AppEnv>();
  const { livekit } = ctx;
  if (!livekit) return routes;
  routes.post("/livekit/webhook", async (c) => {
    const body = await readText(c.req.raw, MAX_WEBHOOK_BYTES);
    const event = await livekit.readEvent(body, c.req.header("authorization"));
    await takeEvent(ctx, livekit, event);
    return c.body(null, 204);
  });
  return routes;
}
