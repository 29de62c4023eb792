import react from "@vitejs/plugin-react";
import { defineConfig } from "wxt";

/** The one server that this build knows (design §1). */
const SERVER_URL = process.env["EPAULE_SERVER"] ?? "http://localhost:8787";

export default defineConfig({
  srcDir: "extension",
  publicDir: "extension/public",
  outDir: ".output/extension",
  manifestVersion: 3,
  imports: false,
  analysis: { enabled: false },
  webExt: { disabled: true },
  suppressWarnings: { firefoxDataCollection: true },
  vite: () => ({
    plugins: [react()],
    define: { __EPAULE_SERVER__: JSON.stringify(SERVER_URL) },
    // rrweb holds non-ASCII characters; Chrome refuses a content script that it does not take for UTF-8.
    build: { rolldownOptions: { output: { charset: "ascii" } } },
  }),
  manifest: ({ browser }) => ({
    name: "Epaule",
    description: "__MSG_description__",
    default_locale: "fr",
    permissions: [
      "storage",
      "unlimitedStorage",
      "scripting",
      "activeTab",
      "alarms",
      ...(browser === "firefox" ? [] : ["sidePanel", "offscreen"]),
    ],
    optional_host_permissions: ["<all_urls>"],
    action: { default_title: "Epaule" },
    commands: {
      stop: {
        suggested_key: { default: "Alt+Shift+A" },
        description: "__MSG_stopCommand__",
      },
    },
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: {
              id: "epaule@epaule.example",
              strict_min_version: "128.0",
            },
          },
        }
      : { minimum_chrome_version: "120" }),
  }),
});
