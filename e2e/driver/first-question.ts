import { expect } from "@playwright/test";

import { INERT_MS } from "../../shared/protocol/limits.ts";
import type { SidePanel } from "../pages/side-panel.ts";
import type { Beneficiary } from "./beneficiary.ts";
import { connectTarget } from "./target.ts";

/** Whoever asks this document what time it is, is told a later one from now on. */
const MOVE_CLOCK = `{
  const now = performance.now.bind(performance);
  performance.now = () => now() + ${INERT_MS};
}`;

/**
 * [P5] Lets the time in which the question can't be answered pass at once. Two documents of the
 * extension count it, each by its own clock: the session's host, which alone decides, and the panel.
 * `session.spec.ts` waits for the real time.
 */
export async function passQuestionTime(beneficiary: Beneficiary, panel: SidePanel): Promise<void> {
  await expect(panel.button("Nous sommes ensemble")).toBeVisible();
  const host = await connectTarget(beneficiary.browser.cdpUrl, (url) =>
    url.endsWith("/offscreen.html"),
  );
  await host.evaluate(MOVE_CLOCK);
  host.close();
  await panel.page.evaluate(MOVE_CLOCK);
}
