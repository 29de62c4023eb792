import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

import type { Line, Way } from "./line.ts";
import type { Proxy } from "./tcp.ts";

const HEADERS = 28;
const LOOPBACK = "127.0.0.1";

interface Address {
  address: string;
  port: number;
}

export interface UdpOptions {
  line: Line;
  /** On the loopback interface. */
  target: number;
}

/**
 * As `shapeTcp`, with a socket of its own for each one that sends to it, as behind a home router. A
 * datagram that is lost, or that finds no room in the queue, is gone.
 */
export async function shapeUdp({ line, target }: UdpOptions): Promise<Proxy> {
  const server = createSocket("udp4");
  const flows = new Map<string, Socket>();
  let isClosed = false;

  function pass(way: Way, data: Buffer, from: Socket, to: Address): void {
    way.send(data.length + HEADERS, () => {
      if (!isClosed) from.send(data, to.port, to.address, () => undefined);
    });
  }

  /** A browser sends from its other interfaces too. */
  function flowOf({ address, port }: Address): Socket {
    const name = `${address} ${port}`;
    const known = flows.get(name);
    if (known) return known;
    const flow = createSocket("udp4");
    flows.set(name, flow);
    flow.bind(0, LOOPBACK);
    flow.on("message", (data) => pass(line.down, data, server, { address, port }));
    flow.on("error", () => undefined);
    return flow;
  }

  const there = { address: LOOPBACK, port: target };
  server.on("message", (data, from) => pass(line.up, data, flowOf(from), there));
  server.on("error", () => undefined);
  server.bind(0, LOOPBACK);
  await once(server, "listening");
  return {
    port: server.address().port,
    close: async () => {
      isClosed = true;
      for (const flow of flows.values()) flow.close();
      server.close();
      await once(server, "close");
    },
  };
}
