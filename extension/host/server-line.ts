import type { ServerSocket, SocketEvent } from "../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../shared/crypto/device-key.ts";

/** The one connection to the server, opened when something needs it, and closed when nothing does. */
export function createServerLine(options: {
  loadKey: () => Promise<DeviceKey>;
  openSocket: (key: DeviceKey) => ServerSocket;
  listen: (event: SocketEvent) => void;
}) {
  let key: Promise<DeviceKey> | undefined;
  let socket: ServerSocket | undefined;
  let opening: Promise<ServerSocket> | undefined;

  async function open(): Promise<ServerSocket> {
    const made = options.openSocket(await loadKey());
    socket = made;
    made.listen(options.listen);
    return made;
  }

  function loadKey(): Promise<DeviceKey> {
    key ??= options.loadKey();
    return key;
  }

  return {
    key: loadKey,
    /** A socket of before that the server closed for good starts again. */
    async use(): Promise<ServerSocket> {
      if (socket) {
        if (socket.state === "closed") socket.reconnect();
        return socket;
      }
      opening ??= open().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    get offline(): boolean {
      return socket?.state === "offline";
    },
    /** The browser says that there is a network again. */
    retry(): void {
      socket?.reconnect();
    },
    close(): void {
      socket?.close();
      socket = undefined;
    },
  };
}
