import { readFile, stat } from "node:fs/promises";
import { type IncomingMessage, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import path from "node:path";

import { generate } from "selfsigned";

import { SITE_HOSTS, type SiteHost, WWW } from "./hosts.ts";
import { tablePage } from "./table.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

export interface Site {
  port: number;
  /** Each request as `host path`, in order, queries included. */
  requests: string[];
  close(): Promise<void>;
}

async function isFile(file: string): Promise<boolean> {
  return await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The file for a path: itself, with `.html`, or the folder's index. The single-page section answers for all below it. */
async function findFile(host: SiteHost, pathname: string): Promise<string | undefined> {
  const wanted = path.join(host.folder, path.normalize(decodeURIComponent(pathname)));
  if (!wanted.startsWith(host.folder)) return undefined;
  const candidates = [wanted, `${wanted}.html`, path.join(wanted, "index.html")];
  if (host.name === WWW && pathname.startsWith("/espace/")) {
    candidates.push(path.join(host.folder, "espace/index.html"));
  }
  for (const candidate of candidates) if (await isFile(candidate)) return candidate;
  return undefined;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = (request.headers.host ?? "").replace(/:\d+$/, "");
  const host = SITE_HOSTS.find((known) => known.name === name);
  const { pathname } = new URL(request.url ?? "/", "https://site.invalid");
  if (!host) {
    response.writeHead(421).end();
    return;
  }
  if (request.method === "POST") {
    request.resume();
    response.writeHead(303, { ...host.headers, location: pathname }).end();
    return;
  }
  if (host.name === WWW && pathname === "/paiements") {
    response.writeHead(200, { ...host.headers, "content-type": TYPES[".html"] }).end(tablePage());
    return;
  }
  const file = await findFile(host, pathname);
  if (!file) {
    response.writeHead(404, { ...host.headers, "content-type": TYPES[".html"] });
    response.end("<!doctype html><title>Introuvable</title><h1>Page introuvable</h1>");
    return;
  }
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { ...host.headers, "content-type": type }).end(await readFile(file));
}

/** The invented public service and its neighbours, over TLS, on a free loopback port. */
export async function startSite(): Promise<Site> {
  const names = SITE_HOSTS.map((host) => ({ type: 2 as const, value: host.name }));
  const certificate = await generate([{ name: "commonName", value: WWW }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: names }],
  });
  const requests: string[] = [];
  const server = createServer(
    { key: certificate.private, cert: certificate.cert },
    (request, response) => {
      requests.push(`${request.headers.host ?? ""} ${request.url ?? ""}`);
      answer(request, response).catch(() => response.destroy());
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("site: no port");
  return {
    port: address.port,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
