import { defineBackground } from "wxt/utils/define-background";

import { startBackground } from "../background/background.ts";
import { startHost } from "../host/start-host.ts";
import { reportFault } from "../platform/report.ts";
import { HOST_IN_BACKGROUND } from "../platform/session-host.ts";

export default defineBackground({
  type: "module",
  main() {
    startBackground({
      failed: reportFault,
      ...(HOST_IN_BACKGROUND
        ? { startHost: (background) => startHost(background, reportFault).calls }
        : {}),
    });
  },
});
