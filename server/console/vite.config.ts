import { join } from "node:path";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const root = import.meta.dirname;
const pages = ["index.html", "player.html"].map((name) => join(root, name));

/** HPKE asks for Node's module only where there is no Web Crypto, which a browser always has. */
const HARMLESS = /Module "crypto" has been externalized .*@hpke/s;

export default defineConfig({
  root,
  base: "/",
  plugins: [react()],
  build: {
    outDir: join(root, "../../.output/console"),
    emptyOutDir: true,
    // Files only: our content security policy has no inline script and no inline style.
    assetsInlineLimit: 0,
    target: "es2023",
    rolldownOptions: {
      input: pages,
      onLog(level, line, handle) {
        if (!HARMLESS.test(line.message)) handle(level, line);
      },
    },
    // LiveKit alone takes more than is usual; it is loaded when a voice begins.
    chunkSizeWarningLimit: 900,
  },
});
