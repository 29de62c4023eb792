import { createLine, type Line, type WayOptions } from "./line.ts";
import { withMediaPort, withoutCompression } from "./livekit-line.ts";
import { type Proxy, shapeTcp } from "./tcp.ts";
import { shapeUdp } from "./udp.ts";

export interface ShapedServer {
  line: Line;
  /** For a browser at the other end of the line: each port of the server, and where it finds it. */
  ports: ReadonlyMap<number, number>;
  /** The only port to which that browser's voice may go. */
  mediaPort: number;
  close(): Promise<void>;
}

/**
 * All that a browser has to do with the server and its voice server crosses one line. The voice
 * server has to run with `iceLite`, since it would otherwise look for the browser by itself, and
 * find it without the line.
 */
export async function shapeServer(options: {
  line: { up: WayOptions; down: WayOptions };
  serverPort: number;
  livekit: { port: number; udpPort: number };
}): Promise<ShapedServer> {
  const line = createLine(options.line);
  const { livekit, serverPort } = options;
  const media = await shapeUdp({ line, target: livekit.udpPort });
  const pages = await shapeTcp({ line, target: serverPort });
  const signals = await shapeTcp({
    line,
    target: livekit.port,
    changeUp: withoutCompression,
    changeDown: withMediaPort(livekit.udpPort, media.port),
  });
  const proxies: Proxy[] = [media, pages, signals];
  return {
    line,
    ports: new Map([
      [serverPort, pages.port],
      [livekit.port, signals.port],
    ]),
    mediaPort: media.port,
    close: async () => {
      line.close();
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
}
