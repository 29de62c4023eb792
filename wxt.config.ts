import { rm } from "node:fs/promises";
import { join } from "node:path";

import react from "@vitejs/plugin-react";
import { defineConfig } from "wxt";

import { readOrigin } from "./e2e/setup/read-origin.ts";
import { lightRrweb } from "./extension/light-rrweb.ts";

/** The one server that this build knows (design §1). */
const SERVER_URL =
  readOrigin("EPAULE_SERVER", /^https?:$/, "https://epaule.example.org") ?? "http://localhost:8787";
const OUT_DIR = process.env["EPAULE_OUT"] || ".output/extension";

/**
 * Where the voice server may be: EPAULE_VOICE and nothing else. A build for a server on this very
 * machine may speak to any port of it, since the voice server's is not known yet.
 */
function voiceSources(): string[] {
  const given = readOrigin("EPAULE_VOICE", /^(?:ws|http)s?:$/, "wss://voice.example.org");
  if (given) return [given.replace(/^ws/, "http"), given.replace(/^http/, "ws")];
  const { protocol, hostname } = new URL(SERVER_URL);
  const isHere = protocol === "http:" && /^(?:localhost|127\.0\.0\.1)$/.test(hostname);
  return isHere
    ? ["ws://localhost:*", "http://localhost:*", "ws://127.0.0.1:*", "http://127.0.0.1:*"]
    : [];
}

/** HPKE asks for Node's module only where there is no Web Crypto, which a browser always has. */
const HARMLESS = /Module "crypto" has been externalized .*@hpke/s;

/** Firefox's own default upgrades ws: to wss:, which a server on this machine can't speak. */
const EXTENSION_PAGES_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "object-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  ["connect-src", SERVER_URL, SERVER_URL.replace(/^http/, "ws"), ...voiceSources()].join(" "),
  "media-src 'self' blob: mediastream:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  ...(SERVER_URL.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
].join("; ");

export default defineConfig({
  srcDir: "extension",
  publicDir: "extension/public",
  modulesDir: "extension/modules",
  outDir: OUT_DIR,
  modules: ["@wxt-dev/webextension-polyfill"],
  manifestVersion: 3,
  imports: false,
  analysis: { enabled: false },
  webExt: { disabled: true },
  hooks: {
    // `npm start` must not take what is built by hand, for another server, for its own.
    async "build:before"({ config }) {
      await rm(join(OUT_DIR, `${config.browser}.stamp`), { force: true });
    },
  },
  suppressWarnings: { firefoxDataCollection: true },
  vite: () => ({
    plugins: [react(), lightRrweb()],
    define: { __EPAULE_SERVER__: JSON.stringify(SERVER_URL) },
    // rrweb holds non-ASCII characters; Chrome refuses a content script that it does not take for UTF-8.
    build: {
      rolldownOptions: {
        output: { charset: "ascii" },
        onLog(level, line, handle) {
          if (!HARMLESS.test(line.message)) handle(level, line);
        },
      },
      // All of it is on the person's disk: nothing waits for a network.
      chunkSizeWarningLimit: 700,
    },
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
