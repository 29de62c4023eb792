import { type CDPSession, type Page } from "@playwright/test";

import { type BrowserOptions, launchBrowser, type RunningBrowser } from "./browser.ts";

export interface Helper {
  browser: RunningBrowser;
  /** The tab with the console in it. */
  page: Page;
  close(): Promise<void>;
}

/** A passkey device that says yes by itself, as a fingerprint reader would after a touch. */
export async function addAuthenticator(session: CDPSession): Promise<void> {
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** A second browser process: the helper installs nothing. */
export async function launchHelper(options: BrowserOptions): Promise<Helper> {
  const browser = await launchBrowser(options);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  await addAuthenticator(await browser.context.newCDPSession(page));
  return { browser, page, close: () => browser.close() };
}
