import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { createVoice } from "../../../shared/voice/voice.ts";
import { PANEL_PORT } from "../../messaging/panel-port.ts";
import { VOICE_PORT } from "../../messaging/voice-port.ts";
import { wakeHost } from "../../messaging/wake-host.ts";
import { createPanelLine } from "../../panel/panel-line.ts";
import { Panel } from "../../panel/panel.tsx";
import { TalkProvider } from "../../panel/talk/talk-context.tsx";
import { watchPage } from "../../panel/watch-page.ts";
import { language, onLanguage } from "../../panel/words/words.ts";
import { realClock } from "../../platform/clock.ts";
import { requestHosts } from "../../platform/permissions.ts";
import { reportFault } from "../../platform/report.ts";
import { connectPort, runtimeBus } from "../../platform/runtime.ts";
import { HOST_IN_BACKGROUND } from "../../platform/session-host.ts";
import { stopShortcut } from "../../platform/shortcut.ts";
import { openJournalPage, openMicrophonePage, openReceiptPage } from "../../platform/tabs.ts";
import { createLocalPlace } from "../../voice/local-place.ts";
import { servePlace } from "../../voice/serve-place.ts";

/** An event page that hosts a session stays for as long as somebody speaks to it. */
const STAY_MS = 10_000;

const line = createPanelLine(() => {
  wakeHost(runtimeBus);
  return connectPort(PANEL_PORT);
});
line.tell({ type: "panel.language", language: language() });
onLanguage((next) => line.tell({ type: "panel.language", language: next }));
const page = watchPage((here) => line.tell({ type: "panel.here", ...here }));
if (HOST_IN_BACKGROUND) {
  setInterval(() => wakeHost(runtimeBus), STAY_MS);
  servePlace(createLocalPlace({ createVoice, clock: realClock, failed: reportFault }), () =>
    connectPort(VOICE_PORT),
  );
}

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <TalkProvider line={line} openMicrophonePage={openMicrophonePage}>
        <Panel
          line={line}
          page={page}
          requestHosts={requestHosts}
          stopShortcut={stopShortcut}
          openJournal={() => void openJournalPage().catch(reportFault)}
          openReceipt={() => void openReceiptPage().catch(reportFault)}
        />
      </TalkProvider>
    </StrictMode>,
  );
