import react from "@vitejs/plugin-react";
import { defineConfig } from "wxt";

/** The one server that this build knows (design §1). */
const SERVER_URL = new URL(process.env["EPAULE_SERVER"] || "http://localhost:8787").origin;

/** Firefox's own default upgrades ws: to wss:, which a server on this machine can't speak. */
const EXTENSION_PAGES_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "object-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  `connect-src ${SERVER_URL} ${SERVER_URL.replace(/^http/, "ws")}`,
  "base-uri 'none'",
  "form-action 'none'",
  ...(SERVER_URL.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
].join("; ");

export default defineConfig({
  srcDir: "extension",
  publicDir: "extension/public",
  modulesDir: "extension/modules",
  outDir: process.env["EPAULE_OUT"] || ".output/extension",
  modules: ["@wxt-dev/webextension-polyfill"],
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
    content_security_policy: { extension_pages: EXTENSION_PAGES_CSP },
    commands: {
      stop: {
        // Chrome keeps Alt+Shift+A, B, I and T to itself, and then assigns nothing.
        suggested_key: { default: "Alt+Shift+S" },
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
