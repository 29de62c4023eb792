import type { ServerSocket } from "../../../shared/client/server-socket.ts";
import { CLOSE } from "../../../shared/protocol/close-codes.ts";
import { createObservable, type Observable } from "../store/observable.ts";

/** `stopped`: closed for good reason, and only the person connects again ([C4]). */
type Connection = "connecting" | "online" | "offline" | "stopped";

/** Codes that end a session and not the helper's wish to be reached. */
const SESSION_ENDS: ReadonlySet<number> = new Set([CLOSE.OVER, CLOSE.REPLACED, CLOSE.NO_GRANT]);

export interface ConnectionWatch extends Observable<Connection> {
  /** After the screen of a session has gone. */
  afterSession(): void;
  stop(): void;
}

/** Follows the socket, and opens it again once the session whose end closed it has left the screen. */
export function watchConnection(
  socket: ServerSocket,
  isInSession: () => boolean,
  onOffline: () => void,
): ConnectionWatch {
  const state = createObservable((_: Connection, next: Connection) => next, "connecting");
  let endedBySession = false;

  function comeBack(): void {
    if (!endedBySession || isInSession()) return;
    endedBySession = false;
    state.dispatch("connecting");
    socket.reconnect();
  }

  const unlisten = socket.listen((event) => {
    if (event.type === "online") state.dispatch("online");
    else if (event.type === "offline") {
      state.dispatch("offline");
      onOffline();
    } else if (event.type === "closed") {
      endedBySession = SESSION_ENDS.has(event.code);
      state.dispatch(endedBySession ? "offline" : "stopped");
      // The other listeners of this very event first: they may put the session away.
      queueMicrotask(comeBack);
    }
  });

  return { get: state.get, subscribe: state.subscribe, afterSession: comeBack, stop: unlisten };
}
