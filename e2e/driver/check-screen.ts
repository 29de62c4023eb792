import { expect, type Page } from "@playwright/test";

import { expectAccessible } from "./accessibility.ts";

const NARROW = { width: 320, height: 800 };

/** Nothing goes out sideways on a telephone or in a narrow panel. */
async function expectNoSidewaysScroll(page: Page, screen: string): Promise<void> {
  const { width, wide } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    wide: document.documentElement.scrollWidth,
  }));
  expect.soft(width, `${screen} was measured at 320 px`).toBeLessThanOrEqual(NARROW.width);
  expect.soft(wide, `${screen} at 320 px`).toBeLessThanOrEqual(width);
}

/** The console asks who is signed in; to nobody the server answers 401, and the browser notes it. */
const NOBODY_YET = /\/api\/account$/;

/** What the browser itself complained about since the page was opened, refused loads included. */
async function expectQuiet(page: Page, screen: string): Promise<void> {
  const said = await page.consoleMessages();
  const errors = said
    .filter((one) => one.type() === "error" && !NOBODY_YET.test(one.location().url))
    .map((one) => `${one.text()} (${one.location().url})`);
  const thrown = (await page.pageErrors()).map((error) => error.message);
  expect.soft([...errors, ...thrown], `errors on ${screen}`).toEqual([]);
}

/** One screen as it stands, in both colour schemes and at both widths. */
export async function checkScreen(page: Page, screen: string): Promise<void> {
  const normal = page.viewportSize();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page, `${screen} (${colorScheme})`);
  }
  await page.setViewportSize(NARROW);
  await expectNoSidewaysScroll(page, screen);
  await expectAccessible(page, `${screen} (320 px)`);
  if (normal) await page.setViewportSize(normal);
  await expectQuiet(page, screen);
}
