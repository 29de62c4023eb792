import type { RunningBrowser } from "./browser.ts";

/** The browser's own false microphone: it beeps once a second. */
export const FALSE_MICROPHONE = ["--use-fake-device-for-media-stream"] as const;

/** What the person answers when the browser asks: its own question has no button that a test reaches. */
export async function answerMicrophone(
  browser: RunningBrowser,
  origin: string,
  setting: "granted" | "denied" | "prompt",
): Promise<void> {
  await browser.session.send("Browser.setPermission", {
    permission: { name: "microphone" },
    setting,
    origin,
  });
}
