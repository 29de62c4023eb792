import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

import type { Context as HonoContext, MiddlewareHandler } from "hono";

import type { AppEnv } from "./app-env.ts";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mp3": "audio/mpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Serves a built site from a folder: one page at `/` or by its name, and its hashed assets. */
export function staticSite(site: {
  folder: string;
  /** Path → file and its policy. */
  pages: Record<string, { file: string; csp: string }>;
  /** Which other files may be had; all others are not there. */
  allows: (path: string) => boolean;
}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return await next();
    const page = site.pages[c.req.path];
    const path = page ? `/${page.file}` : c.req.path;
    if (!page && !site.allows(path)) return await next();
    const file = fileIn(site.folder, path);
    if (!file) return await next();
    if (page) {
      c.header("Content-Security-Policy", page.csp);
      c.header("Cache-Control", "no-cache");
    } else {
      const hashed = path.startsWith("/assets/");
      c.header("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    }
    return await send(c, file);
  };
}

function fileIn(folder: string, path: string): { path: string; bytes: number } | undefined {
  const full = normalize(join(folder, path));
  if (!full.startsWith(normalize(folder) + sep) || /[/\\]\./.test(path)) return undefined;
  const stat = statSync(full, { throwIfNoEntry: false });
  return stat?.isFile() ? { path: full, bytes: stat.size } : undefined;
}

async function send(
  c: HonoContext<AppEnv>,
  file: { path: string; bytes: number },
): Promise<Response> {
  c.header("Content-Type", TYPES[extname(file.path)] ?? "application/octet-stream");
  c.header("Content-Length", String(file.bytes));
  if (c.req.method === "HEAD") return c.body(null);
  return c.body(new Uint8Array(await readFile(file.path)));
}
