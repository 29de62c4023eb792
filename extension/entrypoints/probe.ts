import { defineUnlistedScript } from "wxt/utils/define-unlisted-script";

import { startProbe } from "../probe/probe.ts";

export default defineUnlistedScript(() => startProbe());
