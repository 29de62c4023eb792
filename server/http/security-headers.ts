import type { MiddlewareHandler } from "hono";

import type { Context } from "../context.ts";
import type { Urls } from "../env.ts";
import type { AppEnv } from "./app-env.ts";
import { isHostOf } from "./host.ts";

type Voiced = Pick<Context, "urls" | "livekit">;

/** On every answer; a page adds its own Content-Security-Policy. */
export function securityHeaders({ urls, livekit }: Voiced): MiddlewareHandler<AppEnv> {
  const secure = urls.publicUrl.startsWith("https:");
  return async (c, next) => {
    await next();
    const speaks = livekit !== undefined && !isHostOf(c.req.header("host"), urls.playerUrl);
    const microphone = speaks ? "(self)" : "()";
    const { headers } = c.res;
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(
      "Permissions-Policy",
      `camera=(), display-capture=(), geolocation=(), microphone=${microphone}, payment=(), usb=()`,
    );
    headers.set("X-Request-Id", c.get("request"));
    // Each of our two hosts says it for itself: what else lives below them is not ours to force.
    if (secure) headers.set("Strict-Transport-Security", "max-age=31536000");
    if (!headers.has("Content-Security-Policy"))
      headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  };
}

/**
 * React Aria adds two fixed style elements of its own (`usePress`, `usePreventScroll`): they are
 * allowed by hash, so that no other inline style is.
 */
const REACT_ARIA_STYLES = [
  "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
];

export function consoleCsp({ urls: { publicUrl, playerUrl }, livekit }: Voiced): string {
  const socket = publicUrl.replace(/^http/, "ws");
  // LiveKit's client asks over HTTP as well, to say why a socket was refused.
  const voice = livekit ? [livekit.url, livekit.url.replace(/^ws/, "http")] : [];
  return policy({
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": ["'self'", ...REACT_ARIA_STYLES].join(" "),
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": ["'self'", socket, ...voice].join(" "),
    "worker-src": "'self'",
    ...(livekit ? { "media-src": "'self' blob: mediastream:" } : {}),
    "frame-src": playerUrl,
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  });
}

/** [M7] The player treats what it shows as hostile: no network, no script but its own. */
export function playerCsp({ publicUrl }: Urls): string {
  return policy({
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "data: blob:",
    "font-src": "data: blob:",
    "media-src": "'none'",
    "connect-src": "'none'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": publicUrl,
  });
}

export function policy(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
}
