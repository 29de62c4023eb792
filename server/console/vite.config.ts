import { join } from "node:path";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const root = import.meta.dirname;
const pages = ["index.html", "player.html"].map((name) => join(root, name));

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
    rolldownOptions: { input: pages },
  },
});
