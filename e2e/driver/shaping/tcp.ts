import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

import type { Line } from "./line.ts";
import { pump } from "./pump.ts";

const SAME = (part: Buffer) => part;

export interface Proxy {
  port: number;
  close(): Promise<void>;
}

export interface TcpOptions {
  line: Line;
  /** On the loopback interface. */
  target: number;
  /** A change of what passes, for each connection; it may keep a part back until the next. */
  changeUp?: () => (part: Buffer) => Buffer;
  changeDown?: () => (part: Buffer) => Buffer;
}

/** A loopback port behind which is the target, at the other end of the line. */
export async function shapeTcp(options: TcpOptions): Promise<Proxy> {
  const { line } = options;
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.setNoDelay(true).once("close", () => open.delete(socket));
  };
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    keep(client);
    client.on("error", () => undefined);
    // The three-way handshake's way there and back, which the loopback interface did not take.
    const there = setTimeout(() => {
      const target = connect({
        port: options.target,
        host: "127.0.0.1",
        allowHalfOpen: true,
      });
      keep(target);
      const { up, down } = line;
      const [changeUp, changeDown] = [options.changeUp?.(), options.changeDown?.()];
      pump({ source: client, sink: target, way: up, back: down, change: changeUp ?? SAME });
      pump({ source: target, sink: client, way: down, back: up, change: changeDown ?? SAME });
      client.resume();
    }, line.up.delayMs + line.down.delayMs);
    client.once("close", () => clearTimeout(there));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
