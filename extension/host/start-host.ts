import type { Clock } from "../../shared/client/clock.ts";
import { createLink } from "../../shared/client/link.ts";
import { createServerSocket } from "../../shared/client/server-socket.ts";
import { extractTexts } from "../../shared/protocol/large-text.ts";
import type { BackgroundCalls } from "../messaging/links.ts";
import { PANEL_PORT } from "../messaging/panel-port.ts";
import { RECORDER_PORT } from "../messaging/recorder-port.ts";
import { listenPorts } from "../platform/runtime.ts";
import { openKeyValue } from "../store/key-value.ts";
import { createHost, type SessionHost } from "./host.ts";

const clock: Clock = {
  now: () => performance.now(),
  setTimeout(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The session host with the real world around it. Its Ports are heard from this very task on. */
export function startHost(
  background: BackgroundCalls,
  failed: (error: unknown) => void,
): SessionHost {
  const host = createHost({
    serverUrl: __EPAULE_SERVER__,
    clock,
    wall: () => Date.now(),
    keyValue: openKeyValue(),
    openSocket: (key) =>
      createServerSocket({
        serverUrl: __EPAULE_SERVER__,
        role: "beneficiary",
        key,
        openSocket: (url) => new WebSocket(url),
        clock,
        random: Math.random,
      }),
    openLink: ({ socket, key, session, grant, peer }) =>
      createLink({ end: "beneficiary", socket, session, grant, key, peer, clock }),
    extractTexts: (events) => extractTexts(events),
    background,
    failed,
  });
  listenPorts([RECORDER_PORT, PANEL_PORT], (port) => host.accept(port));
  globalThis.addEventListener("online", () => host.online());
  return host;
}
