import { createLink } from "../../shared/client/link.ts";
import { createServerSocket } from "../../shared/client/server-socket.ts";
import { extractTexts } from "../../shared/protocol/large-text.ts";
import type { BackgroundCalls } from "../messaging/links.ts";
import { PANEL_PORT } from "../messaging/panel-port.ts";
import { RECORDER_PORT } from "../messaging/recorder-port.ts";
import { realClock } from "../platform/clock.ts";
import { listenPorts } from "../platform/runtime.ts";
import { openKeyValue } from "../store/key-value.ts";
import type { VoicePlace } from "../voice/voice-place.ts";
import { createHost, type SessionHost } from "./host.ts";

/** The session host with the real world around it. Its Ports are heard from this very task on. */
export function startHost(
  background: BackgroundCalls,
  place: VoicePlace,
  failed: (error: unknown) => void,
): SessionHost {
  const host = createHost({
    serverUrl: __EPAULE_SERVER__,
    clock: realClock,
    wall: () => Date.now(),
    keyValue: openKeyValue(),
    openSocket: (key) =>
      createServerSocket({
        serverUrl: __EPAULE_SERVER__,
        role: "beneficiary",
        key,
        openSocket: (url) => new WebSocket(url),
        clock: realClock,
        random: Math.random,
      }),
    openLink: ({ socket, key, session, grant, peer }) =>
      createLink({ end: "beneficiary", socket, session, grant, key, peer, clock: realClock }),
    extractTexts: (events) => extractTexts(events),
    background,
    place,
    failed,
  });
  listenPorts([RECORDER_PORT, PANEL_PORT], (port) => host.accept(port));
  globalThis.addEventListener("online", () => host.online());
  return host;
}
