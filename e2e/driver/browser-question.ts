import { expect, type Locator } from "@playwright/test";

import type { SidePanel } from "../pages/side-panel.ts";
import type { Display } from "./display.ts";

export const REFUSE = ["Return"];
export const ALLOW = ["Tab", "Return"];

/**
 * « J'accepte », then the browser's own question about the hosts. It is drawn where no page can
 * look, with « Refuser » in the keyboard's hand: keys are pressed until the panel has the answer.
 */
export async function acceptAndAnswer(
  display: Display,
  panel: SidePanel,
  keys: readonly string[],
  answered: Locator,
): Promise<void> {
  await panel.accept();
  await expect(panel.page.getByText("Le navigateur vous pose une question")).toBeVisible();
  await expect(async () => {
    await display.answer(...keys);
    await expect(answered).toBeVisible({ timeout: 3_000 });
  }).toPass();
}
