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

const TARGET_PX = 44;
const CONTROLS =
  "button, input, select, textarea, summary, a[href], [role=button], [role=checkbox], [role=switch], [role=slider]";

/** A finger or an unsure hand finds every one of them; a link within a sentence is as high as its line. */
async function expectTargets(page: Page, screen: string): Promise<void> {
  const small = await page.evaluate(
    ({ controls, least }) =>
      [...document.querySelectorAll<HTMLElement>(controls)].flatMap((control) => {
        if (!control.checkVisibility({ visibilityProperty: true })) return [];
        if (control.matches("a") && getComputedStyle(control).display === "inline") return [];
        // A box or a slider that is drawn by its label is pressed there.
        const drawn = control.closest("label, [role=group]:has(input[type=range])") ?? control;
        const { height } = drawn.getBoundingClientRect();
        // Seen by screen readers alone, or only once it has the focus.
        for (let around: Element | null = drawn; around; around = around.parentElement) {
          const box = around.getBoundingClientRect();
          if (
            Math.min(box.width, box.height) <= 1 &&
            getComputedStyle(around).overflow !== "visible"
          )
            return [];
        }
        // A browser rounds what it draws.
        return height > least - 0.5
          ? []
          : [`${control.ariaLabel ?? control.innerText} ${control.tagName} ${height} px`];
      }),
    { controls: CONTROLS, least: TARGET_PX },
  );
  expect.soft(small, `targets on ${screen}`).toEqual([]);
}

/** The console asks who is signed in; to nobody the server answers 401, and the browser notes it. */
const NOBODY_YET = /\/api\/account$/;

/** What the browser itself complained about since the page was opened, refused loads included. */
async function expectQuiet(page: Page, screen: string, refused: RegExp): Promise<void> {
  const said = await page.consoleMessages();
  const errors = said
    .filter(
      (one) =>
        one.type() === "error" && !refused.test(one.location().url) && !refused.test(one.text()),
    )
    .map((one) => `${one.text()} (${one.location().url})`);
  const thrown = (await page.pageErrors()).map((error) => error.message);
  expect.soft([...errors, ...thrown], `errors on ${screen}`).toEqual([]);
}

/**
 * One screen as it stands, in both colour schemes and at both widths. Zoom divides a window's CSS
 * pixels and its layout sees nothing else of it: 320 px is a window of 640 px at 200 %, and one of
 * 1280 px at 400 % (WCAG 1.4.10). `refused`: what the story itself asks for in vain.
 */
export async function checkScreen(
  page: Page,
  screen: string,
  { refused = NOBODY_YET }: { refused?: RegExp } = {},
): Promise<void> {
  const normal = page.viewportSize();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page, `${screen} (${colorScheme})`);
  }
  await expectTargets(page, screen);
  await page.setViewportSize(NARROW);
  await expectNoSidewaysScroll(page, screen);
  await expectAccessible(page, `${screen} (320 px)`);
  await expectTargets(page, `${screen} (320 px)`);
  if (normal) await page.setViewportSize(normal);
  await expectQuiet(page, screen, refused);
}
