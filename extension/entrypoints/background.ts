import { defineBackground } from "wxt/utils/define-background";

import { startBackground } from "../background/background.ts";
import { startHost } from "../host/start-host.ts";
import type { BackgroundCalls, HostCalls } from "../messaging/links.ts";
import { VOICE_PORT } from "../messaging/voice-port.ts";
import { reportFault } from "../platform/report.ts";
import { listenPorts } from "../platform/runtime.ts";
import { HOST_IN_BACKGROUND } from "../platform/session-host.ts";
import { createRemotePlace } from "../voice/remote-place.ts";

/** An event page may not open a microphone: the sidebar does. */
function startHostHere(background: BackgroundCalls): HostCalls {
  const place = createRemotePlace();
  listenPorts([VOICE_PORT], (port) => place.accept(port));
  return startHost(background, place, reportFault).calls;
}

export default defineBackground({
  type: "module",
  main() {
    startBackground({
      failed: reportFault,
      ...(HOST_IN_BACKGROUND ? { startHost: startHostHere } : {}),
    });
  },
});
