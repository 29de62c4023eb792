import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";

import { App } from "./app.tsx";
import { createBrowserParts } from "./app/browser.ts";
import { createConsoleApp } from "./app/console-app.ts";
import { t } from "./locales/words.ts";
import { createSignIn } from "./sign-in/auth-client.ts";
import { openKeyValue } from "./store/key-value.ts";
import { createServerApi } from "./store/server-api.ts";

// Our content security policy has no `unsafe-eval`, and needs none.
z.config({ jitless: true });

const browser = createBrowserParts();
const app = createConsoleApp({
  api: createServerApi((path, init) => fetch(path, init)),
  keyValue: openKeyValue(),
  signIn: createSignIn(),
  around: browser.around,
  arrival: browser.arrival,
});

document.title = t("page.title");
void app.start();

const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App app={app} browser={browser} />
  </StrictMode>,
);
