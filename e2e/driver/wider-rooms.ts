import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { z } from "zod";

const CREATE_ROOM = "/twirp/livekit.RoomService/CreateRoom";
const roomSchema = z.looseObject({ maxParticipants: z.number() });

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const part of request) text += String(part);
  return text;
}

/**
 * LiveKit's own interface for our server, where every room that is made has place for so many:
 * once a room is there, LiveKit changes its limit for nobody.
 */
export async function widenRooms(
  port: number,
  maxParticipants: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? "/";
      const { "content-type": type = "", authorization = "" } = request.headers;
      const asked = await bodyOf(request);
      const body =
        path === CREATE_ROOM
          ? JSON.stringify({ ...roomSchema.parse(JSON.parse(asked)), maxParticipants })
          : asked;
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: "POST",
        headers: { "content-type": type, authorization },
        body,
      });
      response.writeHead(answer.status, {
        "content-type": answer.headers.get("content-type") ?? "application/json",
      });
      response.end(await answer.text());
    })().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what listens on TCP has a port
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
