import { browser } from "wxt/browser";
import { defineContentScript } from "wxt/utils/define-content-script";

import { startRecorder } from "../recorder/recorder.ts";

export default defineContentScript({
  registration: "runtime",
  matches: [],
  allFrames: true,
  runAt: "document_start",
  noScriptStartedPostMessage: true,
  main(context) {
    // WXT's own listener would outlive the session in the page; the recorder looks after itself.
    context.abort();
    startRecorder({
      connect: (name) => browser.runtime.connect({ name }),
      isAlive: () => browser.runtime?.id !== undefined,
      lastError: () => browser.runtime?.lastError,
    });
  },
});
