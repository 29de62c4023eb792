import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { PANEL_PORT } from "../../messaging/panel-port.ts";
import { wakeHost } from "../../messaging/wake-host.ts";
import { createPanelLine } from "../../panel/panel-line.ts";
import { Panel } from "../../panel/panel.tsx";
import { watchPage } from "../../panel/watch-page.ts";
import { language, onLanguage } from "../../panel/words/words.ts";
import { requestHosts } from "../../platform/permissions.ts";
import { connectPort, runtimeBus } from "../../platform/runtime.ts";
import { HOST_IN_BACKGROUND } from "../../platform/session-host.ts";

/** An event page that hosts a session stays for as long as somebody speaks to it. */
const STAY_MS = 10_000;

const line = createPanelLine(() => {
  wakeHost(runtimeBus);
  return connectPort(PANEL_PORT);
});
line.tell({ type: "panel.language", language: language() });
onLanguage((next) => line.tell({ type: "panel.language", language: next }));
const page = watchPage((here) => line.tell({ type: "panel.here", ...here }));
if (HOST_IN_BACKGROUND) setInterval(() => wakeHost(runtimeBus), STAY_MS);

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <Panel line={line} page={page} requestHosts={requestHosts} />
    </StrictMode>,
  );
