import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

import { type WebSocket, WebSocketServer } from "ws";

import { ROOT } from "../../setup/run-command.ts";

const RRWEB = path.join(ROOT, "node_modules/rrweb/dist");
const FILES: Record<string, { file: string; type: string }> = {
  "/": { file: path.join(import.meta.dirname, "viewer.html"), type: "text/html" },
  "/viewer.js": { file: path.join(import.meta.dirname, "viewer.js"), type: "text/javascript" },
  "/rrweb.js": { file: path.join(RRWEB, "rrweb.umd.min.cjs"), type: "text/javascript" },
  "/rrweb.css": { file: path.join(RRWEB, "style.min.css"), type: "text/css" },
};

export interface PlainServer {
  port: number;
  /** Bytes that the page has sent since the last call. */
  takeBytes(): number;
  close(): Promise<void>;
}

/** What plain rrweb needs between its two ends: each text message goes to the other one. */
export async function startPlainServer(): Promise<PlainServer> {
  let bytes = 0;
  const server = createServer((request, response) => {
    const found = FILES[request.url ?? ""];
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    readFile(found.file).then(
      (content) => response.writeHead(200, { "content-type": found.type }).end(content),
      () => response.destroy(),
    );
  });
  const sockets = new WebSocketServer({ server, maxPayload: 64 * 1024 * 1024 });
  const ends = new Map<string, WebSocket>();
  sockets.on("connection", (socket, request) => {
    const mine = request.url ?? "";
    ends.set(mine, socket);
    socket.on("message", (data: Buffer) => {
      if (mine === "/page") bytes += data.length;
      ends.get(mine === "/page" ? "/viewer" : "/page")?.send(data.toString("utf8"));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("plain rrweb: no port");
  return {
    port: address.port,
    takeBytes: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
