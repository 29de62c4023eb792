import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { createCaller } from "../../messaging/calls.ts";
import { hostTable } from "../../messaging/links.ts";
import { MicrophonePage } from "../../microphone/microphone-page.tsx";
import { runtimeBus } from "../../platform/runtime.ts";
import { BROWSER } from "../../platform/session-host.ts";
import { closeOwnTab } from "../../platform/tabs.ts";

const host = createCaller(runtimeBus, "host", hostTable);

/** Where no session host runs, nobody waits for the microphone. */
function allowed(): void {
  host["microphone.changed"](null).catch(() => undefined);
}

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <MicrophonePage browser={BROWSER} allowed={allowed} close={() => void closeOwnTab()} />
    </StrictMode>,
  );
